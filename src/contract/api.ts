import { z } from 'zod';
import { BOT_THRESHOLD, type BotRule, RULE_NAMES } from './bots.ts';
import { readable } from './exclude.ts';
import { DateRange, Filters, PERIODS, Scope, WithBots } from './query.ts';
import { LIMITS, type Track } from './wire.ts';
import { isText } from './words.ts';

/** The API's resources as they travel: input as schemas, output as types. The dashboard and the tests read it too. */

// ── Accounts ───────────────────────────────────────────────────────────────────────────────────────────────────────

const password = z.string().min(10, 'at least 10 characters').max(128, 'at most 128 characters');

/** `POST /api/v1/setup`: the first owner of a fresh deployment. 201, signed in by cookie; 409 `already_set_up` ever after. */
export const SetupInput = z.object({ name: z.string().trim().min(1).max(100), email: z.email(), password });
/** `POST /api/v1/sign-in`: 200 and a session cookie, or 401 `bad_credentials`, or 429. `POST /api/v1/sign-out`: 204. */
export const SignInInput = z.object({ email: z.email(), password: z.string().min(1).max(128) });

/** `GET /api/v1/setup`, open to all. */
export interface Setup {
  /** True until the owner exists. */
  needed: boolean;
}

/** `GET /api/v1/me`. */
export interface Me {
  id: string;
  name: string;
  email: string;
}

/** `POST /api/v1/keys`; 201 with `key` once. `GET /api/v1/keys`: `{ keys: ApiKey[] }`. `DELETE /api/v1/keys/:id`: 204. */
export const ApiKeyInput = z.object({
  name: z.string().trim().min(1).max(100),
  scope: z.enum(['read', 'write']).default('read'),
});

export interface ApiKey {
  id: number;
  name: string;
  /** First characters, to tell keys apart. */
  prefix: string;
  scope: 'read' | 'write';
  created: string;
  last_used: string | null;
  revoked: string | null;
  /** The key itself; only in the answer that creates it. */
  key?: string;
}

// ── Sites ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const timezone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}, 'an IANA time zone, such as Europe/Tallinn');

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/^https?:\/\//, '').replace(/\/.*$/, ''))
  .pipe(z.string().regex(/^[\p{L}\p{N}]([\p{L}\p{N}.:-]{0,251}[\p{L}\p{N}])?$/u, 'a domain, such as example.com'));

const umami_id = z.string().trim().toLowerCase().pipe(z.guid('a UUID, as in data-website-id'));
const confidence = z.int().min(0).max(100);
/** Rules of `BOT_RULES` by name, with how sure the site is of each; 0: it doesn't count. Those not named have their default. */
const bot_rules = z.partialRecord(z.enum(RULE_NAMES), confidence);
/** From this score on, the sum of what fired, a visit is a bot's. */
const bot_threshold = z.int().min(1).max(100);

const excludedPath = z
  .string()
  .trim()
  .startsWith('/', 'a path starts with /')
  .max(LIMITS.propValueChars)
  .refine((path) => isText(path) && path.split(/\*+/).length <= 11, 'plain text with at most ten wildcards');
const excludedHostname = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(\*\.)?[\p{L}\p{N}]([\p{L}\p{N}.:-]{0,251}[\p{L}\p{N}])?$/u,
    'a hostname, such as staging.example.com or *.example.com',
  )
  .transform((hostname) => hostname.replace(/^www\./, ''));
const country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z][A-Z0-9]$/, 'a country, such as EE');
/** Whose hits are left out. A patch replaces the lists that it names. Addresses: `…/exclusions/me`. */
const ExcludeInput = z.object({
  paths: z.array(excludedPath).max(100).exactOptional(),
  hostnames: z.array(excludedHostname).max(100).exactOptional(),
  countries: z.array(country).max(250).exactOptional(),
});

const either = z.boolean().exactOptional();
const track = z.object({
  outbound: either,
  downloads: either,
  forms: either,
  tagged: either,
  vitals: either,
  errors: either,
});

/** `POST /api/v1/sites`: 201 with a `Site`; 409 `conflict` when the domain is taken. `PATCH` takes any part of it. */
export const SiteInput = z.object({
  domain,
  timezone: timezone.default('UTC'),
  mode: z.enum(['persistent', 'cookieless']).default('persistent'),
  record: z.number().min(0).max(1).default(1),
  mask_text: z.boolean().default(false),
  hash: z.boolean().default(false),
  gpc: z.boolean().default(true),
  consent: z.boolean().default(false),
  hash_identify: z.boolean().default(true),
  track: track.default({}),
  umami_id: umami_id.nullable().default(null),
  dnt: z.boolean().default(false),
  bot_threshold: bot_threshold.default(BOT_THRESHOLD),
  bot_rules: bot_rules.default({}),
  exclude: ExcludeInput.default({}),
});
export type SiteInput = z.infer<typeof SiteInput>;
export const SitePatch = z.object({
  domain: domain.optional(),
  timezone: timezone.optional(),
  mode: z.enum(['persistent', 'cookieless']).optional(),
  record: z.number().min(0).max(1).optional(),
  mask_text: z.boolean().optional(),
  hash: z.boolean().optional(),
  gpc: z.boolean().optional(),
  consent: z.boolean().optional(),
  hash_identify: z.boolean().optional(),
  track: track.optional(),
  umami_id: umami_id.nullish(),
  dnt: z.boolean().optional(),
  /** A change judges the site's visits anew: see `RejudgingJson`. */
  bot_threshold: bot_threshold.optional(),
  bot_rules: bot_rules.optional(),
  exclude: ExcludeInput.optional(),
});
export type SitePatch = z.infer<typeof SitePatch>;

/** `GET /api/v1/sites/:site` (id or domain); `GET /api/v1/sites`: `{ sites: SiteJson[] }`. */
export interface SiteJson {
  id: number;
  domain: string;
  timezone: string;
  mode: 'persistent' | 'cookieless';
  record: number;
  mask_text: boolean;
  hash: boolean;
  /** Visitors whose browser sends Global Privacy Control are left out. */
  gpc: boolean;
  /** Nothing is sent or stored before the page says `footfall.consent(true)`. */
  consent: boolean;
  /** Who `footfall.identify` names is kept as a hash alone; else events say it too, as their property `user`. */
  hash_identify: boolean;
  /** What the snippet watches for by itself; what an input leaves out stays as it is. */
  track: Track;
  /** The website id by which Umami's tracker speaks of this site; Plausible's speaks of `domain`. */
  umami_id: string | null;
  /** Visitors whose browser sends Do Not Track are left out. */
  dnt: boolean;
  bot_threshold: number;
  bot_rules: Partial<Record<BotRule, number>>;
  exclude: {
    /** `*` stands for anything but a slash, `**` for anything. */
    paths: string[];
    /** Without `www.`; `*.example.com` stands for any below it. */
    hostnames: string[];
    countries: string[];
    /** How many addresses; they are known by their keyed hash only. */
    addresses: number;
  };
  created: string;
  /** The signed public key that stands in the snippet's address. */
  key: string;
}

/**
 * `GET`, `POST`, `DELETE /api/v1/sites/:site/exclusions/me`: whether the address of whoever asks is left out; leave it out
 * from now on; take it in again. `DELETE …/exclusions/addresses` takes in all.
 */
export interface ExclusionJson {
  excluded: boolean;
  /** Addresses left out, this one and others. */
  addresses: number;
}

// ── Bots ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const date = z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'a date, or a date-time with offset');

/** A range as an address says it: `?period=30d`, or `?from=2026-11-01&to=2026-11-21`. */
export const RangeAsked = z
  .object({
    period: z.enum(PERIODS, PERIODS.join(', ')).default('30d'),
    from: date.exactOptional(),
    to: date.exactOptional(),
  })
  .transform(({ period, from, to }) => ({ date_range: from === undefined ? period : [from, to] }))
  .pipe(z.object({ date_range: DateRange }));

/** `GET /api/v1/sites/:site/bots` with a `RangeAsked`: how much of it was bots, and why. */
export interface BotsJson {
  /** Both ends included, in the site's zone. */
  date_range: [string, string];
  visits: number;
  bot_visits: number;
  /** Page views and custom events. */
  requests: number;
  bot_requests: number;
  /** Percent, one decimal; null when there was nothing. */
  bot_visits_share: number | null;
  bot_requests_share: number | null;
  /** Every rule, most bots first. A visit may fire several; some that fire it are people's. */
  rules: BotRuleJson[];
  /** The last run of judging anew; null when there was none. */
  rejudging: RejudgingJson | null;
}

export interface BotRuleJson {
  rule: BotRule;
  /** In words. */
  says: string;
  /** How sure the site is of it, in percent; 0: it doesn't count. */
  confidence: number;
  default_confidence: number;
  /** Visits that fired it, and those of them that are taken for bots'. */
  visits: number;
  bot_visits: number;
  bot_requests: number;
}

/**
 * `POST /api/v1/sites/:site/bots/rejudge`: judges visits anew by the site's settings of now, a part of them: ask again until
 * `finished`; what is left is done at night. What fired stays stored, so that settings put back bring the verdicts back.
 */
export interface RejudgingJson {
  started: string;
  finished: string | null;
  judged: number;
  /** Visits whose verdict changed. */
  changed: number;
  /** Percent, whole. */
  progress: number;
}

// ── Goals ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const text = z.string().refine(isText, 'text without NUL and lone surrogates');

const condition = z.object({
  key: text.min(1).max(LIMITS.propKeyChars),
  op: z.enum(['is', 'is_not', 'contains']),
  value: text.max(LIMITS.propValueChars),
});

const goalFields = {
  name: text.trim().min(1).max(120),
  event: text.trim().min(1).max(LIMITS.nameChars).nullish(),
  path: text
    .trim()
    // Paths are kept as people read them; an address bar gives them out encoded.
    .overwrite(readable)
    .refine(isText, 'text without NUL and lone surrogates')
    .startsWith('/', 'a path starts with /')
    .max(LIMITS.propValueChars)
    .refine((path) => path.split(/\*+/).length <= 11, 'at most ten wildcards')
    .nullish(),
  props: z.array(condition).max(10).default([]),
};

/** `POST /api/v1/sites/:site/goals` (201) and `PUT /api/v1/sites/:site/goals/:goal` (200): a whole goal. */
export const GoalInput = z
  .object(goalFields)
  .refine((goal) => Boolean(goal.event) !== Boolean(goal.path), { error: 'give either event or path', path: ['event'] })
  .refine((goal) => !goal.path || goal.props.length === 0, {
    error: 'conditions belong to an event goal',
    path: ['props'],
  });
export type GoalInput = z.infer<typeof GoalInput>;

/** `GET /api/v1/sites/:site/goals`: `{ goals: GoalJson[] }`. */
export interface GoalJson {
  id: number;
  name: string;
  event: string | null;
  path: string | null;
  props: z.infer<typeof condition>[];
  created: string;
}

export const GoalReportInput = Scope.extend({ include: WithBots });

/** `POST /api/v1/sites/:site/goals/report` with a `GoalReportInput`: `{ results: GoalResult[], visitors }`. */
export interface GoalResult {
  goal: GoalJson;
  /** Visitors who converted, of all visitors in range (`visitors` beside `results`). */
  visitors: number;
  /** Conversions, repeats included. */
  events: number;
  /** Percent of visitors, two decimals; null when there was none. */
  conversion_rate: number | null;
  /** Per currency, decimal text; empty when no conversion carried money. */
  revenue: { currency: string; total: string; average: string }[];
}

// ── Visits and recordings ──────────────────────────────────────────────────────────────────────────────────────────

export interface VisitJson {
  id: number;
  /** Visitor id as text, to tell one from another. */
  visitor: string;
  start: string;
  last: string;
  /** Seconds. */
  duration: number;
  views: number;
  events: number;
  bounce: boolean;
  entry_page: string | null;
  exit_page: string | null;
  source: string | null;
  channel: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  browser: string | null;
  os: string | null;
  device: string | null;
  language: string | null;
  bot: boolean;
}

export const ReplaysInput = z.object({
  date_range: DateRange,
  filters: Filters.default([]),
  include: WithBots,
  pagination: z
    .object({ limit: z.int().min(1).max(200).default(50), offset: z.int().min(0).max(1_000_000).default(0) })
    .prefault({}),
});

/**
 * `POST /api/v1/sites/:site/replays` with a `ReplaysInput`: `{ results: ReplayJson[], total }`, newest first. The visit's part is null while its page view has not arrived.
 */
export interface ReplayJson {
  session: number;
  start: string;
  last: string;
  /** Seconds recorded. */
  duration: number;
  bytes: number;
  clicks: number;
  errors: number;
  rage_clicks: number;
  dead_clicks: number;
  visit: VisitJson | null;
}

/** `GET /api/v1/sites/:site/replays/:session`: what the player needs before the first chunk. */
export interface ReplayDetail extends ReplayJson {
  chunks: ReplayChunkJson[];
  /** The visit's page views and events in order; `time` in milliseconds since 1970, server clock. */
  events: { time: number; name: string; page: string; props: Record<string, string | number | boolean> | null }[];
}

/** Bytes at `GET /api/v1/sites/:site/replays/:session/chunks/:stream/:n`: gzipped JSON array of rrweb events. */
export interface ReplayChunkJson {
  stream: number;
  n: number;
  /** First and last moment, milliseconds since 1970, server clock. */
  from: number;
  to: number;
  /** Add to rrweb's timestamps to get the server clock. */
  skew: number;
  events: number;
  bytes: number;
  keyframe: boolean;
  url: string;
  signals: { clicks?: number; errors?: number; rage_clicks?: number; dead_clicks?: number } | null;
}

// ── Live ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A visitor who is here: seen in the last five minutes. Times in milliseconds since 1970, server clock. */
export interface LiveVisitor {
  /** The visit's id: its recording is at `/sites/:site/replays/:visit` when `recorded`. */
  visit: number;
  start: number;
  last: number;
  /** Page views so far. */
  views: number;
  /** Where the visitor is now. */
  page: string | null;
  source: string | null;
  country: string | null;
  browser: string | null;
  device: string | null;
  recorded: boolean;
}

/** A page view (`pageview`) or event as it comes. */
export interface LiveEvent {
  time: number;
  visit: number;
  name: string;
  page: string;
}

/** Messages of the WebSocket `GET /api/v1/sites/:site/live`: one at once, then one whenever something arrived. */
export interface LiveMessage {
  /** Visitors seen in the last five minutes. */
  here: number;
  /** Events accepted since the collectors began; a change means that there is something new to ask for. */
  accepted: number;
  /** Who is here, the latest first, at most 50. */
  visitors: LiveVisitor[];
  /** What came since the message before (in the first one: lately), oldest first, at most 50. Engagement isn't told. */
  events: LiveEvent[];
}

// ── Status ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `GET /api/v1/sites/:site/status`: what becomes of the site's hits, and how its collectors are. */
export interface StatusJson {
  /** By end and reason: accepted, ignored on purpose, refused; in the running hour and in the last 24. */
  counts: { fate: 'accepted' | 'ignored' | 'refused'; reason: string; hour: number; day: number }[];
  /** What waits to be written to Postgres, over all collectors. */
  buffered: { events: number; bytes: number; replay_bytes: number; oldest: string | null };
  last_flush: string | null;
  /** When Postgres is written to next, unless somebody looks before; null when nothing waits. */
  next_flush: string | null;
  last_error: { at: string; message: string } | null;
  /** Events that Postgres refused. */
  quarantined: number;
  collectors: number;
}

/**
 * `POST /api/v1/sites/:site/collectors`: shares the site's traffic among more collectors, while it flows; 200 with
 * `{ count }`, 409 when there are more already. A site does so by itself when one has 300 events a second for a minute.
 */
export const CollectorsInput = z.object({ count: z.number().int().min(1).max(64) });

/** `GET /api/v1/sites/:site/quarantine`: `{ results: QuarantineJson[] }`, newest first, at most 100. */
export interface QuarantineJson {
  id: number;
  at: string;
  /** SQLSTATE and what Postgres said. */
  reason: string;
  /** What it was: `POST …/quarantine/:id/release` tries it again (204), `DELETE …/quarantine/:id` drops it (204). */
  event: Record<string, unknown>;
}

/** Every refusal: `application/problem+json`. */
export interface ProblemJson {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  issues?: { path: string; message: string }[];
}
