import type { Translated } from '../area.ts';
import type * as english from '../key-help.ts';

export const keyHelp: Translated<typeof english.keyHelp> = {
  keys: 'Tasten',
  compare: 'Mit dem Zeitraum davor vergleichen, oder mit nichts',
  bots: 'Bots mitzählen, oder nicht',
  filter: 'Filter hinzufügen',
  save: 'Filter als Segment speichern',
  search: 'Seiten durchsuchen',
  numbers: 'Die erste … sechste Zahl zeichnen',
  arrows: 'Pfeile',
  chart:
    'Im Diagramm: vorlesen; Umschalt markiert einen Zeitraum, Enter zeigt ihn näher, V öffnet die Besuche, N vermerkt, was war',
  annotate: 'Vermerken, was im Zeitraum war',
  visits: 'Zu den Besuchen, um die es geht',
  recordings: 'Zu den Aufzeichnungen, um die es geht',
  live: 'Zu denen, die gerade hier sind',
  escape: 'Schließen; ist nichts offen, den letzten Filter wegnehmen',
  help: 'Diese Liste',
};
