import { exact } from '../format.ts';
import { area } from './area.ts';

/** How a site is, what became of its hits, and what is in quarantine. */
export const status = area('status', {
  health: {
    card: 'How it is',
    notWritten: 'Postgres did not take what was last written to it',
    notWrittenText: (events: number) =>
      `Nothing is lost: ${events === 1 ? 'One event waits' : `${exact(events)} events wait`} at the edge, hits are still taken, and writing is tried again by itself.`,
    quarantined: (events: number) =>
      events === 1 ? 'One event needs a decision' : `${exact(events)} events need a decision`,
    quarantinedText: 'Postgres refused them for good. Everything that came with them has landed; they are kept below.',
    nothingYet: 'Nothing has arrived yet',
    nothingYetText: 'No request with this site’s key has reached Footfall. What may stop one is below.',
    nothing: 'Nothing has arrived for a day',
    nothingText: 'No request with this site’s key reached Footfall in the last 24 hours. What may stop one is below.',
    noneTaken: 'Hits arrive, but none was taken for a day',
    noneTakenText: 'What they were left out or refused for stands below, with what to do about it.',
    well: 'All is well',
    wellText: (written: string) => `What was taken is safe. Postgres was last written to ${written}.`,
    notYetText: 'What was taken is safe at the edge. Postgres has not been written to yet.',
    lastError: (at: string) => `Last error, ${at}:`,
  },
  anyMoment: 'any moment',
  inMinutes: (n: number) => `in ${n} min`,
  inHours: (n: number) => `in ${n} h`,
  waiting: 'Waiting at the edge',
  /** After how many there are. */
  eventsOf: (n: number) => (n === 1 ? 'event' : 'events'),
  sizes: (log: string | null, recordings: string) => `${log ? `${log}, ` : ''}plus ${recordings} of recordings`,
  oldest: 'Oldest event',
  since: (at: string) => `waiting since ${at}`,
  nothingWaits: 'no event is waiting',
  lastWritten: 'Last written',
  ago: (long: string) => `${long} ago`,
  neverYet: 'never yet',
  nextWritten: 'Next written',
  nextAt: (at: string) => `${at}, or when somebody looks`,
  nextHit: 'when a hit arrives',
  collectors: 'Collectors',
  oneCollector: 'enough for most sites',
  manyCollectors: 'share the load',
  inNone: 'The hit is in none of these?',
  rightKey: (key: string) => (
    <>
      The snippet must carry this site’s key, <code>{key}</code>: another site’s is counted there, a mistyped one
      nowhere.
    </>
  ),

  counts: {
    card: 'What became of each hit',
    caption: 'Hits by what became of them',
    reason: 'Reason',
    hour: 'This hour',
    day: '24 hours',
  },
  fates: {
    accepted: { title: 'Taken', about: () => 'Nothing of it is lost, whatever falls over.' },
    ignored: { title: 'Left out on purpose', about: () => 'Understood, answered kindly, and not in your numbers.' },
    refused: {
      title: 'Refused',
      about: () => (
        <>
          Answered with the reason, in the header <code>X-Footfall-Reason</code> too.
        </>
      ),
    },
  },
  /** What each reason means: the answers to "why is my hit missing". What happened, and what to do when that is a surprise. */
  reasons: {
    accepted: {
      title: 'Page views and events',
      text: 'In your numbers, and stored before the browser had its answer.',
    },
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
  },

  quarantine: {
    card: 'Quarantine',
    empty:
      'Empty. An event that Postgres refuses for good is set apart here with the reason, so that everything that came with it lands. It can be released or dropped from here.',
    newest: (shown: number, all: number) => `The newest ${exact(shown)} of ${exact(all)}.`,
    underWay: (nth: number, all: number) => `${exact(nth)} of ${exact(all)} …`,
    release: 'Release',
    releaseOf: (title: string) => `Release ${title}`,
    releaseAll: 'Release all',
    released: (events: number) =>
      events === 1 ? 'Released: it is in your numbers' : `${exact(events)} events released`,
    refusedAgain: 'Postgres refused again: still in quarantine',
    someRefused: (landed: number, back: number) => `${exact(landed)} released, ${exact(back)} refused again`,
    drop: 'Drop',
    askDrop: 'Drop…',
    dropOf: (title: string) => `Drop ${title}`,
    dropAll: 'Drop all…',
    dropTitle: (events: number) => (events === 1 ? 'Drop this event?' : `Drop ${exact(events)} events?`),
    dropMeans: (events: number) =>
      events === 1
        ? 'It is gone for good, and in no number. Whatever came with it has landed already, and stays.'
        : 'They are gone for good, and in no number. Whatever came with them has landed already, and stays.',
    keep: (events: number) => (events === 1 ? 'Keep it' : 'Keep them'),
    dropped: (events: number) => (events === 1 ? 'Dropped' : `${exact(events)} events dropped`),
    withoutBytes: 'Kept without its bytes',
    whole: 'The whole event',
  },
  held: {
    recording: 'A piece of a recording',
    engagement: 'Time spent on a page',
    engaged: (long: string) => `${long} engaged`,
    scrolled: (percent: number) => `${percent} % scrolled`,
    view: (page: string) => `Page view of ${page}`,
    event: 'An event',
    on: (event: string, page: string) => `${event} on ${page}`,
    more: (n: number) => `${n} more`,
  },
  /** What Postgres meant by its SQLSTATE's class. */
  meant: {
    22: 'A value does not fit where it belongs.',
    23: 'It contradicts what is stored already.',
    54: 'It is larger than Postgres can hold.',
  },
  refused: 'Postgres refused it.',
});
