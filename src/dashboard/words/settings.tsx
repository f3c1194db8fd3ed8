import { exact } from '../format.ts';
import { area } from './area.ts';

/** A site's settings. What a section is called, and what it is about; then its fields, each with its hint. */
export const settings = area('settings', {
  saved: 'Saved',
  unsaved: 'Unsaved changes',
  discard: 'Discard',
  none: 'none',
  pathsHint: 'One path a line. * stands for anything but a slash, ** for anything.',

  site: 'Site',
  siteAbout: 'Its name in Footfall, and when its days begin.',
  weekStart: 'First day of the week',
  weekStartHint: 'Where numbers are asked for by the week.',
  umami: 'Umami’s website id',
  umamiHint:
    'Pages that still carry Umami’s script can point it here: its data-website-id. Plausible’s needs only the domain.',

  visitors: 'Visitors',
  visitorsAbout: 'How one visitor is told from another, and what a page is.',
  toldApart: 'Visitors are told apart',
  modes: {
    persistent: {
      label: 'Recognize visitors who come back',
      hint: 'A random number is kept in the visitor’s browser. Depending on where you are, you may have to ask first.',
    },
    cookieless: {
      label: 'Without anything kept in the browser',
      hint: 'A visitor is the same for one day, and a new one the next: unique visitors of a month are counted by days.',
    },
  },
  hash: 'Count pages behind #',
  hashHint: 'For single-page applications whose addresses look like example.com/#/pricing.',
  gpc: 'Respect Global Privacy Control',
  gpcHint: 'Visitors whose browser asks not to be tracked are left out, and never recorded.',
  dnt: 'Respect Do Not Track',
  dntHint:
    'The older wish of the same kind. Few browsers still ask for it, and most of those who send it never chose it.',
  consent: 'Wait for consent',
  consentHint:
    'Nothing is sent and nothing is kept before the page calls footfall.consent(true); footfall.consent(false) takes it back.',
  hashIdentify: 'Keep who is identified as a hash only',
  hashIdentifyHint:
    "footfall.identify('…') makes one visitor of several browsers, and nobody can read the name. Without it, events carry the name as their property user.",

  bots: 'Bots',
  botsAbout: 'Programs are kept apart: stored with what gave them away, and left out of every number unless you ask.',

  leftOut: 'Left out',
  leftOutAbout: (status: string) => (
    <>
      Hits that are answered, counted on the <a href={status}>status page</a>, and stored nowhere. From now on: what was
      counted stays.
    </>
  ),
  exclude: {
    pages: 'Pages',
    hostnames: 'Hostnames',
    hostnamesHint: 'One a line, without www. *.example.com stands for any below it.',
    countries: 'Countries',
    addCountry: 'Leave out a country…',
    takeIn: 'Take in again',
    ownVisits: 'Your own visits',
    isExcluded: 'Whoever comes from the address you have now is left out.',
    isCounted: 'Leave out whoever comes from the address you have now: you, and all who share your connection.',
    notKept: 'The address itself is kept nowhere, only a mark made of it.',
    excludeMine: 'Leave out my address',
    excludedMine: 'Your visits are left out',
    countMine: 'Count my address again',
    countedMine: 'Your visits count again',
    others: (n: number) => (n === 1 ? 'One other address is left out' : `${exact(n)} other addresses are left out`),
    countAll: 'Count all again',
    countedAll: 'All addresses count again',
    ownBrowser: 'Your own browser',
    ownBrowserText:
      'Leave out a browser of yours, wherever it goes: open your site in it once by this link. The mark stays in that browser, one for each hostname of the site.',
    excludeBrowser: 'Leave out this browser',
    countBrowser: 'Count it again',
    byScript: () => (
      <>
        Or in a page of yours that knows who is there, or in the console: <code>footfall.ignore()</code>, and{' '}
        <code>footfall.ignore(false)</code>.
      </>
    ),
  },

  watchedFor: 'Watched for',
  watchedForAbout:
    'What the snippet tells of by itself, beside page views. A change here reaches visitors within five minutes.',
  track: {
    titles: {
      label: 'Titles of pages',
      hint: 'What a page is called, for the list of pages by their titles. Turn it off where titles name people or orders: none is kept then.',
    },
    outbound: {
      label: 'Links that lead away',
      hint: 'A click on a link to another host is the event “Outbound Link: Click”, with its url.',
    },
    downloads: {
      label: 'Downloads',
      hint: 'A click on a link to a file (PDF, ZIP, audio, video …) is the event “File Download”, with its url.',
    },
    forms: {
      label: 'Forms',
      hint: 'A form that is sent off is the event “Form: Submission”. What was typed into it is never read.',
    },
    tagged: {
      label: 'Tagged elements',
      hint: 'A click on an element with data-footfall-event="…" is an event of that name, its data-footfall-prop-… are its properties.',
    },
    vitals: {
      label: 'Web vitals',
      hint: 'How fast a page was for its visitor, as the event “Web Vitals”. A small script more, loaded after the page.',
    },
    errors: {
      label: 'Errors of scripts',
      hint: 'What breaks in a visitor’s browser is the event “Script Error”, with its message. A small script more, loaded after the page.',
    },
  },

  recordings: 'Recordings',
  recordingsAbout:
    'What is masked is masked in the visitors’ browsers, and never leaves them. A change here reaches them within five minutes.',
  record: 'Record',
  recordNone: 'No visit',
  recordAll: 'Every visit',
  recordShare: (percent: string) => `${percent} of the visits`,
  recordDays: 'Keep recordings for, in days',
  recordDaysNone: 'until somebody deletes them',
  recordDaysHint: 'Once a day older ones are deleted for good. The visits stay in the numbers.',
  pictureHosts: 'Load what recorded pages show from these hosts alone',
  pictureHostsNone: 'wherever the pages have it',
  pictureHostsHint:
    'Pictures, styles and fonts are loaded by whoever watches. One host a line, *.example.com for all below it; without any, all hosts.',
  recording: {
    seconds: 'Visits that last at least, in seconds',
    secondsHint: 'A shorter one sends nothing of a recording.',
    when: 'Only when something happens',
    whenHint: 'With none, from the beginning of the visit. The page may also call footfall.record().',
    triggers: {
      error: 'An error of a script',
      rage_click: 'A rage click',
      dead_click: 'A dead click',
      quick_back: 'A quick back',
      abandoned_form: 'An abandoned form',
      slow_interaction: 'A slow interaction',
      event: 'Any event of your own',
    },
    whenEvents: 'One of these events of your own',
    whenEventsHint: 'One name a line, as the page sends it: signup, say.',
    before: 'With the seconds before it',
    beforeHint: 'Kept in the browser’s memory until then.',
    pages: 'Record only on',
    pagesNone: 'every page',
    countries: 'Record only in',
    countriesNone: 'every country',
    addCountry: 'Add a country…',
    takeOut: 'Take out',
  },
  masking: {
    text: 'Masked',
    textHint: 'What is masked is recorded as stars.',
    texts: {
      inputs: 'What is typed or chosen',
      all: 'All text of the page',
      none: 'Nothing but passwords, cards and codes',
    },
    mask: {
      label: 'Mask as well',
      hint: 'CSS selectors, with commas between; as data-footfall-mask does in the page.',
    },
    unmask: { label: 'Unmask', hint: 'Like data-footfall-unmask. Passwords, cards and codes stay hidden.' },
    block: { label: 'Block', hint: 'Nothing of it but its size, like data-footfall-block.' },
    ignore: {
      label: 'Ignore fields',
      hint: 'Not even the fact that something was typed is recorded, like data-footfall-ignore.',
    },
  },

  /** Each with what it does, what it costs, and what it may show. */
  extras: {
    extras: 'Record besides the page',
    about: 'All off for a new site. Any of it makes the recorder 4 kB larger, once for each browser.',
    console: {
      label: 'The console',
      hint: 'What scripts write to it, masked like text of the page, shown beside the replay. At most 20 lines a second, some 50 bytes each; words that your own scripts log about a visitor are among them.',
    },
    network: {
      label: 'Requests',
      hint: 'Of fetch and XMLHttpRequest: method, address without secrets, status, time and sizes; never headers or bodies. At most 20 a second, some 50 bytes each. Paths are recorded as they are.',
    },
    canvas: {
      label: 'Canvases',
      hint: 'A small picture of each that is seen, at most once a second while it changes: up to 240 kB a minute. It shows whatever is drawn there, text as well; mask or block a canvas to leave it out. None where all text is masked.',
    },
    fonts: {
      label: 'Web fonts',
      hint: 'Their files, for fonts that other hosts may not load: each once for all visitors, up to 300 kB, then 100 bytes a page. None where all text is masked.',
    },
    media: {
      label: 'Videos and audio',
      hint: 'When they are played, paused and moved, some 60 bytes each time. What they show comes from your site’s address as the recording is watched.',
    },
    frames: {
      label: 'Frames of your other hosts',
      hint: 'Frames of another origin on the site’s domain, or below it, whose page carries this snippet: about as many bytes as a page of its own. Masked by the same rules; not where the frame’s element is masked or blocked.',
    },
  },

  snippet: 'Snippet',
  snippetAbout: 'One line in every page of the site.',
  snippetCheck: (status: string) => (
    <>
      Is it there, and does it arrive? <a href={status}>Check the installation</a>
    </>
  ),

  archive: 'Archive',
  archiveAbout: 'It takes no hits and is out of the way. What was measured stays, and it can be brought back.',
  archiveSite: 'Archive site',
  archived: (domain: string) => `${domain} is archived`,
  bringBack: 'Bring it back',
  countsAgain: (domain: string) => `${domain} counts again`,

  deleteAbout: 'Everything that was measured goes with it.',
  deleteSite: 'Delete site…',
  askDelete: (domain: string) => `Delete ${domain}?`,
  deleteMeans:
    'Its visits, events, goals and recordings are deleted for good, and its snippet stops counting. There is no way back.',
  typeName: (domain: string) => `Type ${domain} to go on`,
  deleteForGood: 'Delete for good',
  deleted: (domain: string) => `${domain} is deleted`,
});
