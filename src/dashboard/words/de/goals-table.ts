import type { Translated } from '../area.ts';
import type * as english from '../goals-table.ts';

export const goalsTable: Translated<typeof english.goalsTable> = {
  caption: 'Ziele: Besucher mit Conversion, Conversions, Rate und Umsatz',
  goal: 'Ziel',
  visitors: 'Besucher',
  total: 'Gesamt',
  rate: 'Rate',
  revenue: 'Umsatz',
  recordings: 'Aufzeichnungen',
  recordingsOf: (goal) => `Aufzeichnungen derer, die ${goal} erreicht haben`,
  recordingsTitle: 'Aufzeichnungen derer, die es erreicht haben',
  visits: 'Ihre Besuche',
  visitsOf: (goal) => `haben ${goal} erreicht: ihre Besuche`,

  goals: 'Ziele',
  manage: 'Ziele verwalten',
  none: 'Noch keine Ziele',
  noneText:
    'Ein Ziel ist ein Ereignis oder eine Seite, die Besucher erreichen sollen. Seine Zahlen reichen bis zum ersten Besuch zurück.',
  set: 'Ziel setzen',
};
