import type { Operator } from '../../contract/words.ts';
import { area } from './area.ts';

/** The filters in force, in words, and the row that has them. */
export const filters = area('filters', {
  operators: {
    is: 'is',
    is_not: 'is not',
    contains: 'contains',
    contains_not: 'does not contain',
    matches: 'matches',
    matches_not: 'does not match',
  } satisfies Record<Operator, string>,
  anyCase: '(any case)',
  and: 'and',
  or: 'or',
  /** What visitors did, or didn't do, with what follows; `how` it is compared, where it isn't just that. */
  deeds: {
    'event:goal': (done: boolean, how: string | null) =>
      `Who ${done ? 'reached' : 'did not reach'}${how ? ` a goal that ${how}` : ''}`,
    'event:page': (done: boolean, how: string | null) =>
      `Who ${done ? 'saw' : 'did not see'}${how ? ` a page that ${how}` : ''}`,
    'event:page_title': (done: boolean, how: string | null) =>
      `Who ${done ? 'saw' : 'did not see'} ${how ? `a page whose title ${how}` : 'a page titled'}`,
    'event:name': (done: boolean, how: string | null) =>
      `Who ${done ? 'did' : 'did not do'}${how ? ` an event that ${how}` : ''}`,
  },
  hasDone: 'Who has done',
  hasNotDone: 'Who has not done',
  segment: 'Segment',
  notSegment: 'Not in the segment',

  filters: 'Filters',
  notHere: 'not here',
  /** What stands in an address for a filter. */
  notUnderstood: 'Not a filter:',
  wholeRange: 'The whole range again',
  botsCounted: 'Bots are counted, too',
  withBots: 'With bots',
  add: '+ Filter',
  clear: 'Clear',
});
