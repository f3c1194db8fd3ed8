import { area } from './area.ts';

/** A filter, as it is made and changed. */
export const filterDialog = area('filter-dialog', {
  add: 'Add a filter',
  change: 'Change the filter',
  keep: 'Keep',
  kept: {
    rows: 'Visits and events that fit',
    has_done: 'Visitors who have done',
    has_not_done: 'Visitors who have not done',
  },
  keptHint: 'At any time within the range; all else that they did is kept with it.',
  of: 'What',
  aProperty: 'Property…',
  how: 'How',
  property: 'Property',
  pattern: 'Pattern',
  value: 'Value',
  searchOrType: 'Search or type',
  patternHint: () => (
    <>
      <code>.</code> any character, <code>*</code> any number of it, <code>^</code> start, <code>$</code> end,{' '}
      <code>a|b</code> either, <code>\</code> before a mark that stands for itself.
    </>
  ),
  anyCase: 'Case doesn’t matter',
  matched: 'What it matches',
  values: 'Values',
  typed: (value: string) => `“${value}”`,
  matchesNothing: 'It matches nothing in this range.',
  nothing: 'Nothing in this range.',
  joined: 'How conditions are joined',
  any: 'Any one will do',
  all: 'All must fit',
  orAnother: '+ Or another one',
  andAnother: '+ And another one',
  /** Of one condition among several: what must hold together with it, or may hold in its place. */
  andWithIt: '+ And, with this one',
  orInItsPlace: '+ Or, in its place',
  isNew: 'New condition',
  removeOne: 'Remove condition',
  remove: 'Remove',
  apply: 'Apply',
});
