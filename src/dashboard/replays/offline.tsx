import { render } from 'preact';
import stage from '../public/stage.html?raw';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/ui.css';
import { moment } from '../format.ts';
import { Toasts } from '../ui/toast.tsx';
import german from '../words/de/all.ts';
import { type Language, speakIn } from '../words/language.ts';
import { player as words } from '../words/player.ts';
import { type Load, Lost } from './chunks.ts';
import * as projector from './projector.ts';
import { Theatre } from './theatre.tsx';
import type { Played } from './use-detail.ts';
import './story.css';
import './player.css';

// The player of a downloaded recording, which is a page of its own with everything in it: `local/build.ts` makes the page,
// `download.ts` puts the recording in. Nothing in here asks anybody for anything; the page's policy forbids it, too.

/** What the page holds. */
export interface Saved {
  /** Of who downloaded it. */
  language: Language;
  detail: Played;
  domain: string;
  timezone: string;
  /** By stream and number: gzip, as base64. */
  chunks: Record<string, string>;
  /** By hash, likewise. */
  sheets: Record<string, string>;
}

const { language, detail, domain, timezone, chunks, sheets } = JSON.parse(
  document.getElementById('recording')?.textContent ?? '',
) as Saved;

const bytesOf = (text: string | undefined) => {
  if (text === undefined) throw new Lost('not in the file');
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
};

const load: Load = {
  player: Promise.resolve(projector),
  chunks: async (run) => run.map(({ stream, n }) => bytesOf(chunks[`${stream}/${n}`])),
  sheet: async (hash) => bytesOf(sheets[hash]),
};

const WORDS: Record<Language, Parameters<typeof speakIn>[1]> = { en: {}, de: german };
speakIn(language, WORDS[language]);

const root = document.getElementById('app');
if (root) {
  render(
    <>
      <Theatre
        {...{ load, detail, domain, timezone, stage }}
        live={false}
        about={words.recordedAt(moment(detail.start, timezone))}
      />
      <Toasts />
    </>,
    root,
  );
}
