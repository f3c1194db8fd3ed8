import type { Translated } from '../area.ts';
import type * as english from '../replays.ts';

export const replays: Translated<typeof english.replays> = {
  recordings: 'Aufzeichnungen',
  heatmaps: 'Heatmaps',
  watched: 'Wer was angesehen hat',
  playAll: 'Alle abspielen',
  order: 'Reihenfolge',
  orders: {
    newest: 'Neueste zuerst',
    friction: 'Meiste Reibung zuerst',
    longest: 'Längste zuerst',
    clicks: 'Meiste Klicks zuerst',
  },
  length: 'Länge',
  anyLength: 'Jede Länge',
  atLeast: (long) => `Mindestens ${long}`,
  which: 'Welche',
  unseen: 'Ungesehen',

  visitor: 'Besucher',
  pages: 'Seiten',
  source: 'Quelle',
  friction: 'Reibung',
  strip: 'Was wann geschah',
  when: 'Wann',
  stripLabel: 'Wann etwas geschah',
  stripTitle: 'Seiten, Klicks und Reibung im Lauf der Zeit; Fehler und Wutklicks am höchsten',
  notWatched: 'Noch nicht angesehen:',
  watchedBy: (who) => `Angesehen von ${who}`,
  aVisit: 'Ein Besuch',
  notArrived: 'Sein Seitenaufruf ist nicht eingetroffen',
  pager: 'Seiten der Aufzeichnungen',

  off: 'Es wird nichts aufgezeichnet',
  offText:
    'Welcher Anteil der Besuche aufgezeichnet wird, steht in den Einstellungen. Was getippt wird, ist maskiert, bevor es die Seite verlässt.',
  toSettings: 'Zu den Einstellungen',
  noneFits: 'Kein aufgezeichneter Besuch passt zu diesen Filtern',
  noneFitsOfAll:
    'Es kann passende Besuche geben, die nicht aufgezeichnet wurden: Diese Website zeichnet jeden Besuch auf.',
  noneFitsOfSome: (share) =>
    `Es kann passende Besuche geben, die nicht aufgezeichnet wurden: Diese Website zeichnet ${share} der Besuche auf.`,
  clear: 'Filter löschen',
  noneInRange: 'Keine Aufzeichnungen in diesem Zeitraum',
  noneInRangeText: 'Ein Besuch erscheint hier einige Sekunden nach seiner ersten Seite.',
  allTime: 'Gesamten Zeitraum ansehen',
  none: 'Noch keine Aufzeichnungen',
  noneText:
    'Aufgezeichnet wird, sobald das Snippet auf der Website ist. Ein Besuch erscheint hier einige Sekunden nach seiner ersten Seite.',
  seeSnippet: 'Zum Snippet',
};
