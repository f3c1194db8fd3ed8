import { area } from './area.ts';

/** What somebody should know before believing more than numbers say, by the codes of the API's warnings. */
export const warnings = area('warnings', {
  daily_visitors: 'Visitors count anew each day: this site keeps no ids in their browsers',
  not_kept: (since: string) =>
    `Nothing from before ${since} is counted here: this takes single visits, which are kept from that day on. ` +
    'Earlier days can be asked for whole, by one dimension or with one filter.',
  counted_again: (since: string) =>
    `A visitor of before ${since} who came again after being away for longer than single visits are kept may count once more.`,
});
