import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { BOT_THRESHOLD, type BotSettings } from '../contract/bots.ts';
import { type Exclude, NOTHING_EXCLUDED } from '../contract/exclude.ts';
import { FRICTION, type Friction, type WatchedHow } from '../contract/replay.ts';
import {
  EXTRAS,
  type Extras,
  MASKING,
  type Masking,
  RECORDING,
  type Recording,
  TRACK,
  type Track,
} from '../contract/wire.ts';
import type { Filter } from '../contract/words.ts';

/**
 * Every table. Facts (`session`, `event`, `replay_chunk`) hold 4-byte ids of the dictionary (`term`) instead of text, and
 * no foreign keys: they are written in bulk by the collector's flush alone. 8-byte columns first, then 4, then 2: no padding.
 * `site_id` leads every key.
 *
 * Visits and events are found by the minute they are of, `minute(start)` and `minute(time)` (a function of the migration): an
 * index whose keys repeat takes six bytes a row. `rows.ts` says "rows of this site in this range" in those words.
 */

const bitVarying = customType<{ data: string }>({ dataType: () => 'bit varying' });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const id64 = (name: string) => bigint(name, { mode: 'number' });

// ── Sites and what is defined on them ──────────────────────────────────────────────────────────────────────────────

export const site = pgTable('site', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  domain: text('domain').notNull().unique(),
  /** IANA name; the site's days are this zone's days. */
  timezone: text('timezone').notNull().default('UTC'),
  /** First day of its weeks: 1 is Monday, 7 Sunday. */
  week_start: smallint('week_start').notNull().default(1),
  created: at('created').notNull().defaultNow(),
  /** A midnight of its own: visits and events of before are gone, or going, and sealed days alone tell of them. Null: all are kept. */
  kept: at('kept'),
  /** `persistent` or `cookieless`. */
  mode: text('mode').$type<'persistent' | 'cookieless'>().notNull().default('persistent'),
  /** Share of visits to record, 0 to 1. */
  record: real('record').notNull().default(1),
  /** Days that recordings are kept; null: until somebody deletes them. */
  record_days: smallint('record_days'),
  /** Hosts that recorded pages may load pictures and styles from while they are watched; none: wherever the pages have them. */
  picture_hosts: jsonb('picture_hosts').$type<string[]>().notNull().default([]),
  /** What of a page is masked in recordings. */
  masking: jsonb('masking')
    .$type<Masking>()
    .notNull()
    .default({ ...MASKING }),
  /** Which of the chosen visits are recorded. */
  recording: jsonb('recording')
    .$type<Recording>()
    .notNull()
    .default({ ...RECORDING }),
  /** What recordings hold besides the page. */
  extras: jsonb('extras')
    .$type<Extras>()
    .notNull()
    .default({ ...EXTRAS }),
  /** A changed `#hash` is a page view. */
  hash: boolean('hash').notNull().default(false),
  /** Leave out whoever sends Global Privacy Control. */
  gpc: boolean('gpc').notNull().default(true),
  /** Nothing is sent or stored before the page says `footfall.consent(true)`. */
  consent: boolean('consent').notNull().default(false),
  /** Who `footfall.identify` names is kept as a hash alone; else events say it too, as their property `user`. */
  hash_identify: boolean('hash_identify').notNull().default(true),
  /** What the snippet watches for by itself. */
  track: jsonb('track')
    .$type<Track>()
    .notNull()
    .default({ ...TRACK }),
  /** The website id by which Umami's tracker speaks of the site, where it still stands in its pages. */
  umami_id: uuid('umami_id').unique(),
  /** Leave out whoever sends Do Not Track. */
  dnt: boolean('dnt').notNull().default(false),
  /** Score from which on a visit is a bot's, and confidences that differ from the default: see `contract/bots.ts`. */
  bot_threshold: smallint('bot_threshold').notNull().default(BOT_THRESHOLD),
  bot_rules: jsonb('bot_rules').$type<BotSettings['bot_rules']>().notNull().default({}),
  /** Takes no hits, until it is brought back; what it has stays. */
  archived: boolean('archived').notNull().default(false),
  /** Whose hits are left out. */
  exclude: jsonb('exclude').$type<Exclude>().notNull().default(NOTHING_EXCLUDED),
});

export const goal = pgTable(
  'goal',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    site_id: integer('site_id')
      .notNull()
      .references(() => site.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Name of a custom event; exactly one of `event` and `path` is set. */
    event: text('event'),
    /** A page's path; `*` stands for anything but a slash, `**` for anything. */
    path: text('path'),
    /** All must hold: `[{ key, op: 'is' | 'is_not' | 'contains', value }]`. */
    props: jsonb('props').$type<GoalCondition[]>().notNull().default([]),
    created: at('created').notNull().defaultNow(),
    /** From when on sealed days have it in `sealed_goal`, as it is defined now; null where they don't. */
    sealed: at('sealed'),
  },
  (t) => [unique().on(t.site_id, t.name)],
);

export interface GoalCondition {
  key: string;
  op: 'is' | 'is_not' | 'contains';
  value: string;
}

/** Filters kept under a name, for `["is", "segment", [id]]`; or for one member alone, with whom they go. */
export const segment = pgTable(
  'segment',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    site_id: integer('site_id')
      .notNull()
      .references(() => site.id, { onDelete: 'cascade' }),
    /** Whose alone it is; null: shared by all who see the site. */
    owner: text('owner'),
    name: text('name').notNull(),
    filters: jsonb('filters').$type<Filter[]>().notNull(),
    created: at('created').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('segment_shared').on(t.site_id, t.name).where(sql`owner is null`),
    unique().on(t.site_id, t.owner, t.name),
    foreignKey({ columns: [t.site_id, t.owner], foreignColumns: [member.site_id, member.user_id] }).onDelete('cascade'),
  ],
);

/** What happened on a day of the site's, at an hour of its clock if that matters: whichever zone it is in later on. */
export const annotation = pgTable(
  'annotation',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    site_id: integer('site_id')
      .notNull()
      .references(() => site.id, { onDelete: 'cascade' }),
    date: date('date').notNull(),
    /** `14:00`; null: the whole day. */
    time: text('time'),
    text: text('text').notNull(),
    created: at('created').notNull().defaultNow(),
  },
  (t) => [index('annotation_date').on(t.site_id, t.date)],
);

// ── The dictionary and the facts ───────────────────────────────────────────────────────────────────────────────────

/** What a term is. The number is stored; never reuse one. */
export const TERM = {
  event: 1,
  path: 2,
  hostname: 3,
  referrer: 4,
  source: 5,
  channel: 6,
  utm_source: 7,
  utm_medium: 8,
  utm_campaign: 9,
  utm_content: 10,
  utm_term: 11,
  country: 12,
  region: 13,
  city: 14,
  browser: 15,
  browser_version: 16,
  os: 17,
  os_version: 18,
  device: 19,
  screen: 20,
  language: 21,
  currency: 22,
  element: 23,
  title: 24,
} as const;

export type TermKind = keyof typeof TERM;

export const term = pgTable(
  'term',
  {
    site_id: integer('site_id').notNull(),
    id: integer('id').notNull().generatedAlwaysAsIdentity(),
    kind: smallint('kind').notNull(),
    value: text('value').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.id] }), uniqueIndex('term_value').on(t.site_id, t.kind, t.value)],
);

/**
 * The first title that a page was seen with: of most pages the only one, so that events need not say it. Never written anew, since
 * they count on it.
 */
export const page_title = pgTable(
  'page_title',
  {
    site_id: integer('site_id').notNull(),
    /** Terms. */
    page: integer('page').notNull(),
    title: integer('title').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.page] })],
);

/** Bits of `session.flags`: the verdict, whether the visit is recorded, what the recorder found in it, and how it was. */
export const SESSION_FLAG = {
  bot: 1,
  replay: 2,
  errors: 4,
  rage_clicks: 8,
  dead_clicks: 16,
  quick_backs: 32,
  abandoned_forms: 64,
  slow_interactions: 128,
  /** One sign of life only: a page view or an event, and nothing that a person did after it. */
  bounce: 256,
  /** A page of it was engaged with. */
  engaged: 512,
} as const satisfies Record<'bot' | 'replay' | Friction | 'bounce' | 'engaged', number>;

/** The flags of some signals. */
export const flagsOf = (has: (signal: Friction) => unknown): number =>
  FRICTION.reduce((flags, signal) => (has(signal) ? flags | SESSION_FLAG[signal] : flags), 0);

/**
 * One row a visit, written whole by its collector, so that writing it again changes nothing. To find a column Postgres steps
 * through all that stand before it, and slowly behind the first null: `flags`, which every question reads, stands before them.
 * `rows.ts` says what isn't a column: when it was last heard of, and whether it is a bounce.
 */
export const session = pgTable(
  'session',
  {
    /** Made by the collector: seconds since 1970 × 2^21 + shard × 2^15 + count within the second. Orders by time. */
    id: id64('id').notNull(),
    visitor: id64('visitor').notNull(),
    /** First sign of life, and milliseconds from there to the last. */
    start: at('start').notNull(),
    site_id: integer('site_id').notNull(),
    duration: integer('duration').notNull(),
    /** Page views; page views and custom events. */
    views: smallint('views').notNull(),
    events: smallint('events').notNull(),
    flags: smallint('flags').notNull(),
    /** `BOT_RULES` that fired, as bits: what the verdict in `flags` was made from, and can be made from again. */
    bot_rules: smallint('bot_rules').notNull().default(0),
    /** Terms from here on. Null: unknown or none. What is asked for most, and seldom null, comes first. */
    entry: integer('entry'),
    exit: integer('exit'),
    channel: integer('channel'),
    country: integer('country'),
    browser: integer('browser'),
    os: integer('os'),
    device: integer('device'),
    hostname: integer('hostname'),
    source: integer('source'),
    region: integer('region'),
    city: integer('city'),
    language: integer('language'),
    screen: integer('screen'),
    referrer: integer('referrer'),
    browser_version: integer('browser_version'),
    os_version: integer('os_version'),
    utm_source: integer('utm_source'),
    utm_medium: integer('utm_medium'),
    utm_campaign: integer('utm_campaign'),
    utm_content: integer('utm_content'),
    utm_term: integer('utm_term'),
  },
  (t) => [
    primaryKey({ columns: [t.site_id, t.id] }),
    index('session_minute').on(t.site_id, sql`minute(start)`),
    // Of visitors there are no two alike, whatever their site.
    index('session_visitor').on(t.visitor),
    // The few that a program may have made.
    index('session_bots').on(t.site_id, sql`minute(start)`).where(sql`bot_rules <> 0`),
    // The few that may go on far from where they began.
    index('session_long').on(t.site_id, sql`minute(start)`).where(sql`duration > 3600000`),
  ],
);

/**
 * One row a page view or custom event. Partitioned by month of `minute(time)` (in the migration: drizzle can't say it), so
 * that one condition finds partition and rows. What is mostly null stands last; a null takes no room in a row.
 */
export const event = pgTable(
  'event',
  {
    session_id: id64('session_id').notNull(),
    visitor: id64('visitor').notNull(),
    /** To the microsecond: what a visit did in one millisecond is told apart, and in order, by it. */
    time: at('time').notNull(),
    site_id: integer('site_id').notNull(),
    name: integer('name').notNull(),
    page: integer('page').notNull(),
    hostname: integer('hostname').notNull(),
    /** Page views: milliseconds it was visible and focused. */
    engaged: integer('engaged').notNull().default(0),
    /** `SESSION_FLAG.bot`, as the visit's. */
    flags: smallint('flags').notNull(),
    /** Page views: deepest point seen, percent; null when never told. */
    scroll: smallint('scroll'),
    /** ISO 4217, a term; null without `amount`. */
    currency: integer('currency'),
    amount: numeric('amount', { precision: 18, scale: 4 }),
    props: jsonb('props').$type<Record<string, string | number | boolean>>(),
    /** A term; null where it is the page's first, of `page_title`, or wasn't told. */
    title: integer('title'),
  },
  (t) => [
    index('event_minute').on(t.site_id, sql`minute(time)`),
    // Of most sites the few that bear properties.
    index('event_props').on(t.site_id, sql`minute(time)`).where(sql`props is not null`),
    // And of all but a few none that earn anything.
    index('event_amount').on(t.site_id, sql`minute(time)`).where(sql`amount is not null`),
  ],
);

// ── Sealed days: what reports need of days that are over, see docs/engine.md ─────────────────────────────────────────

/** How far a site's days are sealed. */
export const seal = pgTable('seal', {
  site_id: integer('site_id')
    .primaryKey()
    .references(() => site.id, { onDelete: 'cascade' }),
  /** All that began before is sealed as it is; null before anything is. What changes something earlier moves it back. */
  upto: at('upto'),
  /** Where the last sealing ended, amid a day mostly: while `upto` is there, too, that day's seals are true up to it. */
  reached: at('reached'),
  /** Being sealed just now, up to here: a change before it makes that of no effect. */
  sealing: at('sealing'),
  /** Counts changes of days that were sealed, or being sealed. */
  changes: integer('changes').notNull().default(0),
  /** Bitmaps of what began before are true: never further than `upto` was when they were made. Null before there are any. */
  bitmaps: at('bitmaps'),
  /** The same of bitmaps that are being made; null when none are. */
  mapping: at('mapping'),
});

/** What adds up over a day's visits or events, by the values of one dimension: one element of each array a value. */
export const sealed_sum = pgTable(
  'sealed_sum',
  {
    site_id: integer('site_id').notNull(),
    /** The site's own date. */
    day: date('day').notNull(),
    /** A code of `seals/dimensions.ts`. */
    dimension: smallint('dimension').notNull(),
    /** Terms; 0 where there is none. */
    values: integer('values').array().notNull(),
    /** Visits that began on that day, with all that they brought; null where single events are divided. */
    visits: integer('visits').array(),
    bounces: integer('bounces').array(),
    microseconds: id64('microseconds').array(),
    brought: integer('brought').array(),
    /** Page views, and page views and events, of that day itself. */
    views: integer('views').array().notNull(),
    events: integer('events').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.dimension, t.day] })],
);

/** What reached a goal on a sealed day: those who did, by the days since they had last; and in parallel what each currency earned. */
export const sealed_goal = pgTable(
  'sealed_goal',
  {
    site_id: integer('site_id').notNull(),
    goal_id: integer('goal_id')
      .notNull()
      .references(() => goal.id, { onDelete: 'cascade' }),
    day: date('day').notNull(),
    events: integer('events').notNull(),
    gaps: smallint('gaps').array().notNull(),
    counts: integer('counts').array().notNull(),
    currencies: integer('currencies').array(),
    totals: numeric('totals').array(),
    sales: integer('sales').array(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.goal_id, t.day] })],
);

/**
 * How many visitors of a day were last seen, with the same value, so many days before: one element of each array
 * a gap and a value. Those whose gap reaches back before a range are its visitors, each once.
 */
export const sealed_visitor = pgTable(
  'sealed_visitor',
  {
    site_id: integer('site_id').notNull(),
    day: date('day').notNull(),
    /** As in `sealed_sum`; and codes for visits that are counted so. */
    dimension: smallint('dimension').notNull(),
    /** The least gap of this row: a power of two, up to the next of which its gaps go. */
    gap: smallint('gap').notNull(),
    /** Days since; `NEVER_BEFORE` for the first time. */
    gaps: smallint('gaps').array().notNull(),
    values: integer('values').array().notNull(),
    counts: integer('counts').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.dimension, t.day, t.gap] })],
);

/**
 * What each visit of a day had, or its part on that day: the number of its value, in twos, a bit string a digit. All of a day's strings have their
 * bits in one order.
 */
export const sealed_slice = pgTable(
  'sealed_slice',
  {
    site_id: integer('site_id').notNull(),
    /** The site's own date. */
    day: date('day').notNull(),
    /** A code of `seals/dimensions.ts`. */
    dimension: smallint('dimension').notNull(),
    /** Terms by their numbers, the first is 0; null of what is a number itself. */
    values: integer('values').array(),
    /** The least first; as many as the largest number takes. */
    digits: bitVarying('digits').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.dimension, t.day] })],
);

/** A block of days whose visits have bitmaps: all that is known of them, or the days since, with what their visitors did before. */
export const sealed_block = pgTable(
  'sealed_block',
  {
    site_id: integer('site_id').notNull(),
    block: smallint('block').notNull(),
    /** From when on it knows of its visitors, from when on visits are its own, and where it ends: the site's own dates. */
    known: date('known').notNull(),
    own: date('own').notNull(),
    until: date('until').notNull(),
    /** Of how many slices of its visitors how many are made. It is read when all are. */
    slices: smallint('slices').notNull(),
    made: smallint('made').notNull().default(0),
    /** Where slices are cut: what the visits of each but the first begin with, as `seals/places.ts` orders them. */
    cuts: integer('cuts').array().array().notNull().default([]),
    /** Dimensions that have too many values. */
    lacks: smallint('lacks').array().notNull().default([]),
    /** The goals that it has bitmaps of, as they were defined then. */
    goals: jsonb('goals')
      .$type<{ id: number; name: string; event: string | null; path: string | null; props: GoalCondition[] }[]>()
      .notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.block] })],
);

/**
 * Visitors of a block with about as many parts of visits, in the order of their bits in `sealed_bitmap`: as many planes as one of them has
 * parts at most, each with a bit for every visitor.
 */
export const sealed_segment = pgTable(
  'sealed_segment',
  {
    site_id: integer('site_id').notNull(),
    block: smallint('block').notNull(),
    segment: integer('segment').notNull(),
    /** A power of two. */
    planes: integer('planes').notNull(),
    /** Days since the block's first one of the earliest and the latest part. */
    first: smallint('first').notNull(),
    last: smallint('last').notNull(),
    /** As long as any bitmap of it, with nothing in it. */
    blank: bitVarying('blank').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.block, t.segment] })],
);

/** Where the visitors of a block stand. */
export const sealed_place = pgTable(
  'sealed_place',
  {
    site_id: integer('site_id').notNull(),
    block: smallint('block').notNull(),
    /** Which of them, by their own numbers: see `seals/places.ts`. Below 0 while the block is made. */
    shelf: integer('shelf').notNull(),
    /** In order, and beside each his segment and his place among the bits of a plane, in one number. */
    visitors: id64('visitors').array().notNull(),
    places: integer('places').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.block, t.shelf] })],
);

/** Which parts of visits of a segment have a value; there is none where none has. */
export const sealed_bitmap = pgTable(
  'sealed_bitmap',
  {
    site_id: integer('site_id').notNull(),
    block: smallint('block').notNull(),
    segment: integer('segment').notNull(),
    /** A code of `seals/dimensions.ts`. */
    dimension: smallint('dimension').notNull(),
    /** A term, 0 where there is none; a digit of a number in twos; a day. */
    value: integer('value').notNull(),
    /** Of how many visitors; unknown of a digit. */
    visitors: integer('visitors'),
    bits: bitVarying('bits').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.block, t.segment, t.dimension, t.value] })],
);

/** A site's visits being judged anew, in the order of their ids, under the settings of now: one row a site, the last run of it. */
export const rejudging = pgTable('rejudging', {
  site_id: integer('site_id')
    .primaryKey()
    .references(() => site.id, { onDelete: 'cascade' }),
  /** Visits up to this id are done, and up to this one there were any when it began. */
  done: id64('done').notNull().default(0),
  last: id64('last').notNull(),
  judged: integer('judged').notNull().default(0),
  changed: integer('changed').notNull().default(0),
  started: at('started').notNull().defaultNow(),
  finished: at('finished'),
  /** What it judges by: when the site's settings are others by now, it begins anew. */
  settings: jsonb('settings').$type<BotSettings>().notNull(),
});

/** The last batch that each collector has written: the guard that makes a flush sent twice insert nothing. */
export const ingest_batch = pgTable(
  'ingest_batch',
  {
    /** A collector's own random id, so that one that lost its storage starts a count of its own. */
    collector: id64('collector').notNull(),
    site_id: integer('site_id').notNull(),
    batch: integer('batch').notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.collector] })],
);

/** Events that Postgres refused, each alone, with the reason. */
export const quarantine = pgTable(
  'quarantine',
  {
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    site_id: integer('site_id').notNull(),
    at: at('at').notNull().defaultNow(),
    reason: text('reason').notNull(),
    event: text('event').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.id] })],
);

// ── Recordings ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** One row a recorded visit, written whole by its collector. */
export const replay = pgTable(
  'replay',
  {
    session_id: id64('session_id').notNull(),
    visitor: id64('visitor').notNull(),
    /** First and last recorded moment, server clock. */
    start: at('start').notNull(),
    last: at('last').notNull(),
    site_id: integer('site_id').notNull(),
    chunks: integer('chunks').notNull(),
    bytes: integer('bytes').notNull(),
    clicks: integer('clicks').notNull(),
    errors: integer('errors').notNull(),
    rage_clicks: integer('rage_clicks').notNull(),
    dead_clicks: integer('dead_clicks').notNull(),
    quick_backs: integer('quick_backs').notNull().default(0),
    abandoned_forms: integer('abandoned_forms').notNull().default(0),
    slow_interactions: integer('slow_interactions').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.session_id] }), index('replay_start').on(t.site_id, t.start)],
);

export const replay_chunk = pgTable(
  'replay_chunk',
  {
    session_id: id64('session_id').notNull(),
    /** First and last moment in it, server clock. */
    from: at('from').notNull(),
    to: at('to').notNull(),
    site_id: integer('site_id').notNull(),
    /** See `Envelope`. */
    stream: integer('stream').notNull(),
    n: integer('n').notNull(),
    /** Server clock minus client clock, milliseconds: add it to rrweb's timestamps. */
    skew: bigint('skew', { mode: 'number' }).notNull(),
    events: integer('events').notNull(),
    bytes: integer('bytes').notNull(),
    keyframe: boolean('keyframe').notNull(),
    url: text('url').notNull(),
    /** The `replay_part` that its bytes are in, and where they begin there; null while they wait in the visit's collector. */
    part: integer('part').default(0),
    at: integer('at'),
    signals: jsonb('signals').$type<Record<string, number>>(),
    /** Part 0, written by earlier versions: each chunk lies alone, here or in an object of its own. */
    body: bytea('body'),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.session_id, t.stream, t.n] })],
);

/** Chunks of one visit that were written at once, one behind the other: most visits have one part. */
export const replay_part = pgTable(
  'replay_part',
  {
    session_id: id64('session_id').notNull(),
    site_id: integer('site_id').notNull(),
    /** Random, 1 or more. */
    part: integer('part').notNull(),
    bytes: integer('bytes').notNull(),
    /** Where no bucket is bound; null when it lies in R2. */
    body: bytea('body'),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.session_id, t.part] })],
);

/** A page in a recorded visit: where on it was clicked, and where its picture begins. Maps of clicks are made of it. */
export const replay_page = pgTable(
  'replay_page',
  {
    session_id: id64('session_id').notNull(),
    site_id: integer('site_id').notNull(),
    /** A term. */
    page: integer('page').notNull(),
    /** The first chunk of it, see `Envelope`. */
    stream: integer('stream').notNull(),
    n: integer('n').notNull(),
    /** Of the window there, in CSS pixels. */
    width: smallint('width').notNull(),
    height: smallint('height').notNull(),
    /** Each `Touch` as one number, eight bytes of it: see `packed` in `heatmap/points.ts`. */
    points: id64('points').array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.site_id, t.session_id, t.page] }),
    index('replay_page_page').on(t.site_id, t.page, t.session_id),
  ],
);

/** What somebody has to say of a moment of a recording. */
export const replay_note = pgTable(
  'replay_note',
  {
    id: integer('id').generatedAlwaysAsIdentity().notNull(),
    session_id: id64('session_id').notNull(),
    /** The moment, by the server's clock as the chunks: where the recording begins may still change. */
    time: at('time').notNull(),
    created: at('created').notNull().defaultNow(),
    site_id: integer('site_id')
      .notNull()
      .references(() => site.id, { onDelete: 'cascade' }),
    user_id: text('user_id').references(() => auth_user.id, { onDelete: 'set null' }),
    text: text('text').notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.session_id, t.id] })],
);

/** Links that open one recording, for whoever has them: shown once, kept as SHA-256. */
export const replay_share = pgTable(
  'replay_share',
  {
    id: integer('id').generatedAlwaysAsIdentity().notNull(),
    session_id: id64('session_id').notNull(),
    expires: at('expires').notNull(),
    created: at('created').notNull().defaultNow(),
    revoked: at('revoked'),
    site_id: integer('site_id')
      .notNull()
      .references(() => site.id, { onDelete: 'cascade' }),
    /** For whom it is, in the owner's words. */
    name: text('name').notNull(),
    hash: text('hash').notNull().unique(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.id] }), index('replay_share_session').on(t.site_id, t.session_id)],
);

/** Who watched which recording, and when: kept when the recording goes. */
export const replay_watch = pgTable(
  'replay_watch',
  {
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    session_id: id64('session_id').notNull(),
    /** When it was opened; opened again by the same within half an hour is the same watching. */
    at: at('at').notNull().defaultNow(),
    site_id: integer('site_id')
      .notNull()
      .references(() => site.id, { onDelete: 'cascade' }),
    how: text('how').$type<WatchedHow>().notNull(),
    user_id: text('user_id').references(() => auth_user.id, { onDelete: 'set null' }),
    /** The `replay_share` by which it was opened. */
    share_id: integer('share_id'),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.id] }), index('replay_watch_session').on(t.site_id, t.session_id)],
);

/** Style sheets of recorded pages, each once for a site: chunks name them by the SHA-256 of their text. */
export const replay_sheet = pgTable(
  'replay_sheet',
  {
    site_id: integer('site_id').notNull(),
    bytes: integer('bytes').notNull(),
    /** Day on which a recorder last asked about it. */
    used: date('used', { mode: 'string' }).notNull(),
    /** In hex. */
    hash: text('hash').notNull(),
    /** Gzipped, where no bucket is bound; null when it lies in R2. */
    body: bytea('body'),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.hash] })],
);

// ── Accounts ───────────────────────────────────────────────────────────────────────────────────────────────────────
// The four `auth_` tables are better-auth's, in the names it gives their columns.

export const auth_user = pgTable('auth_user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  /** True for who set the deployment up, null for everybody else: unique, so that no race makes two of them. */
  founder: boolean('founder').unique(),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const auth_session = pgTable(
  'auth_session',
  {
    id: text('id').primaryKey(),
    token: text('token').notNull().unique(),
    userId: text('user_id')
      .notNull()
      .references(() => auth_user.id, { onDelete: 'cascade' }),
    expiresAt: at('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [index('auth_session_user').on(t.userId)],
);

export const auth_account = pgTable(
  'auth_account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => auth_user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: at('access_token_expires_at'),
    refreshTokenExpiresAt: at('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [index('auth_account_user').on(t.userId)],
);

export const auth_verification = pgTable('auth_verification', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: at('expires_at').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

/** Who may see and change which site. */
export const member = pgTable(
  'member',
  {
    site_id: integer('site_id')
      .notNull()
      .references(() => site.id, { onDelete: 'cascade' }),
    user_id: text('user_id')
      .notNull()
      .references(() => auth_user.id, { onDelete: 'cascade' }),
    role: text('role').$type<'owner'>().notNull().default('owner'),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.user_id] }), index('member_user').on(t.user_id)],
);

/** Keys of the API: shown once, kept as SHA-256. A key may do what its user may, less what `scope` forbids. */
export const api_key = pgTable('api_key', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  user_id: text('user_id')
    .notNull()
    .references(() => auth_user.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  /** First characters of the key, to tell one from another in a list. */
  prefix: text('prefix').notNull(),
  hash: text('hash').notNull().unique(),
  scope: text('scope').$type<'read' | 'write'>().notNull(),
  created: at('created').notNull().defaultNow(),
  last_used: at('last_used'),
  revoked: at('revoked'),
});

/** Failed sign-ins and the like, by hashed subject: the brake on brute force. */
export const attempt = pgTable('attempt', {
  subject: text('subject').primaryKey(),
  count: integer('count').notNull(),
  /** When the count starts anew. */
  until: at('until').notNull().default(sql`now()`),
  /** No try is looked at before. */
  after: at('after').notNull().default(sql`'-infinity'`),
});
