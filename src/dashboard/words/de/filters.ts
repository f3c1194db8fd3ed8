import type { Translated } from '../area.ts';
import type * as english from '../filters.ts';

const deed = (what: string, done: boolean, how: string | null, did: string) =>
  `${what} ${done ? '' : 'nicht '}${did}${how ? ` (${how})` : ''}:`;

export const filters: Translated<typeof english.filters> = {
  operators: {
    is: 'ist',
    is_not: 'ist nicht',
    contains: 'enthält',
    contains_not: 'enthält nicht',
    matches: 'passt auf',
    matches_not: 'passt nicht auf',
  },
  anyCase: '(groß oder klein)',
  and: 'und',
  or: 'oder',
  deeds: {
    'event:goal': (done, how) => deed('Ziel', done, how, 'erreicht'),
    'event:page': (done, how) => deed('Seite', done, how, 'gesehen'),
    'event:page_title': (done, how) => deed('Seite mit dem Titel', done, how, 'gesehen'),
    'event:name': (done, how) => deed('Ereignis', done, how, 'ausgelöst'),
  },
  hasDone: 'Getan:',
  hasNotDone: 'Nicht getan:',
  segment: 'Segment',
  notSegment: 'Nicht im Segment',

  filters: 'Filter',
  notHere: 'gibt es nicht',
  notUnderstood: 'Kein Filter:',
  wholeRange: 'Wieder der ganze Zeitraum',
  botsCounted: 'Bots zählen mit',
  withBots: 'Mit Bots',
  add: '+ Filter',
  clear: 'Löschen',
};
