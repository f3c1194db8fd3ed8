import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../watched.ts';

export const watched: Translated<typeof english.watched> = {
  title: 'Wer was angesehen hat',
  times: (n) => (n === 1 ? 'Einmal angesehen' : `${exact(n)}-mal angesehen`),
  none: 'Noch niemand hat eine Aufzeichnung angesehen',
  noneText: 'Wer eine öffnet, im Dashboard, über einen Link oder mit einem API-Schlüssel, steht danach hier.',
  toRecordings: 'Zu den Aufzeichnungen',
  caption: 'Angesehene Aufzeichnungen, die neuesten zuerst',
  when: 'Wann',
  who: 'Wer',
  somebody: 'Jemand',
  goneAccount: 'Ein Konto, das es nicht mehr gibt',
  ways: {
    heatmap: 'Einen Moment davon, unter einer Heatmap',
    dashboard: 'Im Dashboard',
    key: 'Mit einem API-Schlüssel',
    link: 'Über einen Link',
  },
  what: 'Was',
  recording: 'Eine Aufzeichnung',
  deleted: 'Aufzeichnung inzwischen gelöscht',
  pager: 'Seiten des Protokolls',
};
