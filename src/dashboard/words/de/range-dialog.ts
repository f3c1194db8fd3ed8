import type { Translated } from '../area.ts';
import type * as english from '../range-dialog.ts';

export const rangeDialog: Translated<typeof english.rangeDialog> = {
  first: 'Erster Tag',
  last: 'Letzter Tag',
  lastBeforeFirst: 'Der letzte Tag liegt vor dem ersten.',
  included: (timezone) => `Beide zählen mit; Tage in ${timezone}.`,
  show: 'Anzeigen',
};
