import { area } from './area.ts';

/** The list of sites, and a new one. */
export const sites = area('sites', {
  sites: 'Sites',
  find: 'Find a site',
  addSite: 'Add site',
  noneFound: (sought: string) => `No site has “${sought}” in its name`,
  noneFoundText: 'It may be spelled differently, or not be measured here yet.',
  archived: (n: number) => `${n} archived`,
  first: 'Which site do you want to measure?',
  firstText: 'You get one line to paste into it, and see its first visit here the moment it happens.',
  addTitle: 'Add a site',
  domainHint: 'The site’s name in Footfall. Its subdomains can use the same snippet.',

  waiting: 'waiting for the first visit',
  unreadable: 'The numbers can’t be read right now; this page asks again by itself.',
  visitors: 'visitors in 30 days',
});
