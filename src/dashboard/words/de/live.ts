import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../live.ts';

export const live: Translated<typeof english.live> = {
  offlineText:
    'Wer hier ist, lässt sich gerade nicht sagen. Besuche werden trotzdem gezählt, und diese Seite verbindet sich von selbst wieder.',
  broke: 'Verbindung verloren. Sie wird wiederhergestellt; hier steht der letzte bekannte Stand.',
  inFiveMinutes: () => 'Besucher in den letzten fünf Minuten',
  nobody: 'Gerade ist niemand hier',
  nobodyText: (site) =>
    `Wer eine Seite von ${site} öffnet, erscheint hier sofort und bleibt fünf Minuten über das letzte Lebenszeichen hinaus.`,
  toOverview: 'Zur Übersicht',
  heldBack: (seconds, events) => {
    const conditions = [
      ...(seconds > 0 ? [`er ${seconds} Sekunden gedauert hat`] : []),
      ...(events.length > 0 ? [`eines davon in ihm geschehen ist: ${events.join(', ')}`] : []),
    ];
    return `Ein Besuch lässt sich ansehen, sobald ${conditions.join(' und ')}. Bis dahin bleibt seine Aufzeichnung im Browser des Besuchers.`;
  },

  hereNow: 'Gerade hier',
  more: (n) => `${exact(n)} weitere`,

  visitors: 'Besucher',
  latest: (shown, all) => `die letzten ${exact(shown)} von ${exact(all)}`,
  nobodyNow: 'Gerade niemand.',
  visitorsNow: 'Besucher, die gerade hier sind',
  noPageYet: 'Auf einer noch unbekannten Seite',
  sinceLast: 'Seit dem letzten Lebenszeichen',
  noRecording: 'Es gibt keine Aufzeichnung',
  watch: (what) => `Ansehen: ${what}`,
  watchTitle: 'Live ansehen',
  from: (source) => `von ${source}`,
  pages: (n) => (n === 1 ? '1 Seite' : `${exact(n)} Seiten`),

  nothingYet: 'Was sie von nun an tun, erscheint hier.',
  stream: 'Was gerade geschieht',
  held: (fresh) => `Angehalten${fresh > 0 ? ` · ${exact(fresh)} neu` : ''}`,
  pause: 'Anhalten',
  resume: 'Weiter',
  events: 'Ereignisse, das neueste zuerst',
  on: 'auf',
  eventOn: (event, page) => `${event} auf ${page}`,
};
