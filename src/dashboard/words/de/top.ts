import type { Translated } from '../area.ts';
import type * as english from '../top.ts';

export const top: Translated<typeof english.top> = {
  account: 'Konto',
  accountOf: (name) => `Konto von ${name}`,
  systemColours: 'Farben des Systems',
  light: 'Hell',
  dark: 'Dunkel',
  sites: 'Websites',
  keys: 'API-Schlüssel',
  signOut: 'Abmelden',
  notSignedOut: 'Das Abmelden hat nicht geklappt. Besteht eine Verbindung?',
};
