import type * as english from '../annotations.ts';
import type { Translated } from '../area.ts';

export const annotations: Translated<typeof english.annotations> = {
  annotate: 'Anmerken',
  count: (n) => `${n} ${n === 1 ? 'Anmerkung' : 'Anmerkungen'}`,
  title: (of) => `Was war: ${of}`,
  what: 'Was war',
  example: 'Der neue Laden ist da',
  day: 'Tag',
  time: 'Uhrzeit, wenn sie zählt',
  add: 'Hinzufügen',
  save: 'Speichern',
  cancel: 'Abbrechen',
  change: 'Ändern',
  changeOne: (text) => `Ändern: ${text}`,
  remove: 'Löschen',
  removeOne: (text) => `Löschen: ${text}`,
  removed: 'Gelöscht',
};
