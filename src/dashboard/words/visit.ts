import { area } from './area.ts';

/** One visit, in a list or beside its story: who it was, and what it did. */
export const visit = area('visit', {
  somewhere: 'Somewhere',
  unknownBrowser: 'An unknown browser',
  direct: 'Direct / None',

  to: 'to',
  besides: 'Events besides its page views',
  event: 'event',
  events: 'events',
  recordedFor: 'recorded:',
  /** Behind a percentage. */
  ofVisit: 'of the visit',
  notRecorded: 'not recorded',

  when: 'When',
  from: 'From',
  source: 'Source',
  device: 'Device',
  language: 'Language',
  visit: 'Visit',
  length: 'Length',
  notArrived: 'Its page view has not arrived (yet)',
  visitor: 'Visitor',
  otherVisits: 'Other visits',
  recorded: 'Recorded',
});
