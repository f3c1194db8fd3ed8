import type { Translated } from '../area.ts';
import type * as english from '../key-help.ts';

export const keyHelp: Translated<typeof english.keyHelp> = {
  keys: 'Tasten',
  compare: 'Mit dem Zeitraum davor vergleichen, oder mit nichts',
  bots: 'Bots mitzählen oder weglassen',
  filter: 'Filter hinzufügen',
  save: 'Filter als Segment speichern',
  search: 'Seiten durchsuchen',
  numbers: 'Die erste … sechste Zahl zeichnen',
  arrows: 'Pfeile',
  chart:
    'Im Diagramm: vorlesen; Umschalt markiert einen Zeitraum, Enter zeigt ihn näher, V öffnet die Besuche, N merkt etwas an',
  annotate: 'Zum Zeitraum etwas anmerken',
  visits: 'Zu den Besuchen hinter den Zahlen',
  recordings: 'Zu den Aufzeichnungen dieser Besuche',
  live: 'Zu denen, die gerade hier sind',
  escape: 'Schließen; ist nichts offen, den letzten Filter wegnehmen',
  help: 'Diese Liste',
};
