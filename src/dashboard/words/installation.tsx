import { exact } from '../format.ts';
import { area } from './area.ts';

/** Whether a site's snippet is there, and what comes of it. */
export const installation = area('installation', {
  card: 'Installation',
  again: 'Look again',

  there: 'Is the snippet there?',
  page: 'Address of a page',
  check: 'Check a page',
  found: 'The snippet is there, with this site’s key',
  foundText: 'Once somebody opens the page, it arrives below.',
  otherKey: 'The snippet is there, but with another key',
  otherKeyText: (key: string) => (
    <>
      What this page counts goes to another site, or nowhere when the key is mistyped. This site’s key is{' '}
      <code>{key}</code>.
    </>
  ),
  missing: 'The page comes without the snippet',
  missingText:
    'Perhaps a tag manager puts it in later, or another product’s client sends from there; neither is seen by this check. Open the page once, and look below.',
  refused: 'The page’s Content-Security-Policy would refuse it',
  refusedText: (directive: string, origin: string) => (
    <>
      The page’s Content-Security-Policy must allow <code>{origin}</code>; its <code>{directive}</code> does not.
    </>
  ),
  unread: 'The page could not be read',
  whyUnread: {
    timeout: 'It was not there within five seconds.',
    unreachable: 'Nothing answers at this address, or its certificate is not in order.',
    status: 'It may be for browsers only, or for people who are signed in.',
    redirects: 'It leads on more than three times.',
    elsewhere: 'It leads on to a host that is not the site’s. Check the page that it ends at.',
    not_html: 'What is there is no HTML.',
  },
  answered: (status: number) => `It answered ${status}.`,

  arrives: 'Does it arrive?',
  lastTaken: 'Last taken',
  lastRefused: 'Last left out or refused',
  none: 'None in the last 24 hours',

  hosts: 'From which hosts?',
  hostsCaption: 'Hosts that visits of the last 7 days came from',
  host: 'Host, last 7 days',
  visits: 'Visits',
  lastSeen: 'Last seen',
  thisHour: 'this hour',
  /** An hour of the site's clock, by its beginning. */
  inHour: (from: string) => `${from} or later that hour`,
  foreign: 'not the site’s domain',
  noHosts: 'No visits in the last 7 days.',
  moreHosts: (n: number) => (n === 1 ? 'And one more host.' : `And ${exact(n)} more hosts.`),
});
