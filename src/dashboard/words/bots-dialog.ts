import { exact } from '../format.ts';
import { area } from './area.ts';

/** Why visits were taken for bots'. */
export const botsDialog = area('bots-dialog', {
  title: 'Why they are taken for bots',
  share: (bots: number, visits: number, ofRequests: string | null) =>
    `${exact(bots)} of ${exact(visits)} visits of this range, whatever the filters${ofRequests === null ? '' : `, and ${ofRequests} of page views and events`}. A visit may bear several signs; people bear some of them, too.`,
  caption: 'Signs of a bot, and how many visits bore them',
  sign: 'Sign',
  visits: 'Visits',
  ofBots: 'Bots’',
  weight: 'Weight',
  off: 'off',
  toWeights: 'What a sign weighs',
});
