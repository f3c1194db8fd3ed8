import { z } from 'zod';
import { EnvelopeSchema, HitSchema, Hits } from '../contract/hit.ts';
import {
  DateRange,
  Dimension,
  EVENT_DIMENSIONS,
  FILTER_LIMITS,
  Filters,
  type Metric,
  OPERATORS,
  PERIODS,
  Query,
  SegmentFilters,
  SIGNAL,
  TIME_DIMENSIONS,
  VISIT_DIMENSIONS,
} from '../contract/query.ts';
import { FRICTION } from '../contract/replay.ts';
import { type Envelope, type Hit, LIMITS } from '../contract/wire.ts';

/**
 * What zod can't tell of its schemas: names and words for those that are made at every start of the Worker and have none, so
 * that no visitor's hit waits for prose; and true JSON Schemas for those that are checked by hand.
 */

const ref = (id: string) => ({ $ref: `#/$defs/${id}` });
const oneOfThese = (values: readonly string[]) => ({ type: 'string', enum: values });
const tuple = (...items: object[]) => ({
  type: 'array',
  prefixItems: items,
  items: false,
  minItems: items.length,
  maxItems: items.length,
});

// ── The question ───────────────────────────────────────────────────────────────────────────────────────────────────

Query.register(z.globalRegistry, {
  id: 'Query',
  description: 'A question to the numbers, in the grammar of Plausible’s Stats API v2.',
});

const METRIC: Record<Metric, string> = {
  visitors: 'unique visitors',
  visits: 'visits that began in the range',
  pageviews: 'page views',
  events: 'page views and custom events; under a filter by goal, its conversions',
  views_per_visit: 'page views of the visits, divided by the visits; two decimals',
  bounce_rate: 'visits with one sign of life only, in percent of all; whole',
  visit_duration: 'seconds between first and last sign of life, averaged over visits; whole',
  time_on_page:
    'seconds that the pages were visible, focused and in use, per visit that has any; whole. Needs `event:page` or `event:page_title`',
  scroll_depth:
    'the deepest point seen of the pages in percent, averaged over visits; whole. Needs `event:page` or `event:page_title`',
  percentage: 'visitors in percent of all who fit the filters; two decimals. Needs `dimensions`',
  conversion_rate:
    'visitors in percent of all who fit the filters on anything but goals and properties; two decimals. Needs `event:goal`',
  group_conversion_rate: 'the same, of all those in the row’s own group. Needs `event:goal`',
  total_revenue: 'of the events that fit and carry money, by currency',
  average_revenue: 'the same, on average',
  lcp: 'largest contentful paint in milliseconds, 75th percentile',
  inp: 'interaction to next paint in milliseconds, 75th percentile',
  cls: 'cumulative layout shift, 75th percentile',
  fcp: 'first contentful paint in milliseconds, 75th percentile',
  ttfb: 'time to first byte in milliseconds, 75th percentile',
};

const QUERY: Partial<Record<keyof Query, string>> = {
  site_id: 'Id or domain.',
  metrics: `What is counted:\n\n${Object.entries(METRIC)
    .map(([name, says]) => `- \`${name}\`: ${says}.`)
    .join('\n')}`,
  dimensions: 'What it is divided by; at most one of time.',
  order_by: 'By default: a time dimension ascending, else the first metric descending.',
};

const INCLUDE: Record<keyof Query['include'], string> = {
  time_labels: 'Every bucket of the range in `meta.time_labels`.',
  total_rows: 'Rows before pagination in `meta.total_rows`.',
  comparisons:
    'The same question of another range, `comparison` in each row: as many days before, the same dates a year ago, or a ' +
    '`custom` one. `match_day_of_week` has it begin on the same day of the week.',
  trim_relative_date_range: 'End `day`, `month`, `year` … with the current hour or day, instead of its last.',
  bots: 'Count what was recognized as a bot too.',
};

DateRange.register(z.globalRegistry, {
  id: 'DateRange',
  description:
    'A range by name, of days of the site’s zone; or two dates, or two date-times with offset, both included, the first ' +
    'before the last. `hour` and `24h` end with the running minute and hour; `7d`, `28d`, `30d`, `91d` end with today; `6mo` and `12mo` with this month; `all` begins with the first visit.',
});

/** A property may be called anything. */
const property = { type: 'string', pattern: `^event:props:[\\s\\S]{1,${LIMITS.propKeyChars}}$` };

Dimension.register(z.globalRegistry, {
  id: 'Dimension',
  description:
    'What numbers are divided by. `event:props:KEY` is a property; `time` picks the bucket that suits the range.',
  anyOf: [oneOfThese([...TIME_DIMENSIONS, ...EVENT_DIMENSIONS, ...VISIT_DIMENSIONS]), property],
});

const { values, filters, depth, conditions, valuesInAll } = FILTER_LIMITS;

const Filter = {
  description:
    '`[operator, dimension, values]`, which holds when any of the values fits (of an operator with `not`: none); or ' +
    '`["and" | "or", filters]`; or `["not", filter]`; or `["has_done" | "has_not_done", filter]`: what the visitor did ' +
    'otherwise in the range, of events only; or `["is", "segment", [ids]]`. A fourth element `{ "case_sensitive": false }` ' +
    'takes no notice of case. What has no value goes by its label: `Direct / None` for a source and a referrer, `(none)` ' +
    'for a property, `(not set)` elsewhere. `visit:signal` asks for visits in which the recorder found any of these. Values of `matches` are regular expressions in RE2’s syntax, without what ' +
    'can’t be answered in linear time.',
  anyOf: [
    tuple(oneOfThese(['is']), { const: 'event:goal' }, ref('FilterValues')),
    tuple(oneOfThese(['is', 'is_not']), { const: SIGNAL }, ref('Signals')),
    tuple(oneOfThese(OPERATORS), ref('FilterDimension'), ref('FilterValues')),
    tuple(oneOfThese(OPERATORS), ref('FilterDimension'), ref('FilterValues'), ref('FilterModifiers')),
    tuple(oneOfThese(['and', 'or']), { ...ref('Filters'), minItems: 1 }),
    tuple({ const: 'not' }, ref('Filter')),
    tuple(oneOfThese(['has_done', 'has_not_done']), ref('Deed')),
    tuple({ const: 'is' }, { const: 'segment' }, ref('SegmentIds')),
  ],
  examples: [
    ['is', 'visit:country', ['EE', 'FI']],
    [
      'or',
      [
        ['contains', 'event:page', ['/shop']],
        ['not', ['is', 'visit:device', ['Mobile']]],
      ],
    ],
  ],
};

Filters.register(z.globalRegistry, {
  id: 'Filters',
  description: `All must hold. At most ${depth} levels deep, with ${conditions} conditions and ${valuesInAll} values in all.`,
  type: 'array',
  items: ref('Filter'),
  maxItems: filters,
});

SegmentFilters.register(z.globalRegistry, {
  id: 'SegmentFilters',
  description: 'Any filters but segments; all must hold.',
  ...ref('Filters'),
});

/** What `Filters` refers to. */
export const PARTS_OF_FILTERS = {
  Filter,
  FilterDimension: {
    description:
      'A dimension that a condition may be about, but for `event:goal`, which has no other operator than `is`, and `visit:signal`.',
    anyOf: [oneOfThese([...EVENT_DIMENSIONS, ...VISIT_DIMENSIONS].filter((name) => name !== 'event:goal')), property],
  },
  Signals: {
    description: 'Friction that the recorder finds.',
    type: 'array',
    items: oneOfThese(FRICTION),
    minItems: 1,
    maxItems: FRICTION.length,
  },
  Deed: {
    description: 'What a visitor has done: a filter on events alone.',
    anyOf: [
      tuple(oneOfThese(['is']), { const: 'event:goal' }, ref('FilterValues')),
      tuple(oneOfThese(OPERATORS), ref('EventDimension'), ref('FilterValues')),
      tuple(oneOfThese(OPERATORS), ref('EventDimension'), ref('FilterValues'), ref('FilterModifiers')),
      tuple(oneOfThese(['and', 'or']), { type: 'array', items: ref('Deed'), minItems: 1, maxItems: filters }),
      tuple({ const: 'not' }, ref('Deed')),
    ],
  },
  EventDimension: {
    description: 'A dimension of events, but for `event:goal`.',
    anyOf: [oneOfThese(EVENT_DIMENSIONS.filter((name) => name !== 'event:goal')), property],
  },
  FilterModifiers: {
    description: 'Case matters unless this says otherwise.',
    type: 'object',
    properties: { case_sensitive: { type: 'boolean' } },
    required: ['case_sensitive'],
    additionalProperties: false,
  },
  SegmentIds: {
    description: 'Any of these segments.',
    type: 'array',
    items: { type: 'integer', minimum: 1, maximum: 2_147_483_647 },
    minItems: 1,
    maxItems: FILTER_LIMITS.segments,
  },
  FilterValues: {
    type: 'array',
    items: { type: ['string', 'number'], maxLength: LIMITS.propValueChars },
    minItems: 1,
    maxItems: values,
  },
};

// ── The question in an address, which `parseQuery` reads ───────────────────────────────────────────────────────────

const many = z.array(z.string()).exactOptional();
const QUESTION = {
  period: z.enum(PERIODS).exactOptional().describe('A range by name; 30d where nothing is said.'),
  from: z.string().exactOptional().describe('With `to`, in the place of `period`: dates, or date-times with offset.'),
  to: z.string().exactOptional(),
  metrics: z.string().exactOptional().describe('Joined by commas; the overview’s where nothing is said.'),
  dimensions: many.describe('`source`, `page`, `props:plan`, `time:day` …'),
  filters: many.describe('`is:country:EE,FI`, `or(is:os:iOS;not(is:device:Desktop))`, `has_done(is:goal:Signup)` …'),
  order_by: many.describe('`visitors:desc`'),
  compare: z.enum(['previous_period', 'year_over_year', 'none']).exactOptional(),
  compare_from: z.string().exactOptional().describe('With `compare_to`: any other range to compare with.'),
  compare_to: z.string().exactOptional(),
  match_day_of_week: z.enum(['true']).exactOptional(),
  time_labels: z.enum(['true', 'false']).exactOptional(),
  total_rows: z.enum(['true', 'false']).exactOptional(),
  trim_relative_date_range: z.enum(['true', 'false']).exactOptional(),
  bots: z.enum(['true', 'false']).exactOptional(),
  limit: z.coerce.number().int().min(1).exactOptional(),
  offset: z.coerce.number().int().min(0).exactOptional(),
};

const ENGINE = {
  engine: z
    .enum(['any', 'rows'])
    .exactOptional()
    .describe('`rows` leaves sealed days aside: the same numbers, the slow way. For doubt.'),
};
export const EngineAddress = z.object(ENGINE);
export const QueryAddress = z.object({ site_id: z.string().describe('Id or domain.'), ...QUESTION, ...ENGINE });
export const SessionsAddress = z.object({
  ...QUESTION,
  row: many.describe('The row’s own value, one for each of `dimensions`.'),
  limit: z.coerce.number().int().min(1).exactOptional().describe('Visits of one answer: 50, and 200 at most.'),
});

// ── What pages send ────────────────────────────────────────────────────────────────────────────────────────────────

HitSchema.register(z.globalRegistry, {
  id: 'Hit',
  description: 'A page view, a custom event or a report of engagement. Unknown fields are ignored.',
});

EnvelopeSchema.register(z.globalRegistry, {
  id: 'Envelope',
  description: 'What a chunk of a recording says of itself.',
});

const HIT: Record<keyof Hit, string> = {
  name: '`pageview`, `engagement`, or the name of a custom event.',
  url: `The page’s address, whole, http or https; clipped at ${LIMITS.urlChars} characters.`,
  visitor: 'Visitor id, 1 to 2^53 − 1. Left out: derived from the address and the browser, for a day.',
  session: 'Visit id, 1 to 2^53 − 1, new after 30 minutes of inactivity. Left out: the visitor’s visit is found.',
  seq: 'Number of this hit, unique within its visit, the same when it is sent again. Left out: never taken for a repeat.',
  title: `The page’s title, clipped at ${LIMITS.titleChars} characters. Left out: it goes by the first that its page had.`,
  referrer: 'Where the visitor came from; only page views need it.',
  props: `Properties: text, number or boolean. Longer text is clipped at ${LIMITS.propValueChars} characters.`,
  revenue: 'Money: `amount` as decimal text (`"9.90"`), `currency` as ISO 4217.',
  width: 'Screen width in CSS pixels.',
  language: 'BCP 47 tag of the browser’s first language.',
  age: 'Milliseconds between the event and its sending. Older than a day is ignored (`too_old`).',
  of: 'Engagement only: `seq` of the page view that it speaks of.',
  engaged: 'Engagement only: milliseconds that the page was visible and focused, in total so far.',
  scroll: 'Engagement only: deepest point of the page seen, in percent.',
  user: 'Who the site says this is, from now on, on whatever device. Kept as a keyed hash, unless the site says otherwise.',
  interactive: 'False when no person did this: it does not keep a visit from being a bounce.',
  webdriver: 'True when `navigator.webdriver` says that a program drives the browser.',
  ignore: 'True from a browser that asked not to be counted: answered `excluded_self`, not stored.',
};

const ENVELOPE: Record<keyof Envelope, string> = {
  visitor: 'As in a hit.',
  session: 'As in a hit.',
  stream: 'Random number of the page load that recorded it: rrweb’s node ids are valid within one.',
  n: '0, 1, 2 … within the stream.',
  from: 'First rrweb timestamp in the chunk, client clock, milliseconds.',
  to: 'Last rrweb timestamp.',
  sent: 'Client clock when this was sent: the server knows the client’s skew by it.',
  events: 'rrweb events in the chunk.',
  keyframe: 'The chunk holds a full snapshot.',
  url: 'The page’s address when the chunk was begun.',
  signals: 'Friction found in the browser; counts within the chunk.',
  view: 'Width and height of the window then, in CSS pixels.',
  touches:
    'Where was clicked: 0 for a click, 1 for a dead one, 2 for rage; the way to the element; thousandths of its width and height.',
};

/** Descriptions of fields. */
const FIELDS = new Map<unknown, Record<string, string>>([
  [Query, QUERY],
  [Query.shape.include.unwrap(), INCLUDE],
  [HitSchema, HIT],
  [EnvelopeSchema, ENVELOPE],
]);

// ── All of them ────────────────────────────────────────────────────────────────────────────────────────────────────

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;
type Found = Parameters<Override>[0];

/** Formats of JSON Schema; each has a pattern in zod, too, that nobody can read. */
const FORMATS = ['date', 'date-time', 'email', 'uuid'];

/** Mends one JSON Schema that zod has made. @param io whether it is of what is taken or of what is given */
export function mend({ zodSchema, jsonSchema: schema }: Found, io: 'input' | 'output'): void {
  for (const [name, description] of Object.entries(FIELDS.get(zodSchema) ?? {})) {
    const field = schema.properties?.[name];
    if (typeof field === 'object') field.description = description;
  }
  if (zodSchema === HitSchema) {
    Object.assign(schema.properties?.props ?? {}, { maxProperties: LIMITS.props });
    Object.assign(schema.properties?.user ?? {}, { minLength: 1, maxLength: LIMITS.userChars });
  }
  // One hit stands for an array of it.
  if (zodSchema === Hits) {
    for (const key of Object.keys(schema)) delete schema[key];
    schema.anyOf = [ref('Hit'), { type: 'array', items: ref('Hit'), minItems: 1, maxItems: LIMITS.batchEvents }];
  }
  if (schema.format) delete schema[FORMATS.includes(schema.format) ? 'pattern' : 'format'];
  if (io === 'input') return;
  // What every integer is in JavaScript.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  // Answers may grow: who reads them passes over what they don't know. And nothing is left out of them for a default.
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  delete schema.default;
}
