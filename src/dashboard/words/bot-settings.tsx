import { exact } from '../format.ts';
import { area } from './area.ts';

/** When a visit is taken for a bot's. */
export const botSettings = area('bot-settings', {
  threshold: 'A visit is a bot’s',
  thresholdHint: 'Each sign below adds its weight; from this sum on, a visit is left out of the numbers.',
  from: (sum: number) => `from ${sum} on`,
  strict: 'Strict: one strong sign is enough',
  balanced: 'Balanced',
  lenient: 'Lenient: several signs together',
  certain: 'Only what is certain',
  asUsual: ', as usual',

  weights: 'What each sign weighs',
  caption: 'Signs of a bot, how often they were seen in the last 30 days, and what they weigh',
  sign: 'Sign',
  visits: 'Visits',
  visitsTitle: 'Visits of the last 30 days that bear this sign',
  weight: 'Weight',
  weightOf: (sign: string) => `Weight: ${sign}`,
  usually: (weight: number) => `usually ${weight}`,
  off: 'Off',

  shareUnread: 'How many visits were bots’ can’t be read right now.',
  noVisit: 'No visit in the last 30 days.',
  share: (percent: string, bots: number, visits: number) => (
    <>
      <strong>{percent}</strong> of the last 30 days’ visits were bots’: {exact(bots)} of {exact(visits)}.
    </>
  ),
  mostOften: (signs: string[]) => `Most often: ${signs.join('; ')}.`,

  judgeAnew: 'Judge history anew',
  judging: 'Judged',
  judged: (visits: number, changed: number) =>
    `${exact(visits)} visits judged, ${changed === 1 ? '1 verdict changed' : `${exact(changed)} verdicts changed`}`,
  lastTime: (visits: number, changed: number) => `${exact(visits)} visits judged, ${exact(changed)} changed.`,
  byItself: 'A change here does that by itself.',
  nothingLost: 'Nothing is lost: settings put back bring the verdicts back.',
});
