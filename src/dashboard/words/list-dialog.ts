import { exact } from '../format.ts';
import { area } from './area.ts';

/** All rows of a list. */
export const listDialog = area('list-dialog', {
  heads: {
    visitors: 'Visitors',
    percentage: 'Share',
    visits: 'Visits',
    pageviews: 'Views',
    bounce_rate: 'Bounce',
    visit_duration: 'Duration',
    time_on_page: 'Time',
    scroll_depth: 'Scrolled',
  },
  search: (many: string) => `Search ${many}`,
  visits: 'See these visits',
  visitsOf: (row: string) => `visits of ${row}`,
  noneLike: (sought: string) => `Nothing like “${sought}” in this range.`,
  rows: (first: number, last: number, all: number) => `${exact(first)} – ${exact(last)} of ${exact(all)}`,
  download: 'Download CSV',
  notWhole: 'The list could not be fetched whole. Try again in a moment.',
  back: 'Back',
  next: 'Next',
});
