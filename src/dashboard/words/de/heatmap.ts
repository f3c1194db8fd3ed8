import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../heatmap.ts';

const besuche = (n: number) => (n === 1 ? '1 Besuch' : `${exact(n)} Besuche`);
const besuchen = (n: number) => (n === 1 ? '1 Besuch' : `${exact(n)} Besuchen`);

export const heatmap: Translated<typeof english.heatmap> = {
  whichPage: 'Heatmap welcher Seite?',
  visitors: 'Besucher',
  nobody: 'Niemand hat hier eine Seite gesehen',
  nobodyText: 'Kein Besuch dieses Zeitraums passt zu den Filtern.',
  anotherPage: 'Andere Seite',
  mapOf: 'Heatmap von',

  drawn: 'Was gezeichnet wird',
  maps: { clicks: 'Klicks', dead_clicks: 'Tote Klicks', rage_clicks: 'Wutklicks', scroll: 'Scrolltiefe' },
  byDevice: 'Art des Geräts',
  devices: { Desktop: 'Desktop', Mobile: 'Smartphone', Tablet: 'Tablet' },

  picture: 'Bild der Seite',
  itsRecording: 'Zur Aufzeichnung',
  anotherPicture: 'Anderes Bild',
  firstPicture: 'Das erste Bild',
  noPicture: 'Kein Bild dieser Seite',
  noMorePictures: 'Das waren alle Besuche, die sie zeigen.',
  noneShowsIt: 'Keine Aufzeichnung dieses Zeitraums zeigt sie. Was gezählt wurde, steht daneben.',
  pictureGone: 'Dieses Bild ist gelöscht oder nicht lesbar. Ein anderes zeigt die Seite vielleicht.',
  pictureAway: 'Das Bild ist nicht gekommen: Der Server hat nicht geantwortet.',
  sawThis: (share) => `${share} haben das gesehen`,
  fold: 'Mittlere Fensterhöhe',

  found: {
    clicks: (n) => (n === 1 ? '1 Klick' : `${exact(n)} Klicks`),
    dead_clicks: (n) => (n === 1 ? '1 toter Klick' : `${exact(n)} tote Klicks`),
    rage_clicks: (n) => (n === 1 ? '1 Wutklick' : `${exact(n)} Wutklicks`),
  },
  inVisits: (found, visits) =>
    `${found} in ${visits === 1 ? '1 aufgezeichneten Besuch' : `${exact(visits)} aufgezeichneten Besuchen`}`,
  elements: 'Elemente, die meistgeklickten zuerst',
  visits: (n) => `in ${besuchen(n)}`,
  elsewhere: 'nicht in diesem Bild',

  told: (visits) =>
    `Wie weit hinunter ${visits === 1 ? '1 Besuch kam' : `${exact(visits)} Besuche kamen`}, aufgezeichnet oder nicht.`,
  depth: 'Bis zu',
  share: 'Anteil',
  howMany: 'Besuche',

  noneByDevice: (device) => `Kein aufgezeichneter Besuch mit ${device}`,
  noneByDeviceText: 'In diesem Zeitraum und mit diesen Filtern wurde so kein Besuch dieser Seite aufgezeichnet.',
  byOther: (visits, device) => `${besuche(visits)} mit ${device}`,
  off: 'Es wird nichts aufgezeichnet',
  offText:
    'Klicks stammen aus aufgezeichneten Besuchen und werden über ein Bild aus einem davon gezeichnet. Welcher Anteil aufgezeichnet wird, steht in den Einstellungen.',
  toSettings: 'Zu den Einstellungen',
  none: 'Keine Aufzeichnungen dieser Seite',
  noneText:
    'In diesem Zeitraum passt keine. Klicks werden ab dem Tag aufgezeichnet, an dem die Seiten das aktuelle Skript laden.',
  clear: 'Filter löschen',
  allTime: 'Gesamten Zeitraum ansehen',
};
