import type { Translated } from '../area.ts';
import type * as english from '../common.ts';

export const common: Translated<typeof english.common> = {
  cancel: 'Abbrechen',
  save: 'Speichern',
  delete: 'Löschen',
  askDelete: (name) => `„${name}“ löschen?`,
  deleted: (name) => `„${name}“ ist gelöscht`,
  keepIt: 'Behalten',
  name: 'Name',
  tryAgain: 'Erneut versuchen',
  unreachable: 'Der Server hat nicht geantwortet. Besteht eine Verbindung?',
};
