import { printFilter } from '../../contract/phrase.ts';
import {
  type Filter,
  type FilterDimension,
  innerFilters,
  isSegment,
  isSimple,
  type Operator,
  type SimpleFilter,
} from '../../contract/words.ts';
import { nameOf, shownAs } from './dimensions.ts';

export const OPERATOR_NAMES: Record<Operator, string> = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  contains_not: 'does not contain',
  matches: 'matches',
  matches_not: 'does not match',
};

/** What visitors do with a goal, a page, an event: in the past, after "did not", and the thing itself. */
const DEEDS: Partial<Record<FilterDimension, [did: string, not: string, thing: string]>> = {
  'event:goal': ['reached', 'reach', 'a goal'],
  'event:page': ['saw', 'see', 'a page'],
  'event:name': ['did', 'do', 'an event'],
};

/** A filter in two parts, as a chip shows it: `Country is`, `Estonia, Finland`; `Who saw`, `/pricing`. */
export function filterWords(
  filter: Filter,
  segmentName: (id: number) => string = String,
): [subject: string, values: string] {
  const phrase = (one: Filter) => filterWords(one, segmentName).join(' ').trim();
  const inner = innerFilters(filter);
  if (filter[0] === 'not') return ['Not', innerFilters(filter[1]) ? printFilter(filter[1]) : phrase(filter[1])];
  if (inner) return ['', inner.map(phrase).join(` ${filter[0]} `)];
  if (filter[0] === 'has_done' || filter[0] === 'has_not_done') return deedWords(filter[1], filter[0] === 'has_done');
  if (isSegment(filter)) return ['Segment', filter[2].map(segmentName).join(' or ')];
  return isSimple(filter) ? [`${nameOf(filter[1])} ${how(filter)}`, valuesOf(filter)] : ['', ''];
}

function deedWords(deed: Filter, done: boolean): [string, string] {
  const [did, not, thing] = (isSimple(deed) && DEEDS[deed[1]]) || [];
  if (!isSimple(deed) || !did) return [done ? 'Who has done' : 'Who has not done', filterWords(deed).join(' ').trim()];
  const verb = done ? did : `did not ${not}`;
  const simply = deed[0] === 'is' && deed[3] === undefined;
  return [simply ? `Who ${verb}` : `Who ${verb} ${thing} that ${how(deed)}`, valuesOf(deed)];
}

const how = ([operator, , , modifiers]: SimpleFilter) =>
  `${OPERATOR_NAMES[operator]}${modifiers?.case_sensitive === false ? ' (any case)' : ''}`;

const valuesOf = ([, dimension, values]: SimpleFilter) => values.map((value) => shownAs(dimension, value)).join(', ');

/** What people mean who search: any case will do. */
export const alike = (dimension: FilterDimension, text: string): SimpleFilter => [
  'contains',
  dimension,
  [text],
  { case_sensitive: false },
];
