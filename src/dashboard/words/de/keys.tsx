import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../keys.tsx';

export const keys: Translated<typeof english.keys> = {
  keys: 'API-Schlüssel',
  about: 'Für Programme, die in Ihrem Namen fragen. Jeder gilt für alle Ihre Websites.',
  newKey: 'Neuer Schlüssel',
  inForce: 'Gültige Schlüssel',
  none: 'Noch kein Schlüssel',
  noneText: () => (
    <>
      Mit einem Schlüssel liest oder ändert ein Skript oder ein anderes Werkzeug, was dieses Dashboard zeigt. Gesendet
      wird er als <code>Authorization: Bearer SCHLÜSSEL</code>.
    </>
  ),
  used: (ago) => `Zuletzt benutzt: ${ago}`,
  meanwhile: 'Ihre Schlüssel bleiben und gelten wieder, sobald die Datenbank antwortet.',
  neverUsed: 'Nie benutzt',
  made: (day) => `Angelegt am ${day}`,
  revoked: (day) => `Widerrufen am ${day}`,
  revokedKeys: 'Widerrufene Schlüssel',
  countRevoked: (n) => `${exact(n)} ${n === 1 ? 'widerrufener' : 'widerrufene'} Schlüssel`,

  newTitle: 'Neuer API-Schlüssel',
  nameExample: 'Wochenbericht',
  nameHint: 'Wofür er ist, damit später klar ist, welcher zu widerrufen ist.',
  may: 'Er darf',
  scopes: {
    read: { label: 'Lesen', hint: 'Zahlen, Ziele und Aufzeichnungen.' },
    write: { label: 'Lesen und schreiben', hint: 'Auch Websites und Ziele: anlegen, ändern, löschen.' },
  },
  create: 'Schlüssel anlegen',
  ready: (name) => `„${name}“ ist bereit`,
  copyNow:
    'Den Schlüssel jetzt kopieren. Hier bleibt nur sein Fingerabdruck: Noch einmal anzeigen lässt er sich nicht.',
  theKey: 'Der Schlüssel',
  tryIt: 'Ausprobieren',
  command: 'Ein Befehl, der nach Ihren Websites fragt',
  done: 'Fertig',

  revoke: 'Widerrufen',
  askRevoke: (name) => `„${name}“ widerrufen?`,
  revokeMeans:
    'Was diesen Schlüssel benutzt, wird von jetzt an abgewiesen. Ein widerrufener Schlüssel lässt sich nicht zurückholen.',
  isRevoked: (name) => `„${name}“ ist widerrufen`,
};
