import { area } from './area.ts';

/** The list of recordings. */
export const replays = area('replays', {
  recordings: 'Recordings',
  heatmaps: 'Heat maps',
  watched: 'Who watched what',
  playAll: 'Play all',
  order: 'Order',
  orders: {
    newest: 'Newest first',
    friction: 'Most friction first',
    longest: 'Longest first',
    clicks: 'Most clicks first',
  },
  length: 'Length',
  anyLength: 'Any length',
  atLeast: (long: string) => `At least ${long}`,
  which: 'Which ones',
  unseen: 'Unseen',

  visitor: 'Visitor',
  pages: 'Pages',
  source: 'Source',
  friction: 'Friction',
  strip: 'What happened when',
  when: 'When',
  stripLabel: 'When something happened',
  stripTitle: 'Pages, clicks and friction over its time; errors and rage clicks highest',
  notWatched: 'Not watched yet:',
  watchedBy: (who: string) => `Watched by ${who}`,
  aVisit: 'A visit',
  notArrived: 'Its page view has not arrived',
  pager: 'Pages of recordings',

  off: 'Recording is off',
  offText: 'Choose in the settings which share of visits to record. What is typed is masked before it leaves the page.',
  toSettings: 'To the settings',
  noneFits: 'No recorded visit fits these filters',
  noneFitsOfAll: 'There may be visits that fit but were not recorded: the site records every visit.',
  noneFitsOfSome: (share: string) =>
    `There may be visits that fit but were not recorded: the site records ${share} of visits.`,
  clear: 'Clear the filters',
  noneInRange: 'No recordings in this range',
  noneInRangeText: 'A visit shows up here some seconds after its first page.',
  allTime: 'Look at all time',
  none: 'No recordings yet',
  noneText:
    'Visits are recorded from the moment the snippet is on the site. One shows up here some seconds after its first page.',
  seeSnippet: 'See the snippet',
});
