import { exact } from '../format.ts';
import { area } from './area.ts';

/** Who is here now, and what they do. */
export const live = area('live', {
  offlineText:
    'We can’t tell who is here right now. Visits are counted all the same, and this page reconnects by itself.',
  broke: 'Connection lost. Reconnecting; this is the last we heard.',
  inFiveMinutes: (visitors: number) => `${visitors === 1 ? 'visitor' : 'visitors'} in the last five minutes`,
  nobody: 'Nobody is here right now',
  nobodyText: (site: string) =>
    `Whoever opens a page of ${site} shows up here at once, and stays for five minutes after the last sign of life.`,
  toOverview: 'To the overview',
  heldBack: (seconds: number, events: string[]) => {
    const conditions = [
      ...(seconds > 0 ? [`it has lasted ${seconds} seconds`] : []),
      ...(events.length > 0 ? [`one of these has happened in it: ${events.join(', ')}`] : []),
    ];
    return `A visit can be watched once ${conditions.join(', and ')}. Until then its recording stays in the visitor’s browser.`;
  },

  hereNow: 'Here now',
  more: (n: number) => `${exact(n)} more`,

  visitors: 'Visitors',
  latest: (shown: number, all: number) => `the latest ${exact(shown)} of ${exact(all)}`,
  nobodyNow: 'Nobody right now.',
  visitorsNow: 'Visitors here now',
  noPageYet: 'On a page not known yet',
  sinceLast: 'Since the last sign of life',
  noRecording: 'There is no recording',
  watch: (what: string) => `Watch: ${what}`,
  watchTitle: 'Watch it happen',
  from: (source: string) => `from ${source}`,
  pages: (n: number) => (n === 1 ? '1 page' : `${exact(n)} pages`),

  stream: 'As it happens',
  nothingYet: 'What they do from now on shows up here.',
  held: (fresh: number) => `Paused${fresh > 0 ? ` · ${exact(fresh)} new` : ''}`,
  pause: 'Pause',
  resume: 'Resume',
  events: 'Events, newest first',
  on: 'on',
  eventOn: (event: string, page: string) => `${event} on ${page}`,
});
