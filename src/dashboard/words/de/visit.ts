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
  notRecorded: 'nicht aufgezeichnet',

  when: 'Wann',
  from: 'Woher',
  source: 'Quelle',
  device: 'Gerät',
  unknown: 'Unbekannt',
  language: 'Sprache',
  visit: 'Besuch',
  notArrived: 'Der Seitenaufruf ist (noch) nicht eingetroffen',
  visitor: 'Besucher',
  otherVisits: 'Andere Besuche',
  recorded: 'Aufzeichnung',
};
