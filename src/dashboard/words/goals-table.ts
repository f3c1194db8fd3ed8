import { area } from './area.ts';

/** How many reached each goal: on a site's first page, and on that of its goals. */
export const goalsTable = area('goals-table', {
  caption: 'Goals: visitors converted, conversions, rate and revenue',
  goal: 'Goal',
  visitors: 'Visitors',
  total: 'Total',
  rate: 'Rate',
  revenue: 'Revenue',
  recordings: 'Recordings',
  recordingsOf: (goal: string) => `Recordings of those who reached ${goal}`,
  recordingsTitle: 'Recordings of those who converted',
  visits: 'Their visits',
  visitsOf: (goal: string) => `who reached ${goal}: their visits`,

  goals: 'Goals',
  manage: 'Manage goals',
  none: 'No goals yet',
  noneText: 'A goal is an event or a page that visitors should reach. Its numbers go back to the first visit.',
  set: 'Set a goal',
});
