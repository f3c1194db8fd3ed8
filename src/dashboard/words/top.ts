import { area } from './area.ts';

/** The first row of every page. */
export const top = area('top', {
  account: 'Account',
  accountOf: (name: string) => `Account of ${name}`,
  colours: 'Colours',
  systemColours: 'Same as the system',
  light: 'Light',
  dark: 'Dark',
  language: 'Language',
  sites: 'Sites',
  keys: 'API keys',
  signOut: 'Sign out',
  notSignedOut: 'Signing out did not work. Is the network up?',
});
