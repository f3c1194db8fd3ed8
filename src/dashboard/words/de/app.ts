import type * as english from '../app.ts';
import type { Translated } from '../area.ts';

export const app: Translated<typeof english.app> = {
  titles: {
    sites: 'Websites',
    signIn: 'Anmelden',
    setup: 'Willkommen',
    keys: 'API-Schlüssel',
    overview: 'Übersicht',
    visits: 'Besuche',
    visit: 'Besuch',
    live: 'Live',
    goals: 'Ziele',
    status: 'Status',
    settings: 'Einstellungen',
    heatmap: 'Heatmap',
    recordings: 'Aufzeichnungen',
    recording: 'Aufzeichnung',
    watched: 'Wer was angesehen hat',
  },
  noPage: 'Diese Seite gibt es nicht',
  noPageText: 'Vielleicht ist die Adresse vertippt, oder was sie zeigte, wurde gelöscht.',
  toSites: 'Zu den Websites',
  notLoaded: 'Diese Seite ließ sich nicht laden',
  broke: 'Diese Seite ist abgestürzt',
};
