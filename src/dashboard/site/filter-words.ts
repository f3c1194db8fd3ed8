import {
  type Filter,
  type FilterDimension,
  isSegment,
  isSimple,
  type Operator,
  type SimpleFilter,
} from '../../contract/words.ts';
import { filters as words } from '../words/filters.ts';
import { locale } from '../words/language.ts';
import { nameOf, shownAs } from './dimensions.ts';

/** What a filter says, piece by piece: what is asked, quietly, and of what: `Country is`, `Estonia or Finland`. */
type Piece = [asked: string, values: string];
export type SegmentName = (id: number) => string;

/** A filter as a sentence: `Country is Estonia or Finland, or Browser is Firefox`. */
export const filterText = (filter: Filter, segmentName?: SegmentName): string =>
  filterPieces(filter, segmentName).flat().join(' ').trim();

export const filterPieces = (filter: Filter, segmentName?: SegmentName) => pieces(positive(filter), segmentName);

function pieces(filter: Filter, segmentName: SegmentName = String): Piece[] {
  if (filter[0] === 'and' || filter[0] === 'or') return joined(filter[0], filter[1], segmentName);
  if (filter[0] === 'has_done' || filter[0] === 'has_not_done') {
    return deedPieces(positive(filter[1]), filter[0] === 'has_done');
  }
  const not = filter[0] === 'not';
  const what = filter[0] === 'not' ? filter[1] : filter;
  if (isSegment(what)) return [[not ? words.notSegment : words.segment, anyOf(what[2].map(segmentName))]];
  if (!isSimple(what)) return [];
  const [, ...rest] = what;
  return [[`${nameOf(what[1])} ${how(not ? [OPPOSITES[what[0]], ...rest] : what)}`, valuesOf(what)]];
}

const isGroup = (filter: Filter) => (filter[0] === 'and' || filter[0] === 'or') && filter[1].length > 1;

/** Several, with a comma and the word between them; what is joined otherwise within stands in brackets. */
function joined(by: 'and' | 'or', filters: Filter[], segmentName: SegmentName): Piece[] {
  return filters.flatMap((filter, i) => {
    const bracketed = isGroup(filter) && filter[0] !== by;
    const before = i > 0 ? `${words[by]} ` : '';
    const after = i < filters.length - 1 ? ',' : '';
    const inner = pieces(filter, segmentName);
    return bracketed ? between(inner, `${before}(`, `)${after}`) : between(inner, before, after);
  });
}

const between = (inner: Piece[], before: string, after: string): Piece[] =>
  inner.map(([asked, values], i) => [
    i === 0 ? before + asked : asked,
    i === inner.length - 1 ? values + after : values,
  ]);

function deedPieces(deed: Filter, done: boolean): Piece[] {
  const said = isSimple(deed) && words.deeds[deed[1] as keyof typeof words.deeds];
  if (!isSimple(deed) || !said) {
    const open = `${done ? words.hasDone : words.hasNotDone} `;
    return isGroup(deed) ? between(pieces(deed), `${open}(`, ')') : between(pieces(deed), open, '');
  }
  const simply = deed[0] === 'is' && deed[3] === undefined;
  return [[said(done, simply ? null : how(deed)), valuesOf(deed)]];
}

const OPPOSITES: Record<Operator, Operator> = {
  is: 'is_not',
  is_not: 'is',
  contains: 'contains_not',
  contains_not: 'contains',
  matches: 'matches_not',
  matches_not: 'matches',
};

/** The same without a `not`, but right around goals and segments, which have no opposite of their own. */
export function positive(filter: Filter, opposite = false): Filter {
  if (filter[0] === 'not') return positive(filter[1], !opposite);
  if (filter[0] === 'and' || filter[0] === 'or') {
    const by = (filter[0] === 'and') === opposite ? 'or' : 'and';
    return [by, filter[1].map((one) => positive(one, opposite))];
  }
  if (!opposite) return filter;
  if (filter[0] === 'has_done') return ['has_not_done', filter[1]];
  if (filter[0] === 'has_not_done') return ['has_done', filter[1]];
  if (!isSimple(filter) || filter[1] === 'event:goal') return ['not', filter];
  const [operator, ...rest] = filter;
  return [OPPOSITES[operator], ...rest];
}

/** What the fields of the dialog show: one simple filter, or what somebody did, or didn't do, in one. */
export const isCondition = (filter: Filter): boolean =>
  isSimple(filter) || ((filter[0] === 'has_done' || filter[0] === 'has_not_done') && isSimple(filter[1]));

/** What the dialog shows: a condition, or conditions, and whatever else there is, under one `and` or `or`. */
export function isOpenable(filter: Filter): boolean {
  const drawn = positive(filter);
  return drawn[0] === 'and' || drawn[0] === 'or' || isCondition(drawn);
}

const how = ([operator, , , modifiers]: SimpleFilter) =>
  `${words.operators[operator]}${modifiers?.case_sensitive === false ? ` ${words.anyCase}` : ''}`;

const anyOf = (names: string[]) => new Intl.ListFormat(locale(), { type: 'disjunction' }).format(names);

const valuesOf = ([, dimension, values]: SimpleFilter) => anyOf(values.map((value) => shownAs(dimension, value)));

/** What people mean who search: any case will do. */
export const alike = (dimension: FilterDimension, text: string): SimpleFilter => [
  'contains',
  dimension,
  [text],
  { case_sensitive: false },
];
