import { printFilter } from '../../contract/phrase.ts';
import {
  type Filter,
  type FilterDimension,
  innerFilters,
  isSegment,
  isSimple,
  type SimpleFilter,
} from '../../contract/words.ts';
import { filters as words } from '../words/filters.ts';
import { nameOf, shownAs } from './dimensions.ts';

/** A filter in two parts, as a chip shows it: `Country is`, `Estonia, Finland`; `Who saw`, `/pricing`. */
export function filterWords(
  filter: Filter,
  segmentName: (id: number) => string = String,
): [subject: string, values: string] {
  const phrase = (one: Filter) => filterWords(one, segmentName).join(' ').trim();
  const inner = innerFilters(filter);
  if (filter[0] === 'not') return [words.not, innerFilters(filter[1]) ? printFilter(filter[1]) : phrase(filter[1])];
  if (inner) return ['', inner.map(phrase).join(` ${filter[0] === 'or' ? words.or : words.and} `)];
  if (filter[0] === 'has_done' || filter[0] === 'has_not_done') return deedWords(filter[1], filter[0] === 'has_done');
  if (isSegment(filter)) return [words.segment, filter[2].map(segmentName).join(` ${words.or} `)];
  return isSimple(filter) ? [`${nameOf(filter[1])} ${how(filter)}`, valuesOf(filter)] : ['', ''];
}

function deedWords(deed: Filter, done: boolean): [string, string] {
  const said = isSimple(deed) && words.deeds[deed[1] as keyof typeof words.deeds];
  if (!isSimple(deed) || !said) return [done ? words.hasDone : words.hasNotDone, filterWords(deed).join(' ').trim()];
  const simply = deed[0] === 'is' && deed[3] === undefined;
  return [said(done, simply ? null : how(deed)), valuesOf(deed)];
}

const how = ([operator, , , modifiers]: SimpleFilter) =>
  `${words.operators[operator]}${modifiers?.case_sensitive === false ? ` ${words.anyCase}` : ''}`;

const valuesOf = ([, dimension, values]: SimpleFilter) => values.map((value) => shownAs(dimension, value)).join(', ');

/** What people mean who search: any case will do. */
export const alike = (dimension: FilterDimension, text: string): SimpleFilter => [
  'contains',
  dimension,
  [text],
  { case_sensitive: false },
];
