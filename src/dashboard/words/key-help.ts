import { area } from './area.ts';

/** What each key does; those of ranges have the ranges' names. */
export const keyHelp = area('key-help', {
  keys: 'Keys',
  compare: 'Compare with the period before, or with nothing',
  bots: 'Count bots, or leave them out',
  filter: 'Add a filter',
  save: 'Save the filters as a segment',
  search: 'Search the pages',
  numbers: 'Draw the first … sixth number',
  arrows: 'Arrows',
  chart: 'On the chart: read it out; Shift marks a range, Enter looks closer, V opens the visits, N annotates it',
  annotate: 'Annotate the range',
  visits: 'To the visits behind the numbers',
  recordings: 'To the recordings of these visits',
  live: 'To those who are here now',
  escape: 'Close; without anything open, take away the last filter',
  help: 'This list',
});
