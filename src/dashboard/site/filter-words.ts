import { printFilter } from '../../contract/phrase.ts';
import { type Filter, isSimple, type Operator } from '../../contract/words.ts';
import { nameOf, shownAs } from './dimensions.ts';

export const OPERATOR_NAMES: Record<Operator, string> = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  contains_not: 'does not contain',
  matches: 'matches',
  matches_not: 'does not match',
};

/** A filter in two parts, as a chip shows it: `Country is`, `Estonia, Finland`. */
export function filterWords(filter: Filter): [subject: string, values: string] {
  if (filter[0] === 'and' || filter[0] === 'or') {
    return ['', filter[1].map((one) => filterWords(one).join(' ').trim()).join(` ${filter[0]} `)];
  }
  if (filter[0] === 'not')
    return ['not', filter[1][0] === 'not' ? printFilter(filter[1]) : filterWords(filter[1]).join(' ').trim()];
  if (filter[0] === 'has_done') return ['who has', filterWords(filter[1]).join(' ').trim()];
  if (filter[0] === 'has_not_done') return ['who has not', filterWords(filter[1]).join(' ').trim()];
  if (!isSimple(filter)) return ['Segment', filter[2].join(', ')];
  const [operator, dimension, values] = filter;
  return [
    `${nameOf(dimension)} ${OPERATOR_NAMES[operator]}`,
    values.map((value) => shownAs(dimension, value)).join(', '),
  ];
}
