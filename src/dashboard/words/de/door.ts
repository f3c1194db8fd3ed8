import type { Translated } from '../area.ts';
import type * as english from '../door.ts';

export const door: Translated<typeof english.door> = {
  email: 'E-Mail',
  password: 'Passwort',
  show: 'Anzeigen',
  hide: 'Verbergen',
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
  tryAgainIn: (seconds) => `Erneut in ${seconds} s`,

  signInTo: 'Bei Footfall anmelden',
  signIn: 'Anmelden',

  welcome: 'Willkommen bei Footfall',
  noOwner: 'Diese Installation gehört noch niemandem. Machen Sie sich zum Besitzer; danach kann das niemand sonst.',
  whereKept: 'Ihr Konto liegt in Ihrer eigenen Datenbank und nirgends sonst.',
  yourName: 'Ihr Name',
  emailHint: 'Zum Anmelden; gesendet wird nichts dorthin.',
  create: 'Besitzer anlegen',
  hasOwner: 'Diese Installation hat schon einen Besitzer. Bitte anmelden.',
};
