import type { ComponentChildren } from 'preact';
import { area } from './area.ts';

/** What a site shows before its first hit. */
export const firstVisit = area('first-visit', {
  waiting: 'Waiting for the first visit',
  waitingFor: (domain: string) => `Waiting for the first visit to ${domain}`,
  addSnippet: 'Add the snippet to your site',
  openSite: 'Open your site',
  goTo: (link: ComponentChildren) => <>Go to {link} as a visitor would: this page then turns into the dashboard.</>,
  stillWaiting: 'Visited, and still waiting?',
  gpc: 'A browser that asks not to be tracked (Global Privacy Control) is left out, unless the site’s settings say otherwise.',
  counted: (status: string) => (
    <>
      Whatever did arrive, and what became of it, is counted on the site’s <a href={status}>status page</a>. It also
      checks whether a page has the snippet.
    </>
  ),
  showEmpty: 'Show the empty dashboard',
});
