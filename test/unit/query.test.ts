import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery, printQuery } from '../../src/contract/address.ts';
import {
  EVENT_DIMENSIONS,
  type Filter,
  METRICS,
  OPERATORS,
  PERIODS,
  Query,
  type QueryInput,
  TIME_DIMENSIONS,
  VISIT_DIMENSIONS,
  type View,
} from '../../src/contract/query.ts';
import { FRICTION } from '../../src/contract/replay.ts';

const complaints = (more: Record<string, unknown>) => {
  const { error } = Query.safeParse({ site_id: 1, metrics: ['visitors'], date_range: '7d', ...more });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('a query', () => {
  test('has its defaults', () => {
    const input: QueryInput = { site_id: 'shop.example', metrics: ['visitors'], date_range: '7d' };
    expect(Query.parse(input)).toEqual({
      site_id: 'shop.example',
      metrics: ['visitors'],
      date_range: '7d',
      dimensions: [],
      filters: [],
      order_by: [],
      include: { time_labels: false, total_rows: false, trim_relative_date_range: false, bots: false },
      pagination: { limit: 10_000, offset: 0 },
    });
  });

  test('loses fields it does not know', () => {
    expect(complaints({ colour: 'red', include: { imports: true } })).toEqual([]);
  });

  // Each says where it is wrong, and what would be right.
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no site', { site_id: undefined }, /^site_id: the id or the domain/],
    ['no metric', { metrics: [] }, /^metrics: at least one metric/],
    ['an unknown metric', { metrics: ['visitors', 'tears'] }, /^metrics.1: a metric: visitors, visits/],
    ['a metric twice', { metrics: ['visits', 'visits'] }, /^metrics: each metric once/],
    ['an unknown range', { date_range: '9d' }, /^date_range: hour, 24h, day, yesterday, 7d, 28d/],
    ['a range backwards', { date_range: ['2026-02-02', '2026-02-01'] }, /^date_range: .*first before the last/],
    ['a date that is none', { date_range: ['2026-02-29', '2026-03-01'] }, /^date_range: /],
    ['a date-time without offset', { date_range: ['2026-01-01T00:00:00', '2026-01-02T00:00:00'] }, /^date_range: /],
    ['a date beside a date-time', { date_range: ['2026-01-01', '2026-01-02T00:00:00Z'] }, /^date_range: /],
    ['a year out of reach', { date_range: ['2026-01-01', '9999-01-02'] }, /^date_range: /],
    ['an unknown dimension', { dimensions: ['visit:mood'] }, /^dimensions.0: a dimension: time, .*visit:language/],
    ['a property without name', { dimensions: ['event:props:'] }, /^dimensions.0: a dimension/],
    [
      'too many dimensions',
      { dimensions: ['visit:os', 'visit:browser', 'visit:device', 'visit:city'] },
      /^dimensions: at most 3/,
    ],
    ['two times', { dimensions: ['time:day', 'time:hour'] }, /^dimensions: one time dimension/],
    [
      'a visit’s metric by an event’s dimension',
      { metrics: ['visitors', 'bounce_rate'], dimensions: ['event:page'] },
      /^metrics.1: bounce_rate belongs to whole visits, not to event:page; allowed here: visitors, visits, pageviews, events, time_on_page, .*ttfb$/,
    ],
    ['a percentage of nothing', { metrics: ['percentage'] }, /^metrics.0: percentage needs dimensions/],
    ['labels without time', { include: { time_labels: true } }, /^include.time_labels: time_labels needs a time/],
    ['an order of what is not there', { order_by: [['visits', 'desc']] }, /^order_by.0.0: one of .*: visitors$/],
    ['a comparison of another kind', { include: { comparisons: { mode: 'next_year' } } }, /^include.comparisons.mode/],
    ['no rows', { pagination: { limit: 0 } }, /^pagination.limit/],
    ['filters that are no list', { filters: 'x' }, /^filters: a list of filters/],
    ['an unknown operator', { filters: [['like', 'event:page', ['x']]] }, /^filters.0.0: an operator: is, is_not/],
    ['a filter by time', { filters: [['is', 'time:day', ['x']]] }, /^filters.0.1: time is filtered with date_range/],
    ['no values', { filters: [['is', 'event:page', []]] }, /^filters.0.2: at least one value/],
    ['a value that is no text', { filters: [['is', 'event:page', ['/', {}]]] }, /^filters.0.2.1: a text/],
    ['a NUL', { filters: [['is', 'event:page', ['a\0']]] }, /^filters.0.2.0: text without NUL/],
    ['half a character', { filters: [['is', 'event:page', ['\ud800']]] }, /^filters.0.2.0: text without NUL/],
    [
      'goals that contain',
      { filters: [['contains', 'event:goal', ['x']]] },
      /^filters.0.0: event:goal is filtered with "is"/,
    ],
    [
      'an error deep down',
      { filters: [['not', ['or', [['is', 'visit:x', ['y']]]]]] },
      /^filters.0.1.1.0.1: a dimension/,
    ],
    [
      'too many values',
      { filters: Array(5).fill(['is', 'event:page', Array(500).fill('/')]) },
      /^filters: at most 2000 values/,
    ],
    [
      'too many conditions',
      { filters: Array(41).fill(['or', Array(5).fill(['is', 'event:page', ['/']])]) },
      /^filters: at most 200 conditions/,
    ],
    [
      'a custom comparison without its range',
      { include: { comparisons: { mode: 'custom' } } },
      /^include.comparisons.date_range: custom needs a date_range/,
    ],
    [
      'weekdays of a range that is given',
      {
        include: {
          comparisons: { mode: 'custom', date_range: ['2026-01-01', '2026-01-02'], match_day_of_week: true },
        },
      },
      /^include.comparisons.match_day_of_week: a custom range is taken as it is/,
    ],
    ['a rate of no goal', { metrics: ['conversion_rate'] }, /^metrics.0: conversion_rate needs event:goal/],
    ['a depth of no page', { metrics: ['scroll_depth'] }, /^metrics.0: scroll_depth needs event:page/],
    [
      'a pattern that looks ahead',
      { filters: [['matches', 'event:page', ['/', '^(?=x)']]] },
      /^filters.0.2.1: a pattern: of what begins with \(\? only \(\?: \) is known/,
    ],
    [
      'a modifier that is none',
      { filters: [['is', 'event:page', ['/'], { colour: 'red' }]] },
      /^filters.0.3: { "case_sensitive": false }/,
    ],
    [
      'deeds within deeds',
      { filters: [['has_done', ['has_done', ['is', 'event:page', ['/']]]]] },
      /^filters.0.1.0: has_done stands in no other/,
    ],
    [
      'a deed of a visit',
      { filters: [['has_done', ['is', 'visit:os', ['iOS']]]] },
      /^filters.0.1.1: a dimension: event:n/,
    ],
    [
      'a signal that is contained',
      { filters: [['contains', 'visit:signal', ['errors']]] },
      /^filters.0.0: visit:signal is filtered with "is" or "is_not"/,
    ],
    ['a signal that is none', { filters: [['is', 'visit:signal', ['clicks']]] }, /^filters.0.2: signals: errors, rage/],
    [
      'a signal of a deed',
      { filters: [['has_done', ['is', 'visit:signal', ['errors']]]] },
      /^filters.0.1.1: a dimension/,
    ],
    ['a division by signals', { dimensions: ['visit:signal'] }, /^dimensions.0: a dimension/],
    ['a segment that is not', { filters: [['is_not', 'segment', [1]]] }, /^filters.0.0: segment is filtered with "is"/],
    ['a segment without a number', { filters: [['is', 'segment', ['x']]] }, /^filters.0.2: 1 to 10 ids/],
    ['an empty or', { filters: [['or', []]] }, /^filters.0.1: at least one filter/],
  ])('with %s', (_, more, complaint) => {
    expect(complaints(more).join('\n')).toMatch(complaint);
  });

  test('nested ten thousand deep is refused, not a crash', () => {
    const deep = `${'["not",'.repeat(10_000)}["is","event:page",["/"]]${']'.repeat(10_000)}`;
    expect(complaints({ filters: [JSON.parse(deep)] }).join()).toMatch(/nested at most 8 deep/);
  });
});

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((one) => one.isWellFormed() && !one.includes('\0'));
const marks = fc.string({
  unit: fc.constantFrom('\\', ',', ';', ':', '(', ')', '&', '=', '+', '%', '#', ' ', 'a'),
  maxLength: 8,
});
const word = fc.oneof(text, marks, fc.constantFrom('__proto__', 'is', 'not(', '🛒', 'שלום'));
const property = word.filter(Boolean).map((key) => `event:props:${key}`);
const dimension = fc.oneof(fc.constantFrom(...EVENT_DIMENSIONS, ...VISIT_DIMENSIONS), property);
const values = fc.array(word, { minLength: 1, maxLength: 3 });
const folded = fc.constantFrom(undefined, { case_sensitive: false });
const leaf = fc
  .tuple(fc.constantFrom(...OPERATORS), dimension, values, folded)
  .map(([operator, name, list, modifiers]) => {
    if (name === 'event:goal') return ['is', name, list];
    return modifiers ? [operator, name, list, modifiers] : [operator, name, list];
  });
const { tree: filter } = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.tuple(
      fc.constantFrom('is', 'is_not'),
      fc.constant('visit:signal'),
      fc.subarray([...FRICTION], { minLength: 1 }),
    ),
    fc.tuple(
      fc.constant('is'),
      fc.constant('segment'),
      fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1 }),
    ),
    fc.tuple(fc.constantFrom('has_done', 'has_not_done'), leaf),
    fc.tuple(fc.constant('not'), tie('tree')),
    fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { minLength: 1, maxLength: 3 })),
  ) as fc.Arbitrary<Filter>,
}));
const date = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-30'), noInvalidDate: true });
const pair = fc
  .tuple(date, date, fc.boolean())
  .map(([a, b, day]) => [a, b].sort((x, y) => +x - +y).map((one) => one.toISOString().slice(0, day ? 10 : 99)));
const range = fc.oneof(fc.constantFrom(...PERIODS), pair);

const view = fc
  .record({
    date_range: range,
    filters: fc.array(filter, { maxLength: 3 }),
    dimensions: fc.uniqueArray(fc.oneof(fc.constantFrom(...TIME_DIMENSIONS), dimension), { maxLength: 3 }),
    metrics: fc.uniqueArray(fc.constantFrom(...METRICS), { minLength: 1 }),
    include: fc.record({
      time_labels: fc.boolean(),
      total_rows: fc.boolean(),
      trim_relative_date_range: fc.boolean(),
      bots: fc.boolean(),
      comparisons: fc.option(
        fc.oneof(
          fc.record(
            { mode: fc.constantFrom('previous_period', 'year_over_year'), match_day_of_week: fc.constant(true) },
            { requiredKeys: ['mode'] },
          ),
          pair.map((date_range) => ({ mode: 'custom', date_range })),
        ),
      ),
    }),
    pagination: fc.record({ limit: fc.integer({ min: 1, max: 10_000 }), offset: fc.nat(1_000_000_000) }),
    descending: fc.boolean(),
  })
  .map(({ descending, include: { comparisons, ...include }, ...rest }) => ({
    ...rest,
    include: comparisons ? { ...include, comparisons } : include,
    order_by: [rest.metrics[0], rest.dimensions[0]].filter(Boolean).map((by) => [by, descending ? 'desc' : 'asc']),
  }))
  .map((one) => Query.safeParse({ site_id: 1, ...one }))
  .filter(({ success }) => success)
  .map(({ data }) => {
    const { site_id: _, ...rest } = data as Query;
    return rest satisfies View;
  });

describe('as an address', () => {
  test('print and parse are inverse', () => {
    const inverse = fc.property(view, (one) => {
      expect(parseQuery(`?${printQuery(one)}`)).toEqual(one);
    });
    fc.assert(inverse, { numRuns: 500 });
  });

  test('stays readable', () => {
    const asked = '?period=30d&filters=is:country:EE,FI&filters=contains:page:/shop&compare=previous_period';
    const read = parseQuery(asked);
    expect(read.filters).toEqual([
      ['is', 'visit:country', ['EE', 'FI']],
      ['contains', 'event:page', ['/shop']],
    ]);
    expect(read.include.comparisons).toEqual({ mode: 'previous_period' });
    expect(`?${printQuery(read)}`).toBe(asked);
  });

  test('takes other people’s encoding, and leaves their parameters alone', () => {
    expect(parseQuery('tab=pages&filters=is%3Asource%3ADirect+%2F+None&from=2026-01-01&to=2026-01-31')).toMatchObject({
      filters: [['is', 'visit:source', ['Direct / None']]],
      date_range: ['2026-01-01', '2026-01-31'],
    });
  });

  test('nests', () => {
    expect(parseQuery('filters=or(is:os:iOS;not(is:props:size\\:eu:4\\,5))').filters).toEqual([
      [
        'or',
        [
          ['is', 'visit:os', ['iOS']],
          ['not', ['is', 'event:props:size:eu', ['4,5']]],
        ],
      ],
    ]);
  });

  test('says what visitors have done, segments, and case', () => {
    const asked =
      '?filters=has_done(is:goal:Sign-up)&filters=is:segment:3,4&filters=imatches:source:^g&compare_from=2025-01-01&compare_to=2025-01-31';
    const read = parseQuery(asked);
    expect(read.filters).toEqual([
      ['has_done', ['is', 'event:goal', ['Sign-up']]],
      ['is', 'segment', [3, 4]],
      ['matches', 'visit:source', ['^g'], { case_sensitive: false }],
    ]);
    expect(read.include.comparisons).toEqual({ mode: 'custom', date_range: ['2025-01-01', '2025-01-31'] });
    expect(decodeURIComponent(`?${printQuery(read)}`)).toBe(asked.replace('?', '?period=30d&'));
  });

  test.each(['is', 'is:country', 'or(', 'or(is:os:iOS', 'not(is:os:a;is:os:b)', 'is:mood:x', 'is:os:x)', '(', ')'])(
    'refuses %s',
    (filter) => {
      expect(() => parseQuery(`filters=${encodeURIComponent(filter)}`)).toThrow(/filter|dimension|operator/);
    },
  );
});
