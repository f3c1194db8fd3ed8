import type { Translated } from '../area.ts';
import type * as english from '../ui.ts';

export const ui: Translated<typeof english.ui> = {
  removeFilter: 'Filter entfernen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  notCopied: 'Der Browser hat das Kopieren nicht erlaubt; bitte den Text selbst markieren.',
  close: 'Schließen',
  notLoaded: 'Dieser Teil ließ sich nicht laden. Besteht eine Verbindung?',
  up: 'plus',
  down: 'minus',
  unchanged: 'unverändert',

  newer: 'Neuere',
  older: 'Ältere',
  rows: (first, last, all) => `${first} bis ${last} von ${all}`,

  tryAgain: 'Erneut versuchen',
  again: 'Neuer Versuch folgt.',
  wentWrong: 'Etwas ist schiefgegangen',
  notFound: 'Nicht gefunden',
  notFoundText: 'Das gibt es nicht, oder es gehört jemand anderem.',
  offline: 'Keine Verbindung',
  offlineText: 'Der Server hat nicht geantwortet. Diese Seite fragt von selbst wieder.',
  tooFast: 'Etwas zu schnell',
  tooFastText: (seconds) =>
    `Zu viele Anfragen. Diese Seite fragt ${seconds ? `in ${seconds} s` : 'von selbst'} wieder.`,
  databaseSilent: 'Die Datenbank antwortet nicht',
  stillCollected:
    'Besuche werden weiter gesammelt, und keiner geht verloren; sie erscheinen, sobald die Datenbank wieder da ist.',
  asksAgain: (seconds) => `Diese Seite fragt ${seconds ? `in ${seconds} s` : 'von selbst'} wieder.`,
};
