import { area } from './area.ts';

/** What a site is asked for where it is added, and in its settings. */
export const siteFields = area('site-fields', {
  domain: 'Domain',
  timeZone: 'Time zone',
  timeZoneHint: (time: string) => `The site’s days begin at midnight there; it is ${time} there now.`,
  unknownTime: 'a time that this browser can’t tell',
});
