import { exact } from '../format.ts';
import { area } from './area.ts';

/** Who watched which recording. */
export const watched = area('watched', {
  title: 'Who watched what',
  times: (n: number) => (n === 1 ? 'Watched once' : `Watched ${exact(n)} times`),
  none: 'Nobody has watched a recording yet',
  noneText: 'Everyone who opens one is listed here, be it in the dashboard, by a link or with an API key.',
  toRecordings: 'To the recordings',
  caption: 'Recordings that were watched, newest first',
  when: 'When',
  who: 'Who',
  somebody: 'Somebody',
  goneAccount: 'An account that is gone',
  ways: {
    heatmap: 'One moment of it, below a heat map',
    dashboard: 'In the dashboard',
    key: 'With an API key',
    link: 'By a link',
  },
  what: 'What',
  /** Of a visit that is not known, or not yet. */
  recording: 'A recording',
  deleted: 'Recording deleted since',
  pager: 'Pages of the log',
});
