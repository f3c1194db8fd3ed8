import { pathPattern } from '../contract/pattern.ts';
import {
  EXTRAS,
  type Extras,
  MASKING,
  type Masking,
  RECORDING,
  type RecorderConfig,
  type Recording,
  type SnippetConfig,
  TRACK,
  type Track,
} from '../contract/wire.ts';

/** Texts and addresses that the build makes of `snippet/`. */
export interface SnippetTexts {
  /** The tracker, with `__CONFIG__.…`, `__TITLE__`, `__CHOICE__` and `__MORE__` where settings and parts go. */
  core: string;
  /** A script that comes after it, with `__PARTS__`. */
  later: string;
  /** Parts by name, in the order in which they run. */
  parts: Record<string, string>;
  /** Scripts that are the same for every site, by name: their addresses here. */
  files: Record<'recorder' | 'fuller' | 'vitals' | 'errors', string>;
}

/** A site's two scripts. */
export interface SiteScripts {
  /** What the tag loads: page views and all that can't wait. */
  first: string;
  /** Every other part that the site wants, fetched once the first page view is on its way. */
  second: string;
  /** Name of the second: it changes with its text, so that it may be kept for good. */
  name: string;
}

/** What of a site's settings its scripts depend on; what was added later may be missing at the edge for a while. */
interface SnippetSettings {
  mode: 'persistent' | 'cookieless';
  hash: boolean;
  consent?: boolean;
  masking?: Masking;
  recording?: Recording;
  extras?: Extras;
  domain: string;
  record: number;
  track?: Track;
}

/**
 * Puts a site's scripts together.
 * @param host origin that the scripts come from, and hits go to
 * @param quiet this visitor wants to be left out: nothing is recorded
 * @param country the visitor's, as far as it is known
 */
export async function siteScripts(
  { core, later, parts, files }: SnippetTexts,
  {
    mode,
    hash,
    consent = false,
    masking = MASKING,
    record,
    recording: rules = RECORDING,
    extras: besides = EXTRAS,
    domain,
    track = TRACK,
  }: SnippetSettings,
  { host, key, quiet, country = null }: { host: string; key: string; quiet: boolean; country?: string | null },
): Promise<SiteScripts> {
  const ids = mode === 'persistent';
  const { titles, downloads, outbound, forms, tagged } = { ...TRACK, ...track };
  const wanted: Record<string, boolean> = {
    late: ids,
    recorder: record > 0 && !quiet && (!rules.countries.length || rules.countries.includes(country ?? '')),
    downloads,
    outbound,
    forms,
    tagged,
  };
  const chosen = Object.entries(parts).filter(([name]) => wanted[name]);
  const { seconds, when, before, pages } = rules;
  const extras = (Object.keys(EXTRAS) as (keyof Extras)[]).filter((name) => besides[name]);
  const recording: RecorderConfig = {
    ...{ chunks: `${host}/r/${key}`, record, recorder: host + files[extras.length > 0 ? 'fuller' : 'recorder'] },
    // What is as it begins is left out: every page carries this.
    masking: Object.fromEntries(
      Object.entries(masking).filter(([name, value]) => value !== MASKING[name as keyof Masking]),
    ),
    ...(seconds > 0 && { seconds }),
    ...(when.length > 0 && { when, before }),
    ...(pages.length > 0 && { pages: pages.map(pathPattern).join('|') }),
    ...(extras.length > 0 && { extras }),
    ...(besides.frames && { domain: domain.replace(/^www\.|:\d+$/g, '') }),
  };
  const second = later
    .replace('__PARTS__', () => `[${chosen.map(([, text]) => text)}]`)
    .replace('__RECORDING__', () => JSON.stringify(recording));
  const name = await nameOf(second);
  const more: SnippetConfig['more'] = [];
  const clicks = [downloads || outbound || tagged ? 'click auxclick' : '', forms || tagged ? 'submit' : ''];
  if (chosen.length > 0) more.push([`${host}/s/${key}/${name}.js`, clicks.join(' ').trim()]);
  if (track.vitals) more.push([host + files.vitals, '']);
  if (track.errors) more.push([host + files.errors, 'error unhandledrejection']);
  const config: SnippetConfig = { hits: `${host}/e/${key}`, until: hash ? ' ' : '#', ids, consent, more };
  const first = core
    .replace('__TITLE__', titles ? 'document.title' : 'void 0')
    .replace('__CHOICE__', () => parts.choice ?? '')
    .replace('__MORE__', () => (more.length > 0 ? (parts.more ?? '') : '()=>{}'))
    .replace(/__CONFIG__\.(\w+)/g, (_, setting: keyof SnippetConfig) => JSON.stringify(config[setting]));
  return { first, second, name };
}

/** Of a script's text: its SHA-256, as far as it takes to tell it from all that were before. */
async function nameOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(hash, 0, 6)))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
