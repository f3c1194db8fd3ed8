import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../watched.ts';

export const watched: Translated<typeof english.watched> = {
  title: 'Wer was angesehen hat',
  times: (n) => `${exact(n)}-mal`,
  none: 'Niemand hat eine Aufzeichnung angesehen',
  noneText: 'Wer eine öffnet, im Dashboard oder mit einem API-Schlüssel, steht von da an hier.',
  toRecordings: 'Zu den Aufzeichnungen',
  caption: 'Angesehene Aufzeichnungen, die neuesten zuerst',
  when: 'Wann',
  who: 'Wer',
  somebody: 'Jemand',
  goneAccount: 'Ein Konto, das es nicht mehr gibt',
  how: 'Wie',
  ways: {
    heatmap: 'Einen Moment davon, unter einer Heatmap',
    dashboard: 'Im Dashboard',
    key: 'Mit einem API-Schlüssel',
    link: 'Über einen Link',
  },
  recording: 'Aufzeichnung',
  watch: 'Ansehen',
  deleted: 'Inzwischen gelöscht',
  pager: 'Seiten des Protokolls',
};
