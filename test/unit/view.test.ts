import { describe, expect, test, vi } from 'vitest';
import { parseQuery } from '../../src/contract/address.ts';
import type { Filter } from '../../src/contract/words.ts';
import { besides, changed, conditionsOf, filterOf, type Tree, treeOf } from '../../src/dashboard/site/filter-tree.ts';
import { filterText } from '../../src/dashboard/site/filter-words.ts';
import { daysOf, rangeName } from '../../src/dashboard/site/ranges.ts';
import { narrowed, printView, readView, toggled } from '../../src/dashboard/site/view.ts';

vi.stubGlobal('location', { pathname: '/', search: '', href: 'http://localhost/' });
const NOW = Date.parse('2026-11-21T15:20:00Z');
const EE: Filter = ['is', 'visit:country', ['EE']];

describe('the view in the address', () => {
  test('what everybody begins with has none', () => expect(printView(readView(''))).toBe(''));

  test.each([
    '?period=7d',
    '?from=2026-11-01&to=2026-11-10',
    '?from=2026-11-21T10:00:00%2B02:00&to=2026-11-21T11:59:59%2B02:00',
    '?filters=is:country:EE,FI&filters=contains:page:/shop',
    '?filters=is:props:pl%5C:an:fr%5C,ee',
    '?filters=is:signal:rage_clicks,quick_backs',
    '?filters=or(is:os:iOS;not(is:device:Desktop))&compare=none',
    '?filters=has_done(is:goal:Signup)&filters=has_not_done(imatches:page:%5E/blog)&filters=not(is:segment:3)',
    '?period=day&metric=pageviews&sources=campaign&tech=os',
    '?period=91d&dimensions=time:week',
    '?period=24h&match_day_of_week=true',
    '?period=yesterday&compare=year_over_year&match_day_of_week=true',
    '?compare_from=2025-11-01&compare_to=2025-11-30',
    '?metric=goal&goal=3&all=visit:entry_page',
    '?all=event:page&order_by=pageviews:asc',
    '?period=7d&order=friction&with=errors,rage_clicks&min_duration=60',
    '?period=day&dimensions=time:hour&row=2026-11-21T14:00:00%2B02:00',
  ])('%s reads as it was written', (search) => expect(printView(readView(search))).toBe(search));

  test('is understood by the query’s own grammar', () => {
    const view = readView('?period=7d&filters=is:country:EE,FI&metric=visits');
    const query = parseQuery(printView(view));
    expect(query.date_range).toBe('7d');
    expect(query.filters).toEqual([['is', 'visit:country', ['EE', 'FI']]]);
  });

  test.each([
    '?period=fortnight',
    '?from=2026-11-10&to=2026-11-01',
    '?filters=nonsense',
    '?filters=is:moon:full',
    '?filters=has_done(is:moon:full)',
    '?filters=is:segment:x',
    '?metric=luck',
    '?compare=the_neighbours',
    '?compare=previous_period',
    '?compare_from=2025-11-30&compare_to=2025-11-01',
    '?goal=-1',
    '?order_by=visits:desc',
  ])('%s: what makes no sense is left out', (search) => expect(printView(readView(search))).toBe(''));
});

test('a filter that can’t be understood is told of, beside those that can', () => {
  const { filters, unread } = readView('?filters=is:moon:full&filters=is:country:EE&filters=nonsense');
  expect(filters).toEqual([['is', 'visit:country', ['EE']]]);
  expect(unread).toEqual(['is:moon:full', 'nonsense']);
});

describe('a click on a row', () => {
  test('filters by it', () => expect(toggled([], EE)).toEqual([EE]));
  test('again: no longer', () => expect(toggled([EE], EE)).toEqual([]));
  test('on another of the same kind: by that one', () => {
    const page: Filter = ['contains', 'event:page', ['/shop']];
    expect(toggled([page, EE], ['is', 'visit:country', ['FI']])).toEqual([page, ['is', 'visit:country', ['FI']]]);
  });
});

describe('the view of a row', () => {
  const of = (search: string) => printView(narrowed(readView(search), 'visit:country', 'EE'));
  test('has its filter', () => expect(of('')).toBe('?filters=is:country:EE'));
  test('keeps the others, but for those that it says more exactly', () => {
    expect(of('?filters=is:country:EE,FI&filters=is_not:country:SE&filters=contains:page:/shop')).toBe(
      '?filters=is_not:country:SE&filters=contains:page:/shop&filters=is:country:EE',
    );
  });
});

describe('words', () => {
  const DE: Filter = ['is', 'visit:country', ['DE', 'AT']];
  const FIREFOX: Filter = ['is', 'visit:browser', ['Firefox']];
  const goal: Filter = ['is', 'event:goal', ['Signup']];
  test.each<[string, Filter]>([
    ['Country is Estonia or Finland', ['is', 'visit:country', ['EE', 'FI']]],
    ['plan does not contain pro', ['contains_not', 'event:props:plan', ['pro']]],
    ['Page matches (any case) ^/blog', ['matches', 'event:page', ['^/blog'], { case_sensitive: false }]],
    ['Who reached Signup', ['has_done', goal]],
    ['Who did not see /a or /b', ['has_not_done', ['is', 'event:page', ['/a', '/b']]]],
    ['Who saw a page that contains /b', ['has_done', ['contains', 'event:page', ['/b']]]],
    ['Who did not see a page titled Beans', ['has_not_done', ['is', 'event:page_title', ['Beans']]]],
    ['Who saw a page whose title contains Bean', ['has_done', ['contains', 'event:page_title', ['Bean']]]],
    ['Who has not done plan is pro', ['has_not_done', ['is', 'event:props:plan', ['pro']]]],
    ['Country is Germany or Austria, or Browser is Firefox', ['or', [DE, FIREFOX]]],
    [
      'Country is Estonia, or (Country is Germany or Austria, and Browser is Firefox)',
      ['or', [EE, ['and', [DE, FIREFOX]]]],
    ],
    [
      'Who has done (Page is /a, and plan is pro)',
      [
        'has_done',
        [
          'and',
          [
            ['is', 'event:page', ['/a']],
            ['is', 'event:props:plan', ['pro']],
          ],
        ],
      ],
    ],
    // What isn't so is said without brackets: not any of them is none of them.
    ['Country is not Estonia, and Who did not reach Signup', ['not', ['or', [EE, ['has_done', goal]]]]],
    ['Goal is not Signup, or Not in the segment 3', ['not', ['and', [goal, ['is', 'segment', [3]]]]]],
    ['Country is Estonia', ['not', ['not', EE]]],
  ])('of a filter: %s', (text, filter) => expect(filterText(filter)).toBe(text));
  test.each([
    ['30d', 'Last 30 days'],
    [['2026-11-10', '2026-11-14'], '10 – 14 Nov'],
    [['2026-10-28', '2026-11-03'], '28 Oct – 3 Nov'],
    [['2025-12-28', '2026-01-03'], '28 Dec 2025 – 3 Jan'],
    [['2026-11-18', '2026-11-18'], 'Wed 18 Nov'],
    [['2026-11-20', '2026-11-20'], 'Yesterday'],
    [['2026-11-21T14:00:00+02:00', '2026-11-21T17:59:59+02:00'], '21 Nov, 14:00 – 17:59'],
  ] as const)('of the range %s', (range, name) => {
    expect(rangeName(typeof range === 'string' ? range : [...range], 'Europe/Tallinn', NOW)).toBe(name);
  });
  test.each([
    ['30d', '2026-10-23', '2026-11-21'],
    ['24h', '2026-11-20', '2026-11-21'],
    ['yesterday', '2026-11-20', '2026-11-20'],
    ['month', '2026-11-01', '2026-11-21'],
    ['12mo', '2025-12-01', '2026-11-21'],
    ['year', '2026-01-01', '2026-11-21'],
    ['all', '2026-11-21', '2026-11-21'],
    [['2026-11-21T14:00:00+02:00', '2026-11-22T17:59:59+02:00'], '2026-11-21', '2026-11-22'],
  ] as const)('of the days of %s', (range, ...days) => {
    expect(daysOf(typeof range === 'string' ? range : [...range], 'Europe/Tallinn', NOW)).toEqual(days);
  });
});

describe('a filter in the dialog', () => {
  const DE: Filter = ['is', 'visit:country', ['DE']];
  const FIREFOX: Filter = ['is', 'visit:browser', ['Firefox']];
  const said = (tree: Tree) => filterOf(tree, tree.by);

  test.each<[Filter, Filter]>([
    [EE, EE],
    [['and', [EE]], EE],
    [
      ['or', [EE, ['and', [DE, FIREFOX]]]],
      ['or', [EE, ['and', [DE, FIREFOX]]]],
    ],
    [
      [
        'not',
        [
          'or',
          [
            ['is_not', 'visit:country', ['EE']],
            ['and', [DE, FIREFOX]],
          ],
        ],
      ],
      [
        'and',
        [
          EE,
          [
            'or',
            [
              ['is_not', 'visit:country', ['DE']],
              ['is_not', 'visit:browser', ['Firefox']],
            ],
          ],
        ],
      ],
    ],
    [
      ['or', [EE, ['or', [DE, ['and', [FIREFOX]]]]]],
      ['or', [EE, DE, FIREFOX]],
    ],
    [
      ['or', [['and', [EE, ['or', [DE, FIREFOX]]]]]],
      ['and', [EE, ['or', [DE, FIREFOX]]]],
    ],
  ])('%j comes out as %j', (filter, out) => expect(said(treeOf(filter))).toEqual(out));

  test('loses what is taken out, and the group that this was', () => {
    const tree = treeOf(['or', [EE, ['and', [DE, FIREFOX]]]]);
    const [first, second] = conditionsOf(tree.members).map(({ key }) => key);
    expect(said(changed(tree, second ?? 0, () => []))).toEqual(['or', [EE, FIREFOX]]);
    expect(said(changed(tree, first ?? 0, () => []))).toEqual(['and', [DE, FIREFOX]]);
  });

  test('counts values with what must hold besides', () => {
    const tree = treeOf(['or', [EE, ['and', [DE, FIREFOX]]]]);
    const [alone, one] = conditionsOf(tree.members).map(({ key }) => key);
    expect(besides(tree, alone ?? 0)).toEqual([]);
    expect(besides(tree, one ?? 0)).toEqual([FIREFOX]);
    expect(besides(treeOf(['and', [EE, ['or', [DE, FIREFOX]]]]), null)).toEqual([]);
  });
});
