import { area } from './area.ts';

/** What the dashboard says before a page does. */
export const app = area('app', {
  /** Of the browser's tab. */
  titles: {
    sites: 'Sites',
    signIn: 'Sign in',
    setup: 'Welcome',
    keys: 'API keys',
    overview: 'Overview',
    visits: 'Visits',
    visit: 'Visit',
    live: 'Live',
    goals: 'Goals',
    status: 'Status',
    settings: 'Settings',
    heatmap: 'Heat map',
    recordings: 'Recordings',
    recording: 'Recording',
    watched: 'Who watched what',
  },
  noPage: 'There is no such page',
  noPageText: 'The address may have been mistyped, or what it showed has been deleted.',
  toSites: 'To your sites',
  notLoaded: 'This page could not be loaded',
  broke: 'This page broke',
});
