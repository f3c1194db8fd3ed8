import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../list-dialog.ts';

export const listDialog: Translated<typeof english.listDialog> = {
  heads: {
    visitors: 'Besucher',
    percentage: 'Anteil',
    visits: 'Besuche',
    pageviews: 'Aufrufe',
    bounce_rate: 'Absprung',
    visit_duration: 'Dauer',
    time_on_page: 'Zeit',
    scroll_depth: 'Gescrollt',
  },
  search: (many) => `${many} durchsuchen`,
  visits: 'Diese Besuche ansehen',
  visitsOf: (row) => `Besuche zu ${row}`,
  noneLike: (sought) => `Nichts wie „${sought}“ in diesem Zeitraum.`,
  rows: (first, last, all) => `${exact(first)} – ${exact(last)} von ${exact(all)}`,
  download: 'Als CSV laden',
  notWhole: 'Die Liste ließ sich nicht ganz holen. Bitte gleich noch einmal versuchen.',
  back: 'Zurück',
  next: 'Weiter',
};
