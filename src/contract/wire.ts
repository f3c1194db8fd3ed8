import { FRICTION } from './replay.ts';

/**
 * What travels from a visitor's page to the edge. Pure: the snippet imports its types, the Worker its limits and
 * schemas (`hit.ts`), tests both.
 */

/** Every limit of the data plane; reaching one has a stated answer. */
export const LIMITS = {
  /** Bytes of a `POST /e` body; more is 413. A browser's keepalive budget is 64 KiB, too. */
  bodyBytes: 65_536,
  /** Events in one array; more is 413. */
  batchEvents: 100,
  /** Bytes of a `POST /r` body, envelope included; more is 413. A Durable Object's row holds 2 MB. */
  chunkBytes: 1_048_576,
  /** Bytes of a chunk's envelope; more is 413. */
  envelopeBytes: 32_768,
  /** Clicks told in one envelope, and UTF-16 units of the way to what was clicked; more is 422. */
  touches: 50,
  elementChars: 200,
  /** UTF-8 bytes of a style sheet that is sent apart from its chunk, unpacked; more is 413. */
  sheetBytes: 1_000_000,
  /** Style sheets that are asked about at once; more is 422. */
  sheetsAsked: 100,
  /** Style sheets kept for a site, and their bytes, packed; beyond that recordings carry their own (429). */
  sheets: 2_000,
  sheetsBytes: 50_000_000,
  /** UTF-16 units of a url as sent; more is clipped. */
  urlChars: 4_096,
  /** UTF-8 bytes of any text kept in the dictionary; more is clipped. An index entry holds 2,704. */
  termBytes: 2_000,
  /** UTF-16 units of an event's name; more is 422. */
  nameChars: 120,
  /** UTF-16 units of a page's title; more is clipped. Umami's, too. */
  titleChars: 500,
  /** Properties of one event; more is 422. */
  props: 30,
  /** UTF-16 units of a property's name; more is 422. */
  propKeyChars: 300,
  /** UTF-16 units of a property's value; more is clipped. */
  propValueChars: 2_000,
  /** UTF-16 units of what a page calls its user; more is 422. */
  userChars: 300,
  /** Milliseconds an event may lie in a browser before it is sent; older is ignored (`too_old`). */
  ageMs: 86_400_000,
  /** Page views and events of one visit, and milliseconds from its first sign of life to its last: what comes then is of another. */
  visitEvents: 32_767,
  visitMs: 7 * 86_400_000,
  /** Hits that one sender (an address and a browser) may send at once, and each second after that; more is 429. */
  senderBurst: 1_000,
  senderPerSecond: 50,
  /** Replay chunks likewise: a visit sends one in five seconds. */
  senderChunkBurst: 200,
  senderChunksPerSecond: 2,
  /** Hits that one collector takes at once, and each second after that; more is 429. */
  collectorBurst: 20_000,
  collectorPerSecond: 2_000,
  /** Bytes that wait in one collector while Postgres is away; more is 429. */
  bufferBytes: 2_000_000_000,
  /** Largest id or number a client may choose. */
  id: Number.MAX_SAFE_INTEGER,
} as const;

/** Days that single visits are kept at least, where they aren't kept for good (`RAW_RETENTION_DAYS`): a month, and late hits. */
export const LEAST_RETENTION_DAYS = 35;

/** A visit ends after this much inactivity, in milliseconds. */
export const VISIT_IDLE_MS = 1_800_000;

/** `Hit.name` of a page view. */
export const PAGEVIEW = 'pageview';
/** `Hit.name` of a report of engaged time and scroll depth of an earlier page view; never counted as an event. */
export const ENGAGEMENT = 'engagement';
/** `Hit.name` of a page that isn't there; its property `path` says which, and is filled in where the page doesn't. */
export const NOT_FOUND = '404';

/** One page view, custom event or engagement report, as a page sends it. Unknown fields are ignored. */
export interface Hit {
  /** `pageview`, `engagement`, or the name of a custom event. */
  name: string;
  /** The page's address, whole. */
  url: string;
  /** Visitor id, 1 to 2^53 - 1, made on the first visit. Absent: derived at the edge from a daily salt (cookieless). */
  visitor?: number;
  /** Visit id, 1 to 2^53 - 1, new after 30 minutes of inactivity. Absent: the edge finds the visitor's visit. */
  session?: number;
  /**
   * Number of this hit, unique within its session, the same when it is sent again: counted from a number below 2^53 that
   * is random for each page load. Two tabs share a session, so that a plain count would collide.
   * Absent (a server, a pixel): never taken for a repeat.
   */
  seq?: number;
  /** `document.title` as this is sent. An event without one goes by the first that its page had. */
  title?: string;
  /** `document.referrer`; only page views need it. */
  referrer?: string;
  /** Custom properties: text, number or boolean. */
  props?: Record<string, string | number | boolean>;
  /** Money: `amount` as decimal text ("9.90"), `currency` as ISO 4217. */
  revenue?: { amount: string | number; currency: string };
  /** Screen width in CSS pixels. */
  width?: number;
  /** BCP 47 tag of the browser's first language. */
  language?: string;
  /** Milliseconds between the event and its sending; 0 when absent. No client clock is trusted for more. */
  age?: number;
  /** Engagement only: `seq` of the page view it speaks of. */
  of?: number;
  /** Engagement only: milliseconds that the page view was visible and focused, in total so far. */
  engaged?: number;
  /** Engagement only: deepest point of the page seen, in percent, 0 to 100. */
  scroll?: number;
  /**
   * Who the site says this is (`footfall.identify`), from now on: the visit becomes that user's, on whatever device.
   * The edge makes a visitor id of it with a secret of the deployment, and forgets it unless the site says otherwise.
   */
  user?: string | number;
  /** False when no person did this (a measurement, a script's error): it does not keep a visit from being a bounce. */
  interactive?: boolean;
  /** True when `navigator.webdriver` says that a program drives this browser. */
  webdriver?: boolean;
  /**
   * True from a browser that was told not to be counted (its owner's): answered 202 `excluded_self`, counted, not stored.
   * A cookie can't say it: the Worker is a third party to the page, and browsers keep cookies from third parties.
   */
  ignore?: boolean;
}

/** The answer to `POST /e/:key`, status 202; to a page's browser (`Origin`) 204 and nothing when all was taken. */
export interface HitAnswer {
  /** Hits stored now. */
  accepted: number;
  /** Hits that were understood and left out on purpose, with the reason: `duplicate`, `bot` (stored, but
   * apart from all numbers), `gpc`, `dnt`, `archived`, `excluded_self`, `excluded_address`, `excluded_country`, `excluded_hostname`,
   * `excluded_path`, `too_old`, `no_page_view`. */
  ignored: { index: number; reason: string }[];
}

/** What the recorder counts, friction above all; `snippet/README.md` says what each is. */
export const SIGNALS = ['clicks', ...FRICTION] as const;
/** The same of each signal. */
export const perSignal = <T>(value: T) =>
  Object.fromEntries(SIGNALS.map((name) => [name, value])) as Record<(typeof SIGNALS)[number], T>;
/** Counts within one chunk. */
export type Signals = Partial<Record<(typeof SIGNALS)[number], number>>;

/** What a heat map may be of: their places are the kinds of a `Touch`. */
export const TOUCHES = ['clicks', 'dead_clicks', 'rage_clicks'] as const satisfies (keyof Signals)[];

/**
 * A click, as one of `TOUCHES`: on which element, and where in it, in thousandths of its width and height. The element is
 * told by the way to it, `#menu>li:2>a`: from an id, or the page, to a child of a kind, the second of its kind, and so on;
 * `/` goes into a shadow tree. An element that isn't recorded ends the way.
 */
export type Touch = [kind: number, element: string, x: number, y: number];

/**
 * Why a recording has a gap, or ends before the visit does; the recorder's custom event `gap` says it as `reason`.
 * `busy`: recording took more than 50 ms within a second, or a change had more than 1 MB; it goes on, with a whole
 * picture, when the page is calm. `too_large`: the page itself has more than 1 MB. `unsent`: 4 MB wait for a server that
 * doesn't answer. `visit_bytes`, `visit_time`: the visit's recording has 10 MB, or 60 minutes.
 */
export type GapReason = 'busy' | 'too_large' | 'unsent' | 'visit_bytes' | 'visit_time';

/**
 * What a chunk says of itself, outside its gzip, so that the server never inflates anything.
 * The body of `POST /r/:key` is this as one line of JSON, a newline, then the gzipped JSON array of rrweb events.
 */
export interface Envelope {
  visitor?: number;
  session?: number;
  /** Random 31-bit number of the page load that recorded it: rrweb's node ids are valid within one. */
  stream: number;
  /** 0, 1, 2 … within the stream. */
  n: number;
  /** First and last rrweb timestamp in the chunk, client clock, milliseconds. */
  from: number;
  to: number;
  /** Client clock when this was sent: the server knows the client's skew by it. */
  sent: number;
  /** rrweb events in the chunk. */
  events: number;
  /** The chunk holds a full snapshot. */
  keyframe: boolean;
  /** The page's address when the chunk was begun. */
  url: string;
  signals?: Signals;
  /** Width and height of the window then, in CSS pixels. */
  view?: [width: number, height: number];
  /** Where was clicked; all of one page, that of `url`. */
  touches?: Touch[];
}

/**
 * What stands in a chunk, as `_cssText`, for a style sheet that was sent apart: its address is the SHA-256 of its UTF-8 bytes,
 * in hex. `GET /r/:key/sheets/:hashes` (joined by commas) answers those that the site has not;
 * `POST /r/:key/sheets/:hash` takes one, gzipped.
 */
export type SheetName = `sha256-${string}`;
export const SHEET_HASH = /^[\da-f]{64}$/;

/** What the snippet tells of by itself; each is a part of the script that only the sites get that want it. */
export const TRACK = {
  /** The page's title, with whatever is sent. Where it is off none is kept, whoever sends one. */
  titles: true,
  /** Clicks on links to other hosts: `Outbound Link: Click` with `url`. */
  outbound: true,
  /** Clicks on links to files: `File Download` with `url`. */
  downloads: true,
  /** Forms sent: `Form: Submission` with `path`. */
  forms: true,
  /** Elements with `data-footfall-event="…"`. */
  tagged: true,
  /** `Web Vitals` of each page load with `ttfb`, `fcp`, `lcp`, `inp` in milliseconds, and `cls`. */
  vitals: false,
  /** Errors of the page's scripts: `Script Error` with `message` and `at`. */
  errors: false,
};
export type Track = typeof TRACK;

/** What of a page is masked before it leaves the browser; selectors are lists of CSS, added to the `data-footfall-…` marks. */
export const MASKING = {
  /** `inputs`: what is typed or chosen; `all`: all text as well; `none`: neither, but never passwords, cards and codes. */
  text: 'inputs' as 'none' | 'inputs' | 'all',
  mask: '',
  unmask: '',
  block: '',
  ignore: '',
};
export type Masking = typeof MASKING;

/** What may begin a recording that waits for it: the recorder's marks, any event of the site's own, or one of them by name. */
export const TRIGGERS = [
  'error',
  'rage_click',
  'dead_click',
  'quick_back',
  'abandoned_form',
  'slow_interaction',
  'event',
] as const;

/** Which visits are recorded, of those that `record` chooses. */
export const RECORDING = {
  /** Only once the visit has lasted so many seconds: a shorter one costs no request. */
  seconds: 0,
  /** Only from when one of these happened, or the page calls `footfall.record()`: `TRIGGERS`, or `event:NAME`. None: at once. */
  when: [] as string[],
  /** So many seconds before it are kept in the browser's memory, and are part of the recording. */
  before: 60,
  /** Only pages of these paths, where there are any; `*` stands for anything but a slash, `**` for anything. */
  pages: [] as string[],
  /** Only visitors from these countries, where there are any; ISO 3166-1 alpha-2. */
  countries: [] as string[],
};
export type Recording = typeof RECORDING;

/** What recordings hold besides the page. Any of it takes the fuller recorder; `docs/privacy.md` says what each sends. */
export const EXTRAS = {
  /** Pictures of canvases, small and at most one a second. */
  canvas: false,
  /** Files of web fonts, each once for all visitors. */
  fonts: false,
  /** What is done with videos and audio: played, paused, where. Not what they show. */
  media: false,
  /** Frames of other origins whose page carries the snippet, too, on hosts of the site's domain. */
  frames: false,
  /** What scripts write to the console. */
  console: false,
  /** Requests of scripts: method, address, status, time, sizes. */
  network: false,
};
export type Extras = typeof EXTRAS;

/** Levels of the console, least first; custom events `console` have one. */
export const CONSOLE_LEVELS = ['debug', 'log', 'info', 'warn', 'error'] as const;
export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number];

/** What was written to the console: a custom event `console` of a recording. */
export interface ConsoleLine {
  level: ConsoleLevel;
  /** Masked; at most 1,000 characters. */
  text: string;
}

/** A request of the page's scripts: a custom event `network` of a recording. */
export interface NetworkLine {
  /** When it began: client clock, as the events' timestamps. */
  at: number;
  /** Missing of one that began before the recorder was there. */
  method?: string;
  /** Masked; at most 1,000 characters. */
  url: string;
  /** 0: no answer. Missing where the browser doesn't tell. */
  status?: number;
  /** Milliseconds until all of the answer was there. */
  ms: number;
  /** Bytes of the request's body, and of the answer's as it came, where they are known. */
  up?: number;
  down?: number;
}

/** Instead of lines of which there were too many: 20 of a kind in a second, 2,000 in a visit. */
export interface LinesLeft {
  /** So many weren't recorded; 0: there are 2,000, and no more will be. */
  left: number;
}

/** A site's settings as the snippet gets them, each written into its place in the script. */
export interface SnippetConfig {
  /** Where hits go: `https://stats.example.com/e/KEY`. */
  hits: string;
  /** What ends an address: `#`, or, where a changed hash is a page view, a space, which no address has. */
  until: '#' | ' ';
  /** Keep ids in the browser. */
  ids: boolean;
  /** Wait for `footfall.consent(true)` with everything. */
  consent: boolean;
  /** Scripts to fetch after the first page view: address, and events that are kept for it until it is there. */
  more: [src: string, events: string][];
}

/** What the recorder needs to know; in the scripts of sites that record. */
export interface RecorderConfig {
  /** Where chunks go: `https://stats.example.com/r/KEY`. */
  chunks: string;
  /** Share of visits to record, above 0, to 1. */
  record: number;
  /** Address of the recorder script. */
  recorder: string;
  /** Settings that aren't as a site begins: `MASKING`, `RECORDING`; pages are one regular expression. */
  masking: Partial<Masking>;
  seconds?: number;
  when?: string[];
  before?: number;
  pages?: string;
  /** What is recorded besides; the recorder is the fuller one then. */
  extras?: (keyof Extras)[];
  /** Host that frames have to be of, or below. */
  domain?: string;
}
