import type { Period, TimeDimension } from '../../contract/words.ts';
import { area } from './area.ts';

/** Ranges of time, what they are compared with, and what they are divided into. */
export const ranges = area('ranges', {
  periods: {
    hour: 'Last hour',
    '24h': 'Last 24 hours',
    day: 'Today',
    yesterday: 'Yesterday',
    '7d': 'Last 7 days',
    '28d': 'Last 28 days',
    '30d': 'Last 30 days',
    '91d': 'Last 91 days',
    month: 'This month',
    '6mo': 'Last 6 months',
    '12mo': 'Last 12 months',
    year: 'This year',
    all: 'All time',
  } satisfies Record<Period, string>,
  /** A day without its month. */
  ofMonth: (day: number) => String(day),
  weekOf: (day: string) => `week of ${day}`,

  range: 'Range of time',
  askCustom: 'Custom range…',
  custom: 'Custom range',

  comparison: 'Comparison',
  compareTo: (what: string) => `Compare: ${what}`,
  compare: 'Compare',
  compared: 'Compared',
  modes: { previous_period: 'Previous period', year_over_year: 'Year over year' },
  /** The same within a line. */
  modesWithin: { previous_period: 'previous period', year_over_year: 'year over year' },
  byWeekday: (mode: string) => `${mode}, by weekday`,
  ownOther: (range: string) => `Custom: ${range}…`,
  other: 'Custom…',
  none: 'No comparison',
  matchWeekday: 'Match day of week',
  on: 'on',
  off: 'off',
  compareWith: 'Compare with',

  points: 'Points of the chart',
  units: {
    'time:minute': 'By the minute',
    'time:hour': 'By the hour',
    'time:day': 'By the day',
    'time:week': 'By the week',
    'time:month': 'By the month',
  } satisfies Partial<Record<TimeDimension, string>> as Partial<Record<TimeDimension, string>>,
});
