import type { Translated } from '../area.ts';
import type * as english from '../door.tsx';

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
  noMatch: 'E-Mail und Passwort passen nicht zusammen.',
  forgotten: () => (
    <>
      Passwort vergessen? Wer diese Installation betreibt, kann ein neues setzen, mit <code>npm run password</code>.
    </>
  ),

  welcome: 'Willkommen bei Footfall',
  noOwner:
    'Diese Installation gehört noch niemandem. Legen Sie das Konto an, dem sie gehört; danach kann das niemand sonst.',
  whereKept: 'Ihr Konto liegt in Ihrer eigenen Datenbank und nirgends sonst.',
  yourName: 'Ihr Name',
  emailHint: 'Zum Anmelden; gesendet wird nichts dorthin.',
  create: 'Konto anlegen',
  hasOwner: 'Diese Installation hat schon einen Besitzer. Bitte anmelden.',
};
