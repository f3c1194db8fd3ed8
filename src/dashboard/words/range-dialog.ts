import { area } from './area.ts';

/** Two days, both included. */
export const rangeDialog = area('range-dialog', {
  first: 'First day',
  last: 'Last day',
  lastBeforeFirst: 'The last day lies before the first.',
  included: (timezone: string) => `Both included; days of ${timezone}.`,
  show: 'Show',
});
