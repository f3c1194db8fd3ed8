import { exact, plural } from '../format.ts';
import { area } from './area.ts';

/** A site's numbers, their line, and the cards below. */
export const overview = area('overview', {
  region: 'Numbers over time',
  numbers: 'Numbers',
  metrics: {
    visitors: 'Visitors',
    visits: 'Visits',
    pageviews: 'Page views',
    bounce_rate: 'Bounce rate',
    visit_duration: 'Visit duration',
    goal: 'Conversions',
  },
  /** Behind a number: 18,204 visitors. A duration says itself what it is. */
  counted: {
    visitors: 'visitors',
    visits: 'visits',
    pageviews: 'page views',
    bounce_rate: 'bounce rate',
    visit_duration: '',
  },
  visitsBehind: (label: string) => `The visits behind ${label}`,
  visitsBehindIt: 'The visits behind it',
  visits: 'visits',
  firstGoal: 'Set a first goal',
  anotherGoal: 'Another goal',
  rate: (percent: string) => `${percent} of visitors`,
  onThesePages:
    'Only conversions on the filtered pages themselves. To count those of visits that began there, filter by entry page.',

  chart: {
    overTime: (label: string) => `${label} over time`,
    slider: (label: string) =>
      `${label} over time. Arrow keys read it out, with Shift they mark a range, Enter looks closer, V opens the visits, N says what happened.`,
    marked: (from: string, point: string) => `${from} to ${point}`,
    nothingYet: 'nothing yet',
    before: (value: string) => `before ${value}`,
    someVisits: (n: number) => plural(n, 'visit'),
    theVisits: 'The visits',
    time: 'Time',
    compared: 'Compared with',
    happened: 'What happened',
  },

  bots: {
    share: (percent: string) => `${percent} of visits were bots`,
    none: 'No bot visits',
    why: 'why',
    leaveOut: 'leave them out',
    count: 'count them, too',
  },

  cards: {
    sources: 'Where visitors came from',
    pages: 'What visitors saw',
    places: 'Where visitors are',
    tech: 'What visitors use',
    props: 'Properties',
  },
  /** Tabs that aren't called what they list. */
  tabs: { entry: 'Entry', exit: 'Exit', title: 'Titles', map: 'Map' },
  more: 'More',
  ofVisitors: 'Visitors',
  all: (total: number, many: string) => `All ${exact(total)} ${many}`,
  nobodyFits: 'Nobody fits these filters in this range',
  nobodyFitsText: 'Another range may have somebody who does.',
  clear: 'Clear the filters',
  noTag: 'No visit came with this tag. Add utm_… to the links you share, and they show here.',
  none: (many: string) => `No ${many} in this range.`,
  row: {
    visits: (n: number | null) => (n === null ? 'visits' : plural(n, 'visit')),
    heatmap: 'heat map',
    recordings: 'recordings',
    recorded: 'recorded',
    of: (name: string) => `of ${name}`,
  },

  noProperties: 'No properties in this range',
  noPropertiesText: (example: string) => (
    <>
      Send what an event is about along with it, <code>{example}</code>, and it is counted here.
    </>
  ),

  friction: 'Friction',
  ofRecorded: (n: number) => `of ${exact(n)} recorded`,
  recordingOff: 'Recording is off',
  nothingRecorded: 'Nothing recorded here',
  frictionText: 'Errors, rage clicks and the like are found where a visit is recorded.',
  recordedVisits: 'recorded visits',

  recordings: {
    newest: 'Newest recordings',
    all: (n: number) => `All ${exact(n)}`,
    someVisit: 'A visit',
    toSettings: 'To the settings',
    offText: 'Choose in the settings which share of visits to record; what is typed stays masked.',
    none: 'No recordings here',
    noneFits: 'None of the visits that fit these filters was recorded in this range.',
    noneYet: 'A visit shows up here some seconds after its first page.',
  },
});
