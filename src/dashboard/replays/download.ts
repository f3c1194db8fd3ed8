import { save } from '../save.ts';
import { language } from '../words/language.ts';
import { eventsOf, type Load, Lost } from './chunks.ts';
import { runs } from './library.ts';
import type { Saved } from './offline.tsx';
import { hashesIn } from './sheets.ts';
import type { Played } from './use-detail.ts';

interface Wanted {
  detail: Played;
  domain: string;
  timezone: string;
  load: Load;
}

/** Gives the browser the recording as one file that plays without any network: the player, with the chunks in it. */
export async function download({ detail, domain, timezone, load }: Wanted): Promise<void> {
  const page = await fetch('/offline.txt');
  if (!page.ok) throw new Error(`${page.status}`);
  const { signal } = new AbortController();
  const chunks: Saved['chunks'] = {};
  const sheets: Saved['sheets'] = {};
  const ordered = detail.chunks.toSorted((a, b) => a.stream - b.stream || a.n - b.n);
  for (const run of runs(ordered)) {
    // One that is lost stays so; the player tells of it.
    const all = await load.chunks(run, signal).catch(() => null);
    for (const [i, chunk] of run.entries()) {
      const bytes = all?.[i] ?? (await load.chunks([chunk], signal).catch(orLost))?.[0];
      if (!bytes) continue;
      chunks[`${chunk.stream}/${chunk.n}`] = base64(bytes);
      for (const hash of hashesIn((await eventsOf(bytes).catch(orLost)) ?? [])) {
        const sheet = sheets[hash] ? null : await load.sheet(hash, signal).catch(orLost);
        if (sheet) sheets[hash] = base64(sheet);
      }
    }
  }
  const saved: Saved = { language: language(), detail: anonymous(detail), domain, timezone, chunks, sheets };
  // No text of a stranger's can end the element that it stands in.
  const json = JSON.stringify(saved).replaceAll('<', '\\u003c');
  const text = (await page.text()).replace('"recording"></script>', () => `"recording">${json}</script>`);
  save(`${domain || 'recording'}-${detail.session}.html`, new Blob([text], { type: 'text/html' }));
}

/** Files are passed on: whose visit it was, and what was noted of it, stays here. */
function anonymous({ notes: _notes, ...detail }: Played & { notes?: unknown }): Played {
  const { visitor: _, ...visit } = { visitor: '', ...detail.visit };
  return { ...detail, visit: detail.visit && (visit as typeof detail.visit) };
}

function orLost(error: unknown): null {
  if (error instanceof Lost) return null;
  throw error;
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
