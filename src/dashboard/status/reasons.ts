import type { StatusJson } from '../../contract/api.ts';

type Fate = StatusJson['counts'][number]['fate'];

interface Reason {
  title: string;
  /** What happened, and what to do when that is a surprise. */
  text: string;
}

/** What each reason means: the answers to "why is my hit missing". */
const REASONS: Record<string, Reason> = {
  accepted: { title: 'Page views and events', text: 'In your numbers, and stored before the browser had its answer.' },
  engagement: { title: 'Reports of engagement', text: 'Taken: how long a page was looked at, and how far.' },
  replay_chunk: { title: 'Pieces of recordings', text: 'Taken, and in the visit’s recording a moment later.' },

  bot: {
    title: 'From a bot',
    text: 'Kept, but apart from all numbers; every report can count it, too. What gives a bot away, and how much that weighs, stands in the settings.',
  },
  duplicate: {
    title: 'Came twice',
    text: 'The same hit again, sent anew by a browser or a proxy. The first one counted; there is nothing to do.',
  },
  gpc: {
    title: 'Asked not to be tracked',
    text: 'The browser sends Global Privacy Control: Brave and DuckDuckGo do by themselves. The settings say whether that is respected.',
  },
  dnt: {
    title: 'Asked not to be tracked (Do Not Track)',
    text: 'The browser sends Do Not Track, and the settings say that this is respected.',
  },
  archived: {
    title: 'The site is archived',
    text: 'It takes nothing until it is brought back, which the settings do.',
  },
  excluded_self: {
    title: 'Your own browser',
    text: 'It carries the mark by which an owner leaves his own visits out.',
  },
  excluded_address: {
    title: 'From an address left out',
    text: 'Yours, or one that the settings leave out. They take it in again, too.',
  },
  excluded_country: { title: 'From a country left out', text: 'The settings say which countries are left out.' },
  excluded_hostname: {
    title: 'On a hostname left out',
    text: 'A copy of the site that the settings leave out, a staging one say.',
  },
  excluded_path: { title: 'On a page left out', text: 'Its path fits one that the settings leave out.' },
  too_old: {
    title: 'Too old',
    text: 'It waited in the browser for more than a day before it could be sent, and would have changed days long read.',
  },
  no_page_view: {
    title: 'Without a page view',
    text: 'Time spent on a page of which the view never arrived: stopped on its way, or refused for a reason below.',
  },

  invalid: {
    title: 'Not as a hit should be',
    text: 'A field is missing, or has a wrong kind of value. The answer to the request names it. Look at your own calls of footfall().',
  },
  malformed_json: {
    title: 'Not JSON',
    text: 'The body could not be read: cut off on its way, or made by something else than the snippet.',
  },
  malformed_chunk: {
    title: 'Not a piece of a recording',
    text: 'The body could not be read. A proxy before your site may change what passes through it.',
  },
  bad_request: {
    title: 'Incomplete',
    text: 'A pixel without the address of its page. Give it as ?u=…, or let the browser send a referrer.',
  },
  body_too_large: {
    title: 'Too large',
    text: 'More at once than one request may carry. Send smaller properties, or fewer events together.',
  },
  too_many_requests: {
    title: 'Too many at once',
    text: 'One visitor, or all together, sent faster than a site may. Browsers keep such hits and send them later.',
  },
  site_deleted: { title: 'Site deleted', text: 'It arrived while the site was being deleted.' },
  internal: {
    title: 'A fault of Footfall',
    text: 'Something broke here. The Worker’s log says what; browsers keep such hits and send them later.',
  },
};

/** A reason in words; one that is newer than this page by its name. */
export function explained(reason: string): Reason {
  const words = reason.replaceAll('_', ' ');
  return REASONS[reason] ?? { title: words.charAt(0).toUpperCase() + words.slice(1), text: '' };
}

export const FATES: { fate: Fate; title: string; about: string }[] = [
  { fate: 'accepted', title: 'Taken', about: 'Nothing of it is lost, whatever falls over.' },
  { fate: 'ignored', title: 'Left out on purpose', about: 'Understood, answered kindly, and not in your numbers.' },
  { fate: 'refused', title: 'Refused', about: 'Answered with the reason, in the header X-Footfall-Reason too.' },
];
