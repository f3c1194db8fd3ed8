import { exact, plural } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../overview.tsx';

export const overview: Translated<typeof english.overview> = {
  region: 'Zahlen im Verlauf',
  numbers: 'Zahlen',
  metrics: {
    visitors: 'Besucher',
    visits: 'Besuche',
    pageviews: 'Seitenaufrufe',
    bounce_rate: 'Absprungrate',
    visit_duration: 'Besuchsdauer',
    goal: 'Conversions',
  },
  counted: {
    visitors: 'Besucher',
    visits: 'Besuche',
    pageviews: 'Seitenaufrufe',
    bounce_rate: 'Absprungrate',
    visit_duration: '',
  },
  visitsBehind: (label) => `Die Besuche hinter ${label}`,
  visitsBehindIt: 'Die Besuche dahinter',
  visits: 'Besuche',
  firstGoal: 'Ein erstes Ziel setzen',
  anotherGoal: 'Anderes Ziel',
  rate: (percent) => `${percent} der Besucher`,
  onThesePages:
    'Nur Conversions auf den gefilterten Seiten selbst. Um die von Besuchen zu zählen, die dort begannen, nach Einstiegsseite filtern.',

  chart: {
    overTime: (label) => `${label} im Verlauf`,
    slider: (label) =>
      `${label} im Verlauf. Pfeiltasten lesen vor, mit Umschalt markieren sie einen Zeitraum, Enter zeigt ihn näher, V öffnet die Besuche, N vermerkt, was war.`,
    marked: (from, point) => `${from} bis ${point}`,
    nothingYet: 'noch nichts',
    before: (value) => `davor ${value}`,
    someVisits: (n) => plural(n, 'Besuch', 'Besuche'),
    theVisits: 'Die Besuche',
    time: 'Zeit',
    compared: 'Verglichen mit',
    happened: 'Was war',
  },

  bots: {
    share: (percent) => `${percent} der Besuche kamen von Bots`,
    none: 'Keine Besuche von Bots',
    why: 'warum',
    leaveOut: 'nicht mitzählen',
    count: 'mitzählen',
  },

  cards: {
    sources: 'Woher Besucher kamen',
    pages: 'Was Besucher sahen',
    places: 'Wo Besucher sind',
    tech: 'Was Besucher benutzen',
    props: 'Eigenschaften',
  },
  tabs: { entry: 'Einstieg', exit: 'Ausstieg', title: 'Titel', map: 'Karte' },
  more: 'Mehr',
  ofVisitors: 'Besucher',
  all: (total, many) => `Alle ${exact(total)} ${many}`,
  nobodyFits: 'Niemand passt in diesem Zeitraum zu diesen Filtern',
  nobodyFitsText: 'In einem anderen Zeitraum vielleicht schon.',
  clear: 'Filter entfernen',
  noTag: 'Kein Besuch kam mit dieser Kennung. Mit utm_… an geteilten Links erscheinen sie hier.',
  none: (many) => `Keine ${many} in diesem Zeitraum.`,
  row: {
    visits: (n) => (n === null ? 'Besuche' : plural(n, 'Besuch', 'Besuche')),
    heatmap: 'Heatmap',
    recordings: 'Aufzeichnungen',
    recorded: 'aufgezeichnet',
    of: (name) => `zu ${name}`,
  },

  noProperties: 'Keine Eigenschaften in diesem Zeitraum',
  noPropertiesText: (example) => (
    <>
      Worum es bei einem Ereignis geht, lässt sich mitsenden, <code>{example}</code>, und wird hier gezählt.
    </>
  ),

  friction: 'Reibung',
  ofRecorded: (n) => `von ${exact(n)} aufgezeichneten`,
  recordingOff: 'Es wird nichts aufgezeichnet',
  nothingRecorded: 'Hier ist nichts aufgezeichnet',
  frictionText: 'Fehler, Wutklicks und dergleichen werden gefunden, wo ein Besuch aufgezeichnet wird.',
  recordedVisits: 'aufgezeichnete Besuche',

  recordings: {
    newest: 'Neueste Aufzeichnungen',
    all: (n) => `Alle ${exact(n)}`,
    someVisit: 'Ein Besuch',
    toSettings: 'Zu den Einstellungen',
    offText:
      'In den Einstellungen steht, welcher Anteil der Besuche aufgezeichnet wird; was getippt wird, bleibt maskiert.',
    none: 'Keine Aufzeichnungen hier',
    noneFits: 'In diesem Zeitraum wurde kein Besuch aufgezeichnet, der zu diesen Filtern passt.',
    noneYet: 'Ein Besuch erscheint hier einige Sekunden nach seiner ersten Seite.',
  },
};
