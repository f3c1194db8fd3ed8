/**
 * Visits as they come, for benches: paths and referrers by Zipf's law, one to twenty views a visit, a few hundred browsers.
 * Seeded: the same visits each time.
 */

/** Mulberry32: https://github.com/bryc/code/blob/master/jshash/PRNGs.md */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SECTIONS = ['blog', 'docs', 'shop', 'kohvikud', 'guide', 'news', 'product', 'help'];
const WORDS = 'analytics edge privacy session replay postgres worker coffee tallinn release notes how why fast'.split(
  ' ',
);
const SITES =
  'google.com bing.com duckduckgo.com news.ycombinator.com reddit.com t.co facebook.com linkedin.com github.com chatgpt.com perplexity.ai youtube.com';

/** 500 paths, the short ones first: those are read most. */
const PATHS = Array.from({ length: 500 }, (_, i) => {
  const word = (n: number) => WORDS[(i * 7 + n * 5 + (i >> 3)) % WORDS.length];
  return i === 0
    ? '/'
    : i < 20
      ? `/${SECTIONS[i % 8]}/${word(0)}`
      : `/${SECTIONS[i % 8]}/${word(0)}-${word(1)}-${word(2)}-${i}`;
});

const REFERRERS = SITES.split(' ').flatMap((host, i) =>
  i < 6
    ? [`https://www.${host}/`, `https://${host}/r/${i}`, `https://${host}/thread/${i * 37}`]
    : [`https://${host}/`, `https://${host}/link`],
);

const SYSTEMS = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'Linux; Android 14; Pixel 8',
  'Linux; Android 13; SM-S911B',
];
const AGENTS = SYSTEMS.flatMap((system) =>
  Array.from(
    { length: 24 },
    (_, i) =>
      `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${120 + i}.0.0.0${system.includes('Android') ? ' Mobile' : ''} Safari/537.36`,
  ),
);
/** `request.cf`, as the platform gives it. */
const PLACES = [
  ['EE', 'Harjumaa', 'Tallinn', 'Europe/Tallinn', 3249],
  ['EE', 'Tartumaa', 'Tartu', 'Europe/Tallinn', 3249],
  ['FI', 'Uusimaa', 'Helsinki', 'Europe/Helsinki', 1759],
  ['DE', 'Berlin', 'Berlin', 'Europe/Berlin', 3320],
  ['GB', 'England', 'London', 'Europe/London', 2856],
  ['US', 'California', 'San Jose', 'America/Los_Angeles', 7922],
  ['US', 'New York', 'New York', 'America/New_York', 701],
  ['FR', 'Ile-de-France', 'Paris', 'Europe/Paris', 3215],
].map(([country, region, city, timezone, asn]) => JSON.stringify({ country, region, city, timezone, asn }));
const LANGUAGES = ['et', 'en-GB', 'en-US', 'de', 'fi', 'ru', 'fr', 'es'];
const WIDTHS = [390, 412, 820, 1280, 1440, 1920, 2560];

/** One to twenty views; most visits are one, some four on average. */
function viewsOf(random: () => number): number {
  if (random() < 0.45) return 1;
  return Math.min(20, 2 + Math.floor(-Math.log(1 - random()) * 4));
}

/** Small numbers often, large ones seldom. */
function zipf(random: () => number, length: number): number {
  return Math.min(length - 1, Math.floor((length + 1) ** random()) - 1);
}

/** A visitor with one visit in progress. */
export interface Guest {
  visitor: number;
  session: number;
  address: string;
  agent: string;
  /** JSON. */
  cf: string;
  language: string;
  width: number;
  referrer: string;
  /** Page views to go. */
  left: number;
  /** Page views made. */
  made: number;
  load: number;
  path: string;
  /** What is said with each of his requests, once it was put together. */
  head?: string;
  /** What Umami answered last, to be sent back to it. */
  token?: string | undefined;
}

export const pathOf = (random: () => number): string => PATHS[zipf(random, PATHS.length)] ?? '/';

export function guest(random: () => number): Guest {
  const id = () => Math.floor(random() * 2 ** 32) * 2 ** 20 + Math.floor(random() * 2 ** 20) + 1;
  const one = <T>(list: readonly T[]): T => list[zipf(random, list.length)] as T;
  const octet = () => 1 + Math.floor(random() * 254);
  return {
    visitor: id(),
    session: id(),
    address: `${octet()}.${octet()}.${octet()}.${octet()}`,
    agent: one(AGENTS),
    cf: one(PLACES),
    language: one(LANGUAGES),
    width: one(WIDTHS),
    referrer: random() < 0.4 ? '' : one(REFERRERS),
    left: viewsOf(random),
    made: 0,
    load: Math.floor(random() * 2 ** 32),
    path: '/',
  };
}
