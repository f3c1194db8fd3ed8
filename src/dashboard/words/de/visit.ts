import type { Translated } from '../area.ts';
import type * as english from '../visit.ts';

export const visit: Translated<typeof english.visit> = {
  somewhere: 'Irgendwoher',
  unknownBrowser: 'Unbekannter Browser',
  direct: 'Direkt / keine',

  to: 'bis',
  besides: 'Ereignisse neben den Seitenaufrufen',
  event: 'Ereignis',
  events: 'Ereignisse',
  recordedFor: 'aufgezeichnet:',
  ofVisit: 'des Besuchs',
  notRecorded: 'nicht aufgezeichnet',

  when: 'Wann',
  from: 'Woher',
  source: 'Quelle',
  device: 'Gerät',
  language: 'Sprache',
  visit: 'Besuch',
  length: 'Umfang',
  notArrived: 'Der Seitenaufruf ist (noch) nicht eingetroffen',
  visitor: 'Besucher',
  otherVisits: 'Andere Besuche',
  recorded: 'Aufzeichnung',
};
