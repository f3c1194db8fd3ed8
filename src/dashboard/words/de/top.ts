import type { Translated } from '../area.ts';
import type * as english from '../top.ts';

export const top: Translated<typeof english.top> = {
  account: 'Konto',
  accountOf: (name) => `Konto von ${name}`,
  colours: 'Farben',
  systemColours: 'Wie das System',
  light: 'Hell',
  dark: 'Dunkel',
  language: 'Sprache',
  sites: 'Websites',
  keys: 'API-Schlüssel',
  signOut: 'Abmelden',
  notSignedOut: 'Das Abmelden hat nicht geklappt. Besteht eine Verbindung?',
};
