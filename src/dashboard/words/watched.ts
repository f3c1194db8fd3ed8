import { plural } from '../format.ts';
import { area } from './area.ts';

/** Who watched which recording. */
export const watched = area('watched', {
  title: 'Who watched what',
  times: (n: number) => plural(n, 'time'),
  none: 'Nobody has watched a recording',
  noneText: 'Whoever opens one, in the dashboard or with an API key, stands here from then on.',
  toRecordings: 'To the recordings',
  caption: 'Recordings that were watched, newest first',
  when: 'When',
  who: 'Who',
  somebody: 'Somebody',
  goneAccount: 'An account that is gone',
  how: 'How',
  ways: {
    heatmap: 'One moment of it, below a heat map',
    dashboard: 'In the dashboard',
    key: 'With an API key',
    link: 'By a link',
  },
  recording: 'Recording',
  watch: 'Watch it',
  deleted: 'Deleted since',
  pager: 'Pages of the log',
});
