import { area } from './area.ts';

/** Sharing a recording by a link. */
export const share = area('share', {
  title: 'Share this recording',
  copyNow: 'Copy the link now: it can’t be shown again. Whoever has it sees this recording, and nothing else.',
  theLink: 'The link',
  about: 'Whoever has the link sees this recording, and nothing else, without signing in.',
  forWhom: 'For whom',
  example: 'The designers',
  hint: 'So that you know it again here, and in the list of who watched what.',
  works: 'It works',
  lasting: { day: 'For a day', week: 'For a week', month: 'For 30 days' },
  make: 'Make a link',
  inForce: 'Links that work',
  aLink: 'A link',
  until: (at: string) => `until ${at}`,
  takeBack: 'Take back',
  notTakenBack: 'The link could not be taken back. Is the network up?',
});
