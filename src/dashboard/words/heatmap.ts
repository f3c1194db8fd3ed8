import { exact } from '../format.ts';
import { area } from './area.ts';

/** Heat maps. */
export const heatmap = area('heatmap', {
  whichPage: 'Heat map of which page?',
  visitors: 'Visitors',
  nobody: 'Nobody saw a page here',
  nobodyText: 'No visit of this range fits the filters.',
  anotherPage: 'Another page',
  /** Before its path. */
  mapOf: 'Heat map of',

  drawn: 'What is drawn',
  maps: { clicks: 'Clicks', dead_clicks: 'Dead clicks', rage_clicks: 'Rage clicks', scroll: 'Scroll' },
  byDevice: 'Class of devices',
  devices: { Desktop: 'Desktop', Mobile: 'Phone', Tablet: 'Tablet' },

  picture: 'Picture of the page',
  itsRecording: 'The recording',
  anotherPicture: 'Another picture',
  firstPicture: 'The first picture',
  noPicture: 'No picture of this page',
  noMorePictures: 'These were all of the visits that show it.',
  noneShowsIt: 'No recording in this range shows it. What was counted stands beside.',
  pictureGone: 'This picture is deleted, or can’t be read. Another one may show the page.',
  pictureAway: 'The picture has not come: the server did not answer.',
  sawThis: (share: string) => `${share} saw this`,
  fold: 'Average fold',

  found: {
    clicks: (n: number) => (n === 1 ? '1 click' : `${exact(n)} clicks`),
    dead_clicks: (n: number) => (n === 1 ? '1 dead click' : `${exact(n)} dead clicks`),
    rage_clicks: (n: number) => (n === 1 ? '1 rage click' : `${exact(n)} rage clicks`),
  },
  inVisits: (found: string, visits: number) =>
    `${found} in ${visits === 1 ? '1 recorded visit' : `${exact(visits)} recorded visits`}`,
  elements: 'Elements, the most clicked first',
  visits: (n: number) => (n === 1 ? 'in 1 visit' : `in ${exact(n)} visits`),
  elsewhere: 'not in this picture',

  told: (visits: number) =>
    `How far down ${visits === 1 ? '1 visit' : `${exact(visits)} visits`} got, recorded or not.`,
  depth: 'Down to',
  share: 'Share',
  howMany: 'Visits',

  noneByDevice: (device: string) => `No recorded visit by ${device.toLowerCase()}`,
  noneByDeviceText: 'Nobody whose visit was recorded saw this page so, in this range and with these filters.',
  byOther: (visits: number, device: string) =>
    `${visits === 1 ? '1 visit' : `${exact(visits)} visits`} by ${device.toLowerCase()}`,
  off: 'Recording is off',
  offText:
    'Clicks are told by recorded visits, and drawn over a picture from one. Choose in the settings which share to record.',
  toSettings: 'To the settings',
  none: 'No recordings of this page',
  noneText: 'None in this range fits. Clicks are recorded from the day on which your pages load the current script.',
  clear: 'Clear the filters',
  allTime: 'Look at all time',
});
