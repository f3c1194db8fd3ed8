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
  example: (what) => `z. B. ${what}`,
  unreachable: 'Der Server hat nicht geantwortet. Besteht eine Verbindung?',
  answered: (status) => `Der Server hat mit ${status} geantwortet.`,
};
