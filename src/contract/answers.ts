import { z } from 'zod';
import { archived, condition, extras, masking, recording, SETTINGS, track } from './api.ts';
import { RULE_NAMES } from './bots.ts';
import { type Answer as Answered, Filters, METRICS, Query } from './query.ts';
import { WATCHED_HOW } from './replay.ts';
import { perSignal, type HitAnswer as Told } from './wire.ts';

/**
 * What the API answers with, as schemas: types are inferred from them, and `src/openapi/` describes them to the world. The
 * Worker and the dashboard take the types alone (`api.ts` hands them on); that answers are so is for the tests to check.
 */

const count = z.int().min(0);
const word = z.string().nullable();
const time = z.iso.datetime();
const clock = z
  .number()
  .describe('Milliseconds since 1970, server clock. What a visit did in one of them is told apart by fractions.');
/** Both ends included. */
const range = z.tuple([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true })]);

const Warning = z
  .object({
    code: z
      .enum([
        ...(['partial', 'daily_visitors', 'overlapping_rows', 'several_currencies', 'no_vitals'] as const),
        ...(['not_kept', 'counted_again'] as const),
      ])
      .describe(
        '`partial`: the range isn’t over; `daily_visitors`: without ids in the browser a person counts once a day; ' +
          '`overlapping_rows`: an event may reach several goals; `several_currencies`: rows are ordered by one of them; ' +
          '`no_vitals`: nobody’s browser has told of web vitals; `not_kept`: it takes single visits, and nothing from before ' +
          'they are kept is in it; `counted_again`: who stayed away for longer than they are kept may count once more.',
      ),
    message: z.string(),
    metric: z.enum(METRICS).exactOptional(),
    since: z.iso.date().exactOptional().describe('From which single visits are kept, where it is about others.'),
  })
  .meta({ id: 'Warning', description: 'What a reader of the numbers should know.' });

export const warnings = z.array(Warning).exactOptional().describe('Absent where there is nothing to say.');

// ── Accounts ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const Setup = z
  .object({ needed: z.boolean().describe('True until the owner exists.') })
  .meta({ id: 'Setup', description: 'Whether the deployment has its owner.' });
export type Setup = z.infer<typeof Setup>;

export const Me = z
  .object({ id: z.string(), name: z.string(), email: z.string() })
  .meta({ id: 'Me', description: 'Who asks: the owner who is signed in, or whose key it is.' });
export type Me = z.infer<typeof Me>;

export const ApiKey = z
  .object({
    id: count,
    name: z.string(),
    prefix: z.string().describe('First characters, to tell keys apart.'),
    scope: z.enum(['read', 'write']),
    created: time,
    last_used: time.nullable(),
    revoked: time.nullable(),
    key: z.string().exactOptional().describe('The key itself; only in the answer that creates it.'),
  })
  .meta({ id: 'ApiKey', description: 'A key of the API. Only its hash is kept.' });
export type ApiKey = z.infer<typeof ApiKey>;

// ── Sites ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const SiteJson = z
  .object({
    id: count,
    domain: z.string(),
    ...SETTINGS,
    masking: masking.required().describe('What of a page is masked in recordings, in the visitor’s browser.'),
    recording: recording.required().describe('Which visits are recorded, of those that `record` chooses.'),
    extras: extras.required().describe('What recordings hold besides the page.'),
    track: track.required().describe('What the snippet tells of by itself.'),
    archived,
    umami_id: z
      .guid()
      .nullable()
      .describe('The website id by which Umami’s tracker speaks of this site; Plausible’s speaks of `domain`.'),
    exclude: z
      .object({
        paths: z.array(z.string()).describe('`*` stands for anything but a slash, `**` for anything.'),
        hostnames: z.array(z.string()).describe('Without `www.`; `*.example.com` stands for any below it.'),
        countries: z.array(z.string()),
        addresses: count.describe('How many addresses; they are known by their keyed hash only.'),
      })
      .describe('Whose hits are left out.'),
    created: time,
    kept: time
      .nullable()
      .describe('From when on single visits and events are kept: before it there are numbers alone. Null: all are.'),
    key: z.string().describe('The signed public key that stands in the snippet’s address.'),
  })
  .meta({ id: 'Site', description: 'A site and its settings.' });
export type SiteJson = z.infer<typeof SiteJson>;

export const ExclusionJson = z
  .object({
    excluded: z.boolean().describe('Whether the address of whoever asks is left out.'),
    addresses: count.describe('Addresses left out, this one and others.'),
  })
  .meta({ id: 'Exclusion', description: 'Whether the asker’s own hits are left out.' });
export type ExclusionJson = z.infer<typeof ExclusionJson>;

// ── Bots ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const BotRuleJson = z
  .object({
    rule: z.enum(RULE_NAMES),
    says: z.string().describe('In words.'),
    confidence: z.int().min(0).max(100).describe('How sure the site is of it, in percent; 0: it doesn’t count.'),
    default_confidence: z.int().min(0).max(100),
    visits: count.describe('Visits that fired it.'),
    bot_visits: count.describe('Those of them that are taken for bots’.'),
    bot_requests: count,
  })
  .meta({ id: 'BotRule', description: 'A rule by which programs are told from people, and what it found.' });

export const RejudgingJson = z
  .object({
    started: time,
    finished: time.nullable(),
    judged: count,
    changed: count.describe('Visits whose verdict changed.'),
    progress: z.int().min(0).max(100).describe('Percent, whole.'),
  })
  .meta({ id: 'Rejudging', description: 'How far a site’s visits are judged by its settings of now.' });
export type RejudgingJson = z.infer<typeof RejudgingJson>;

export const BotsJson = z
  .object({
    date_range: range.describe('Both ends included, in the site’s zone.'),
    visits: count,
    bot_visits: count,
    requests: count.describe('Page views and custom events.'),
    bot_requests: count.describe('Those of bots’ visits.'),
    bot_visits_share: z.number().nullable().describe('Percent, one decimal; null when there was nothing.'),
    bot_requests_share: z.number().nullable(),
    rules: z.array(BotRuleJson).describe('Most bots first. A visit may fire several; some that fire it are people’s.'),
    rejudging: RejudgingJson.nullable().describe('The last run of judging anew; null when there was none.'),
    warnings,
  })
  .meta({ id: 'Bots', description: 'How much of a site’s traffic was programs, and why it is taken for that.' });
export type BotsJson = z.infer<typeof BotsJson>;

// ── Goals ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const GoalJson = z
  .object({
    id: count,
    name: z.string(),
    event: word.describe('The custom event that reaches it; null when a page does.'),
    path: word.describe('The page that reaches it: `*` stands for anything but a slash, `**` for anything.'),
    props: z.array(condition).describe('Conditions on the event’s properties; all must hold.'),
    created: time,
  })
  .meta({ id: 'Goal', description: 'What a site’s visitors are to do. Defined today, it counts all of history.' });
export type GoalJson = z.infer<typeof GoalJson>;

export const GoalResult = z
  .object({
    goal: GoalJson,
    visitors: count.describe('Visitors who converted, of all visitors in range (`visitors` beside `results`).'),
    events: count.describe('Conversions, repeats included.'),
    conversion_rate: z.number().nullable().describe('Percent of visitors, two decimals; null when there was none.'),
    revenue: z
      .array(z.object({ currency: z.string(), total: z.string(), average: z.string() }))
      .describe('Per currency, decimal text; empty when no conversion carried money.'),
    comparison: z
      .object({ visitors: count, events: count })
      .exactOptional()
      .describe('The same of the other range, where `include.comparisons` names one.'),
  })
  .meta({ id: 'GoalResult', description: 'How often a goal was reached.' });
export type GoalResult = z.infer<typeof GoalResult>;

// ── Numbers ────────────────────────────────────────────────────────────────────────────────────────────────────────

const Money = z
  .object({ currency: z.string().describe('ISO 4217.'), value: z.string().describe('Decimal text.') })
  .meta({ id: 'Money', description: 'A sum in one currency.' });
const metrics = z
  .array(z.union([z.number().nullable(), z.array(Money)]))
  .describe('In the order of the query’s metrics; of revenue a list with each currency once.');
const labels = z.array(z.string());

const Comparison = z
  .object({
    dimensions: labels.describe(
      'The row’s own, but for a time dimension: the other bucket’s label. Empty where there is none.',
    ),
    metrics,
    change: z
      .array(z.number().nullable())
      .describe(
        'Percent, whole; of the bounce rate the difference in points. Null where it can’t be said, as of several currencies.',
      ),
  })
  .meta({ id: 'Comparison', description: 'A row as it was in the other range.' });

/** Its type stands in `query.ts`, beside the question's. */
export const Answer = z
  .object({
    results: z.array(
      z.object({
        dimensions: labels.describe(
          'In the order of the query’s dimensions. Time: `2026-11-21`, or of an hour `2026-11-21T14:00:00+02:00`.',
        ),
        metrics,
        comparison: Comparison.exactOptional().describe(
          'The same row of the other range; in a time series the row at the same place. Nulls where that range had ended.',
        ),
      }),
    ),
    meta: z.object({
      time_labels: labels.exactOptional(),
      total_rows: count.exactOptional(),
      comparison_date_range: range.exactOptional(),
      comparison_time_labels: labels.exactOptional(),
      partial_time_labels: labels
        .exactOptional()
        .describe(
          'Of the buckets asked for, those that are cut off or not over yet. Told wherever time is a dimension.',
        ),
      warnings,
      engine: z
        .object({
          answered_by: z.enum(['rows', 'seals', 'seals and rows']),
          because: z.string().exactOptional().describe('Why from rows.'),
        })
        .describe(
          'Which way it was answered: the numbers are the same. Of the range itself, not of the one it is compared with.',
        ),
    }),
    query: z
      .object({ ...Query.shape, date_range: range })
      .describe('The question as understood: names resolved, defaults in place, `time` made precise.'),
  })
  .meta({
    id: 'Answer',
    description: 'Rows in order. A time series (time its only dimension) has one for every bucket.',
  }) satisfies z.ZodType<Answered, unknown>;

export const PropertyJson = z
  .object({ key: z.string(), events: count.describe('Events in range that have it.') })
  .meta({ id: 'Property', description: 'A property of events: `event:props:KEY` in a query.' });
export type PropertyJson = z.infer<typeof PropertyJson>;

// ── Segments ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const SegmentJson = z
  .object({
    id: count,
    name: z.string(),
    filters: Filters,
    shared: z.boolean().describe('False for one that only whoever asks has.'),
    created: time,
  })
  .meta({ id: 'Segment', description: 'Filters under a name; a shared one is `["is", "segment", [id]]` in a query.' });
export type SegmentJson = z.infer<typeof SegmentJson>;

// ── Annotations ────────────────────────────────────────────────────────────────────────────────────────────────────

export const AnnotationJson = z
  .object({
    id: count,
    date: z.iso.date().describe('A day of the site’s.'),
    time: z.string().nullable().describe('Of the site’s clock, `14:00`; null: the whole day.'),
    text: z.string(),
    created: time,
  })
  .meta({ id: 'Annotation', description: 'What happened, and when: a flag on the chart.' });
export type AnnotationJson = z.infer<typeof AnnotationJson>;

// ── Visits and recordings ──────────────────────────────────────────────────────────────────────────────────────────

export const VisitJson = z
  .object({
    id: count,
    visitor: z.string().describe('Visitor id as text, to tell one from another.'),
    start: time,
    last: time,
    duration: z.number().describe('Seconds.'),
    views: count,
    events: count,
    bounce: z.boolean(),
    entry_page: word,
    exit_page: word,
    source: word,
    channel: word,
    country: word,
    region: word,
    city: word,
    browser: word,
    os: word,
    device: word,
    language: word,
    bot: z.boolean(),
  })
  .meta({ id: 'Visit', description: 'A visit, as its first page view found it but for the exit page.' });
export type VisitJson = z.infer<typeof VisitJson>;

export const SessionJson = VisitJson.extend({
  recording: z
    .object({
      duration: z.number().describe('Seconds recorded.'),
      share: z.int().min(0).max(100).describe('Of the visit, in percent.'),
      ...perSignal(count),
    })
    .nullable()
    .describe('Null when it wasn’t recorded.'),
}).meta({ id: 'Session', description: 'A visit, and how much of it is recorded.' });
export type SessionJson = z.infer<typeof SessionJson>;

const story = z
  .array(
    z.object({
      time: clock,
      name: z.string(),
      page: z.string(),
      props: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
      goals: z
        .array(z.string())
        .exactOptional()
        .describe('Names of the goals that it reached; recordings don’t tell them.'),
    }),
  )
  .describe('The visit’s page views and events in order, at most 5,000.');

export const VisitDetail = z
  .object({
    visit: SessionJson,
    events: story,
    others: z
      .object({ results: z.array(SessionJson), total: count })
      .describe(
        'The visitor’s other visits, at most 50, newest first, and how many there are. Without ids in the browser a visitor is ' +
          'known for a day.',
      ),
  })
  .meta({ id: 'VisitDetail', description: 'A visit, its story, and what else its visitor did.' });
export type VisitDetail = z.infer<typeof VisitDetail>;

export const VisitorForgotten = z
  .object({ visits: count, recordings: count })
  .meta({ id: 'VisitorForgotten', description: 'What was deleted.' });
export type VisitorForgotten = z.infer<typeof VisitorForgotten>;

export const ReplayJson = z
  .object({
    session: count.describe('The visit’s id.'),
    start: time,
    last: time,
    duration: z.number().describe('Seconds recorded.'),
    bytes: count,
    ...perSignal(count),
    visit: VisitJson.nullable().describe(
      'Null while its page view has not arrived, and once single visits of its day are forgotten.',
    ),
  })
  .meta({ id: 'Replay', description: 'The recording of a visit.' });
export type ReplayJson = z.infer<typeof ReplayJson>;

export const ListedReplay = ReplayJson.extend({
  strip: z
    .array(count)
    .describe(
      'What happened when, of 48 parts that are equally long: the sum of 1 for clicks, 2 for a page, 4 for dead clicks, 8 for ' +
        'errors, 16 for rage clicks, 32 for quick backs, 64 for abandoned forms, 128 for slow interactions. A chunk’s are told ' +
        'where it begins.',
    ),
  seen: z.boolean().describe('Whether the asker’s account has watched it in the dashboard.'),
  watched_by: z.array(z.string()).describe('Names of the accounts that have watched it there, the last one first.'),
}).meta({ id: 'ListedReplay', description: 'The recording of a visit, as a list has it.' });
export type ListedReplay = z.infer<typeof ListedReplay>;

export const WatchedJson = z
  .object({
    at: time,
    session: count.describe('The recording: `/replays/{session}`.'),
    recorded: z.boolean().describe('Whether it is still there.'),
    visit: VisitJson.nullable().describe('The visit that it is of. Null when that is not there, or not any more.'),
    how: z
      .enum(WATCHED_HOW)
      .describe(
        'In the dashboard, by a program with an API key, by a link that was given away; or one moment of it, below a heat map.',
      ),
    who: word.describe('Name of the account, or of the link.'),
    email: word,
  })
  .meta({ id: 'Watched', description: 'A recording was watched.' });
export type WatchedJson = z.infer<typeof WatchedJson>;

export const ReplayChunkJson = z
  .object({
    stream: count.describe('The page load that recorded it: rrweb’s node ids are valid within one.'),
    n: count.describe('0, 1, 2 … within the stream.'),
    from: clock,
    to: clock,
    skew: z.int().describe('Add to rrweb’s timestamps to get the server clock.'),
    events: count,
    bytes: count,
    keyframe: z.boolean().describe('It holds a full snapshot.'),
    url: z.string(),
    signals: z.object(perSignal(count.exactOptional())).nullable().describe('Friction found in the browser.'),
  })
  .meta({ id: 'ReplayChunk', description: 'A piece of a recording: its bytes are at `…/chunks/{stream}/{n}`.' });
export type ReplayChunkJson = z.infer<typeof ReplayChunkJson>;

export const HeatmapJson = z
  .object({
    visits: count.describe('Recorded visits that saw the page, of the class of devices that was asked for.'),
    devices: z
      .array(z.object({ device: z.string(), visits: count }))
      .describe('The same by class of devices, the largest first; those that were not asked for, too.'),
    totals: z.object({ clicks: count, dead_clicks: count, rage_clicks: count }),
    window: z
      .object({ width: count, height: count })
      .nullable()
      .describe('What the browser showed of the page at once, in CSS pixels, on average.'),
    elements: z
      .array(
        z.object({
          element: z.string().describe('The way to it, as `touches` of an envelope have it.'),
          clicks: count,
          dead_clicks: count,
          rage_clicks: count,
          visits: count.describe('In so many visits.'),
          spots: z
            .array(z.tuple([count, count, count, count]))
            .describe(
              'Where in it: 0 for clicks, 1 for dead ones, 2 for rage; thousandths of its width and height; how often. ' +
                'At most 300 of each, the most clicked.',
            ),
        }),
      )
      .describe('At most 300, the most clicked first.'),
    scroll: z
      .object({
        visits: count.describe('Visits, recorded or not, that told how far down they saw the page.'),
        reached: z.array(count).describe('How many of them saw what is 0, 5, 10 … 100 percent down the page.'),
      })
      .describe('How far down it was seen.'),
    picture: z
      .object({ session: count.describe('The recording that it is of.'), chunks: z.array(ReplayChunkJson) })
      .nullable()
      .describe(
        'From where a recording shows the page: a full snapshot and what follows up to there. Null where none does.',
      ),
  })
  .meta({ id: 'Heatmap', description: 'Where a page was clicked, and how far down it was seen.' });
export type HeatmapJson = z.infer<typeof HeatmapJson>;

export const NoteJson = z
  .object({
    id: count,
    time: clock,
    text: z.string(),
    who: word.describe('Name of the account that wrote it.'),
    created: time,
  })
  .meta({ id: 'Note', description: 'What somebody has to say of a moment of a recording.' });
export type NoteJson = z.infer<typeof NoteJson>;

export const ReplayDetail = ReplayJson.extend({
  chunks: z.array(ReplayChunkJson),
  picture_hosts: SETTINGS.picture_hosts,
  notes: z.array(NoteJson).describe('In the order of their moments.'),
  events: story,
}).meta({ id: 'ReplayDetail', description: 'What the player needs before the first chunk.' });
export type ReplayDetail = z.infer<typeof ReplayDetail>;

export const ShareJson = z
  .object({
    id: count,
    name: z.string(),
    created: time,
    expires: time,
    revoked: time.nullable(),
    token: z
      .string()
      .exactOptional()
      .describe('What opens the recording, at `/shared#` and the token; only in the answer that creates it.'),
  })
  .meta({ id: 'Share', description: 'A link that opens one recording. Only its hash is kept.' });
export type ShareJson = z.infer<typeof ShareJson>;

export const SharedReplay = ReplayDetail.omit({ notes: true })
  .extend({
    domain: z.string(),
    timezone: z.string(),
    expires: time.describe('After that the link opens nothing any more.'),
    visit: VisitJson.omit({ visitor: true }).nullable().describe('Without whose visit it was.'),
  })
  .meta({ id: 'SharedReplay', description: 'The recording that a link opens, and nothing else of its site.' });
export type SharedReplay = z.infer<typeof SharedReplay>;

// ── Live ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const LiveVisitor = z
  .object({
    visit: count.describe('The visit’s id: its recording is at `/sites/{site}/replays/{visit}` when `recorded`.'),
    start: clock,
    last: clock,
    views: count.describe('Page views so far.'),
    page: word.describe('Where the visitor is now.'),
    source: word,
    country: word,
    browser: word,
    device: word,
    recorded: z.boolean(),
  })
  .meta({ id: 'LiveVisitor', description: 'A visitor who is here: seen in the last five minutes.' });
export type LiveVisitor = z.infer<typeof LiveVisitor>;

export const LiveEvent = z
  .object({ time: clock, visit: count, name: z.string(), page: z.string() })
  .meta({ id: 'LiveEvent', description: 'A page view (`pageview`) or event as it comes.' });
export type LiveEvent = z.infer<typeof LiveEvent>;

export const LiveMessage = z
  .object({
    here: count.describe('Visitors seen in the last five minutes.'),
    accepted: count.describe('Events accepted since the collectors began; a change means that there is something new.'),
    visitors: z.array(LiveVisitor).describe('Who is here, the latest first, at most 50.'),
    events: z
      .array(LiveEvent)
      .describe('What came since the message before (in the first one: lately), oldest first, at most 50.'),
  })
  .meta({
    id: 'LiveMessage',
    description: 'A message of the live feed: one at once, then one whenever something arrived.',
  });
export type LiveMessage = z.infer<typeof LiveMessage>;

export const WatchMessage = z.object({ now: clock.describe('The server’s clock.') }).meta({
  id: 'WatchMessage',
  description: 'What somebody who watches a visit is told at once, and whenever they send anything.',
});
export type WatchMessage = z.infer<typeof WatchMessage>;

// ── Status ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const StatusJson = z
  .object({
    counts: z
      .array(
        z.object({
          fate: z.enum(['accepted', 'ignored', 'refused']),
          reason: z.string(),
          hour: count,
          day: count,
          last: time.describe('When the last of them came.'),
        }),
      )
      .describe('By end and reason: accepted, ignored on purpose, refused; in the running hour and in the last 24.'),
    buffered: z
      .object({ events: count, bytes: count, replay_bytes: count, oldest: time.nullable() })
      .describe('What waits to be written to Postgres, over all collectors.'),
    last_flush: time.nullable(),
    next_flush: time
      .nullable()
      .describe('When Postgres is written to next, unless somebody looks before; null when nothing waits.'),
    last_error: z.object({ at: time, message: z.string() }).nullable(),
    quarantined: count.describe('Events that Postgres refused.'),
    collectors: count,
  })
  .meta({ id: 'Status', description: 'What becomes of a site’s hits, and how its collectors are.' });
export type StatusJson = z.infer<typeof StatusJson>;

export const PageCheck = z
  .object({
    snippet: z
      .enum(['found', 'other_key', 'missing', 'unread'])
      .describe('With this site’s key; with another one; not in what the server sent; the page could not be read.'),
    unread: z
      .enum(['timeout', 'unreachable', 'status', 'redirects', 'elsewhere', 'not_html'])
      .nullable()
      .describe('Why it could not: `elsewhere`: it leads on to a host that isn’t the site’s.'),
    status: z.int().nullable().describe('Of the page’s answer; null when none came.'),
    refused_by: z
      .enum(['script-src-elem', 'script-src', 'img-src', 'connect-src', 'default-src'])
      .nullable()
      .describe('The directive of the page’s Content-Security-Policy that would keep the snippet, or its hits, away.'),
  })
  .meta({ id: 'PageCheck', description: 'Whether a page has the snippet.' });
export type PageCheck = z.infer<typeof PageCheck>;

export const QuarantineJson = z
  .object({
    id: count,
    at: time,
    reason: z.string().describe('SQLSTATE and what Postgres said.'),
    event: z.record(z.string(), z.unknown()).describe('What it was.'),
  })
  .meta({ id: 'Quarantined', description: 'An event that Postgres refused for good.' });
export type QuarantineJson = z.infer<typeof QuarantineJson>;

// ── Hits ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Its type stands in `wire.ts`, with the reasons. */
export const HitAnswer = z
  .object({
    accepted: count.describe('Hits stored now.'),
    ignored: z
      .array(z.object({ index: count, reason: z.string() }))
      .describe(
        'Hits that were understood and left out on purpose: `duplicate`, `bot` (stored, but apart from all numbers), `gpc`, ' +
          '`dnt`, `archived`, `excluded_self`, `excluded_address`, `excluded_country`, `excluded_hostname`, `excluded_path`, `too_old`, ' +
          '`no_page_view`.',
      ),
  })
  .meta({ id: 'HitAnswer', description: 'What became of hits.' }) satisfies z.ZodType<Told, unknown>;

// ── Every refusal ──────────────────────────────────────────────────────────────────────────────────────────────────

/** `application/problem+json`; its codes are those of `problem.ts`. */
export const ProblemJson = z.object({
  type: z.string().describe('`about:blank#` and the code.'),
  title: z.string().describe('The code in words.'),
  status: z.int(),
  code: z.string().describe('Stable: clients may switch on it. It stands in `X-Footfall-Reason` too.'),
  detail: z.string().describe('One sentence for a person: what is wrong and what would be right.'),
  issues: z
    .array(z.object({ path: z.string().describe('As `filters[0][2]`.'), message: z.string() }))
    .exactOptional()
    .describe('Each thing that is wrong with what was sent.'),
});
export type ProblemJson = z.infer<typeof ProblemJson>;

/** What `asTheyCome` writes. */
export const Answers = z
  .array(
    z.object({
      n: count.describe('Which question, the first is 0.'),
      answer: Answer.exactOptional(),
      problem: ProblemJson.exactOptional().describe('Why there is none.'),
      retry_after: count.exactOptional().describe('Seconds after which that may have passed.'),
    }),
  )
  .meta({ id: 'Answers', description: 'An answer to each question, in the order in which they came to be there.' });
export type Answers = z.infer<typeof Answers>;
