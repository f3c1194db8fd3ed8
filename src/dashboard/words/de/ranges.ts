import type { Translated } from '../area.ts';
import type * as english from '../ranges.ts';

export const ranges: Translated<typeof english.ranges> = {
  periods: {
    hour: 'Letzte Stunde',
    '24h': 'Letzte 24 Stunden',
    day: 'Heute',
    yesterday: 'Gestern',
    '7d': 'Letzte 7 Tage',
    '28d': 'Letzte 28 Tage',
    '30d': 'Letzte 30 Tage',
    '91d': 'Letzte 91 Tage',
    month: 'Dieser Monat',
    '6mo': 'Letzte 6 Monate',
    '12mo': 'Letzte 12 Monate',
    year: 'Dieses Jahr',
    all: 'Gesamter Zeitraum',
  },
  ofMonth: (day) => `${day}.`,
  weekOf: (day) => `Woche ab ${day}`,

  range: 'Zeitraum',
  askCustom: 'Eigener Zeitraum…',
  custom: 'Eigener Zeitraum',

  comparison: 'Vergleich',
  compareTo: (what) => `Vergleich: ${what}`,
  compare: 'Vgl. aus',
  compared: 'Vergleich',
  modes: { previous_period: 'Zeitraum davor', year_over_year: 'Ein Jahr davor' },
  modesWithin: { previous_period: 'Zeitraum davor', year_over_year: 'ein Jahr davor' },
  byWeekday: (mode) => `${mode}, nach Wochentag`,
  ownOther: (range) => `Eigener: ${range}…`,
  other: 'Eigener Zeitraum…',
  none: 'Kein Vergleich',
  matchWeekday: 'Gleiche Wochentage',
  on: 'an',
  off: 'aus',
  compareWith: 'Vergleichen mit',

  points: 'Punkte des Diagramms',
  units: {
    'time:minute': 'Minutenweise',
    'time:hour': 'Stundenweise',
    'time:day': 'Tageweise',
    'time:week': 'Wochenweise',
    'time:month': 'Monatsweise',
  },
};
