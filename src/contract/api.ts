import { z } from 'zod';
import { BOT_THRESHOLD, RULE_NAMES } from './bots.ts';
import { readable } from './exclude.ts';
import { Comparisons, DateRange, Filters, PERIODS, Scope, SegmentFilters, WithBots } from './query.ts';
import { FRICTION, REPLAY_ORDERS, RUN_CHUNKS } from './replay.ts';
import { LIMITS, TRIGGERS } from './wire.ts';
import { isText } from './words.ts';

/**
 * What the API takes, as the schemas that check it. What it answers with is in `answers.ts`, and which route takes and gives
 * what, in `src/openapi/nouns/`.
 */

export type * from './answers.ts';

// ── Accounts ───────────────────────────────────────────────────────────────────────────────────────────────────────

const password = z.string().min(10, 'at least 10 characters').max(128, 'at most 128 characters');

export const SetupInput = z
  .object({ name: z.string().trim().min(1).max(100), email: z.email(), password })
  .meta({ id: 'SetupInput', description: 'The first owner of a fresh deployment.' });
export const SignInInput = z
  .object({ email: z.email(), password: z.string().min(1).max(128) })
  .meta({ id: 'SignInInput', description: 'E-mail and password.' });

export const ApiKeyInput = z
  .object({
    name: z.string().trim().min(1).max(100),
    scope: z.enum(['read', 'write']).default('read').describe('What the key may do; `write` may read, too.'),
  })
  .meta({ id: 'ApiKeyInput', description: 'A key to be made.' });

// ── Sites ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const timezone = z
  .string()
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return !/^[+-]/.test(zone);
    } catch {
      return false;
    }
  }, 'an IANA time zone, such as Europe/Tallinn')
  .describe('An IANA time zone, such as `Europe/Tallinn`; the site’s days are this zone’s days.');

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/^https?:\/\//, '').replace(/\/.*$/, ''))
  .pipe(z.string().regex(/^[\p{L}\p{N}]([\p{L}\p{N}.:-]{0,251}[\p{L}\p{N}])?$/u, 'a domain, such as example.com'))
  .describe('A domain, such as `example.com`; each belongs to one site.');

const umami_id = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.guid('a UUID, as in data-website-id'))
  .nullable()
  .describe('The website id by which Umami’s tracker speaks of this site: a UUID.');

export const archived = z
  .boolean()
  .describe('The site takes no hits and no recordings, until it is brought back. What it has stays.');

/** A site's settings that go out as they came in. */
export const SETTINGS = {
  timezone,
  week_start: z
    .int('a day of the week: 1 for Monday to 7 for Sunday')
    .min(1)
    .max(7)
    .describe('First day of the site’s weeks: 1 is Monday, 7 Sunday.'),
  mode: z
    .enum(['persistent', 'cookieless'])
    .describe('`persistent`: ids are kept in the visitor’s browser; `cookieless`: a visitor is known for a day.'),
  record: z.number().min(0).max(1).describe('Share of visits to record.'),
  record_days: z
    .int()
    .min(1)
    .max(3_650)
    .nullable()
    .describe(
      'Days that recordings are kept: once a day older ones are deleted for good. Null: until somebody deletes them.',
    ),
  picture_hosts: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .max(260)
        .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/, 'a host: cdn.example.com, or *.example.com'),
    )
    .max(50)
    .describe(
      'From where recorded pages may load pictures, styles and fonts while they are watched; `*.example.com` stands for any ' +
        'below it. Empty: from wherever the pages have them.',
    ),
  hash: z.boolean().describe('A changed `#hash` is a page view.'),
  gpc: z.boolean().describe('Visitors whose browser sends Global Privacy Control are left out.'),
  consent: z.boolean().describe('Nothing is sent or stored before the page says `footfall.consent(true)`.'),
  hash_identify: z
    .boolean()
    .describe(
      'Who `footfall.identify` names is kept as a hash alone; else events say it too, as their property `user`.',
    ),
  dnt: z.boolean().describe('Visitors whose browser sends Do Not Track are left out.'),
  bot_threshold: z
    .int()
    .min(1)
    .max(100)
    .describe('From this score on, the sum of what fired, a visit is a bot’s. A change judges the site’s visits anew.'),
  bot_rules: z
    .partialRecord(z.enum(RULE_NAMES), z.int().min(0).max(100))
    .describe(
      'Rules by name, with how sure the site is of each, in percent; 0: it doesn’t count. Those not named have their default.',
    ),
};

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
const exclude = z
  .object({
    paths: z
      .array(excludedPath)
      .max(100)
      .exactOptional()
      .describe('`*` stands for anything but a slash, `**` for anything.'),
    hostnames: z
      .array(excludedHostname)
      .max(100)
      .exactOptional()
      .describe('`*.example.com` stands for any below it; `www.` is no difference.'),
    countries: z.array(country).max(250).exactOptional().describe('ISO 3166-1 alpha-2, such as `EE`.'),
  })
  .describe('Whose hits are left out. A patch replaces the lists that it names. Addresses: `…/exclusions/me`.');

const either = z.boolean().exactOptional();
export const track = z
  .object({
    titles: either.describe(
      'The page’s title, with whatever is sent. Where it is off none is kept, whoever sends one.',
    ),
    outbound: either.describe('Clicks on links to other hosts: `Outbound Link: Click` with `url`.'),
    downloads: either.describe('Clicks on links to files: `File Download` with `url`.'),
    forms: either.describe('Forms sent: `Form: Submission` with `path`.'),
    tagged: either.describe('Elements with `data-footfall-event="…"`.'),
    vitals: either.describe(
      '`Web Vitals` of each page load with `ttfb`, `fcp`, `lcp`, `inp` in milliseconds, and `cls`.',
    ),
    errors: either.describe('Errors of the page’s scripts: `Script Error` with `message` and `at`.'),
  })
  .describe('What the snippet tells of by itself; what is left out stays as it is.');

const selectors = z
  .string()
  .trim()
  .max(2_000)
  .refine((list) => isText(list), 'CSS selectors')
  .exactOptional();
export const masking = z
  .object({
    text: z
      .enum(['none', 'inputs', 'all'])
      .exactOptional()
      .describe(
        '`inputs`: what is typed or chosen; `all`: all text as well; `none`: neither. Passwords, cards and codes always.',
      ),
    mask: selectors.describe('CSS selectors of what is masked, like `data-footfall-mask`.'),
    unmask: selectors.describe('Of what is shown, like `data-footfall-unmask`.'),
    block: selectors.describe('Of what is left out but for its size, like `data-footfall-block`.'),
    ignore: selectors.describe('Of fields of which nothing is recorded, like `data-footfall-ignore`.'),
  })
  .describe('What of a page is masked in recordings, in the visitor’s browser; what is left out stays as it is.');

const event = /^event:.{1,120}$/su;
export const recording = z
  .object({
    seconds: z
      .int()
      .min(0)
      .max(600)
      .exactOptional()
      .describe('Only once a visit has lasted so long: a shorter one costs no request.'),
    when: z
      .array(
        z
          .string()
          .max(130)
          .refine((name) => isText(name) && ((TRIGGERS as readonly string[]).includes(name) || event.test(name)), {
            error: `one of ${TRIGGERS.join(', ')}, or event:NAME`,
          }),
      )
      .max(30)
      .exactOptional()
      .describe(
        `Only from when one of these happened, or the page calls \`footfall.record()\`: ${TRIGGERS.join(', ')}, or \`event:NAME\`. None: at once.`,
      ),
    before: z
      .int()
      .min(10)
      .max(300)
      .exactOptional()
      .describe('Seconds before that, kept in the browser’s memory, that are recorded, too.'),
    pages: z
      .array(excludedPath)
      .max(100)
      .exactOptional()
      .describe('Only pages of these paths; `*` stands for anything but a slash, `**` for anything.'),
    countries: z
      .array(country)
      .max(250)
      .exactOptional()
      .describe('Only visitors from these countries, ISO 3166-1 alpha-2.'),
  })
  .describe('Which visits are recorded, of those that `record` chooses. A patch replaces what it names.');

export const extras = z
  .object({
    canvas: either.describe('Pictures of canvases, 640 pixels wide, at most one a second and 4 kB a second.'),
    fonts: either.describe('Files of web fonts, up to 300 kB each, once for all visitors.'),
    media: either.describe('Playing, pausing and seeking of videos and audio; not what they show.'),
    frames: either.describe(
      'Frames of other origins on the site’s domain, or below it, whose page carries the snippet.',
    ),
    console: either.describe('What the page’s scripts write to the console, masked.'),
    network: either.describe('Requests of the page’s scripts: method, masked address, status, time, sizes.'),
  })
  .describe(
    'What recordings hold besides the page: any of it takes a larger recorder. A patch replaces what it names.',
  );

export const SiteInput = z
  .object({
    domain,
    timezone: timezone.default('UTC'),
    week_start: SETTINGS.week_start.default(1),
    mode: SETTINGS.mode.default('persistent'),
    record: SETTINGS.record.default(1),
    record_days: SETTINGS.record_days.default(null),
    picture_hosts: SETTINGS.picture_hosts.default([]),
    masking: masking.default({}),
    recording: recording.default({}),
    extras: extras.default({}),
    hash: SETTINGS.hash.default(false),
    gpc: SETTINGS.gpc.default(true),
    consent: SETTINGS.consent.default(false),
    hash_identify: SETTINGS.hash_identify.default(true),
    track: track.default({}),
    umami_id: umami_id.default(null),
    dnt: SETTINGS.dnt.default(false),
    bot_threshold: SETTINGS.bot_threshold.default(BOT_THRESHOLD),
    bot_rules: SETTINGS.bot_rules.default({}),
    exclude: exclude.default({}),
  })
  .meta({ id: 'SiteInput', description: 'A site to be made.' });
export type SiteInput = z.infer<typeof SiteInput>;
export const SitePatch = z
  .object({ domain, archived, ...SETTINGS, track, masking, recording, extras, umami_id, exclude })
  .partial()
  .meta({ id: 'SitePatch', description: 'What is to change of a site; the rest stays.' });
export type SitePatch = z.infer<typeof SitePatch>;

// ── Goals ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const text = z.string().refine(isText, 'text without NUL and lone surrogates');

export const condition = z
  .object({
    key: text.min(1).max(LIMITS.propKeyChars),
    op: z.enum(['is', 'is_not', 'contains']),
    value: text.max(LIMITS.propValueChars),
  })
  .meta({
    id: 'GoalCondition',
    description: 'What a property must be. One that is missing is nothing, and `is_not` anything.',
  });

const goalFields = {
  name: text.trim().min(1).max(120).describe('Unique within the site: filters speak of the goal by it.'),
  event: text.trim().min(1).max(LIMITS.nameChars).nullish().describe('Name of a custom event. Either this or `path`.'),
  path: text
    .trim()
    // Paths are kept as people read them; an address bar gives them out encoded.
    .overwrite(readable)
    .refine(isText, 'text without NUL and lone surrogates')
    .startsWith('/', 'a path starts with /')
    .max(LIMITS.propValueChars)
    .refine((path) => path.split(/\*+/).length <= 11, 'at most ten wildcards')
    .nullish()
    .describe('A page: `*` stands for anything but a slash, `**` for anything; at most ten of them.'),
  props: z.array(condition).max(10).default([]).describe('Conditions on the event’s properties; all must hold.'),
};

export const GoalInput = z
  .object(goalFields)
  .refine((goal) => Boolean(goal.event) !== Boolean(goal.path), { error: 'give either event or path', path: ['event'] })
  .refine((goal) => !goal.path || goal.props.length === 0, {
    error: 'conditions belong to an event goal',
    path: ['props'],
  })
  .meta({ id: 'GoalInput', description: 'A whole goal: an event, with conditions if need be, or a page.' });
export type GoalInput = z.infer<typeof GoalInput>;

export const GoalReportInput = Scope.extend({
  include: WithBots.unwrap().extend({ comparisons: Comparisons.nullish() }).prefault({}),
}).meta({
  id: 'GoalReportInput',
  description:
    'Of which part of history, and with which other it is compared; bots are left out unless `include.bots` says otherwise.',
});

// ── Segments ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const SegmentInput = z
  .object({
    name: text.trim().min(1).max(120).describe('Unique among the shared ones of the site, or among one’s own.'),
    filters: SegmentFilters.describe('Any filters but segments; at least one.'),
    shared: z
      .boolean()
      .optional()
      .describe(
        'For all who see the site, and for questions, or for whoever is signed in alone: an API key has none of its own. ' +
          'Left out, a new one is shared, and a replaced one stays what it was.',
      ),
  })
  .meta({ id: 'SegmentInput', description: 'A whole segment: filters under a name.' });
export type SegmentInput = z.infer<typeof SegmentInput>;

// ── Annotations ────────────────────────────────────────────────────────────────────────────────────────────────────

export const AnnotationInput = z
  .object({
    date: z.iso.date('a date, such as 2026-11-21').describe('A day of the site’s.'),
    time: z.iso
      .time({ precision: -1, error: 'a time of day, such as 14:00' })
      .nullable()
      .default(null)
      .describe('Of the site’s clock; null: the whole day.'),
    text: text.trim().min(1).max(500),
  })
  .meta({ id: 'AnnotationInput', description: 'A whole annotation: what happened, and when.' });
export type AnnotationInput = z.infer<typeof AnnotationInput>;

// ── Bots, recordings, status ───────────────────────────────────────────────────────────────────────────────────────

const date = z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'a date, or a date-time with offset');

/** A range as an address says it: `?period=30d`, or `?from=2026-11-01&to=2026-11-21`. */
export const RangeAsked = z
  .object({
    period: z
      .enum(PERIODS, PERIODS.join(', '))
      .default('30d')
      .describe('A range by name; `from` and `to` go before it.'),
    from: date.exactOptional().describe('First date, or date-time with offset.'),
    to: date.exactOptional().describe('Last date, or date-time with offset; included.'),
  })
  .transform(({ period, from, to }) => ({ date_range: from === undefined ? period : [from, to] }))
  .pipe(z.object({ date_range: DateRange }));

export const HeatmapInput = z
  .object({
    date_range: DateRange,
    filters: Filters.default([]),
    include: WithBots,
    page: z
      .string()
      .min(1)
      .max(LIMITS.termBytes)
      .refine(isText, 'text without NUL and lone surrogates')
      .describe('Its path, as `event:page` has it.'),
    device: z
      .string()
      .min(1)
      .max(100)
      .refine(isText)
      .exactOptional()
      .describe('A class of devices, as `visit:device` has it; all of them without.'),
    picture: z
      .int()
      .min(0)
      .max(10_000)
      .default(0)
      .describe('Of which visit the picture is: 0 is the latest one that has any.'),
  })
  .meta({ id: 'HeatmapInput', description: 'Which page, in which visits.' });

export const ReplaysInput = z
  .object({
    date_range: DateRange,
    filters: Filters.default([]),
    include: WithBots,
    order: z
      .enum(REPLAY_ORDERS)
      .default('newest')
      .describe(
        'What comes first. `friction`: rage clicks times three, errors and abandoned forms times two, dead clicks, quick backs ' +
          'and slow interactions, of each ten at most, so that an error in a loop doesn’t outweigh a person’s trouble.',
      ),
    with: z.array(z.enum(FRICTION)).max(FRICTION.length).default([]).describe('Friction that they have, all of it.'),
    unseen: z
      .union([z.boolean(), z.iso.datetime({ offset: true })])
      .default(false)
      .describe(
        'Only what the asker’s account has not watched in the dashboard: by now, or, so that a list stays while it is ' +
          'watched, by a date-time.',
      ),
    min_duration: z.number().min(0).max(86_400).default(0).describe('Seconds that they are long, at least.'),
    pagination: z
      .object({ limit: z.int().min(1).max(200).default(50), offset: z.int().min(0).max(1_000_000).default(0) })
      .prefault({}),
  })
  .meta({
    id: 'ReplaysInput',
    description: 'Which recordings; those of bots are left out unless `include.bots` says otherwise.',
  });

export const NoteInput = z
  .object({
    time: z
      .number()
      .min(0)
      .max(8.64e15)
      .describe('The moment: milliseconds since 1970, server clock, as the times of the chunks.'),
    text: text.trim().min(1).max(2_000),
  })
  .meta({ id: 'NoteInput', description: 'What is to be said of a moment of a recording.' });

export const ShareInput = z
  .object({
    name: text.trim().max(120).default('').describe('For whom it is, to know it again in the list and in the log.'),
    hours: z.int().min(1).max(2_160).default(168).describe('After so long it opens nothing any more.'),
  })
  .meta({ id: 'ShareInput', description: 'A link to one recording, to be made.' });

export const VisitorInput = z
  .object({
    visitor: z
      .string()
      .regex(/^[1-9]\d{0,15}$/, 'a visitor’s id')
      .optional()
      .describe('As visits show it. Either this or `user`.'),
    user: text.min(1).max(LIMITS.userChars).optional().describe('As the site called him: `footfall.identify(user)`.'),
  })
  .refine((given) => (given.visitor === undefined) !== (given.user === undefined), {
    error: 'give either visitor or user',
    path: ['visitor'],
  })
  .meta({ id: 'VisitorInput', description: 'A visitor. In a body: an address would stand in logs.' });

/** A number in an address's query. */
const digits = z
  .string()
  .regex(/^\d{1,9}$/, 'a whole number')
  .transform(Number);

/** A page of a list, in an address. */
export const PageAsked = z.object({
  limit: digits.pipe(z.int().min(1).max(200)).default(50).describe('Rows, at most.'),
  offset: digits.default(0).describe('Rows before the first.'),
});

export const ChunksAsked = z.object({
  count: digits
    .pipe(z.int().min(1).max(RUN_CHUNKS))
    .default(1)
    .describe('Chunks: this one and those numbered after it.'),
});

export const PageInput = z
  .object({
    url: z
      .url({ protocol: /^https?$/, error: 'an address of a page, such as https://example.com/' })
      .max(2_000)
      .refine((url) => !/^\w+:\/*[^/]*@/.test(url), 'an address without a password')
      .describe('Of a page on the site’s domain, on a host below it, or on one that hits came from.'),
  })
  .meta({ id: 'PageInput', description: 'The page to look at.' });

export const CollectorsInput = z
  .object({ count: z.number().int().min(1).max(64) })
  .meta({ id: 'CollectorsInput', description: 'Among how many collectors a site’s traffic is to be shared.' });
