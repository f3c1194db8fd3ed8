import { plural } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../logs.ts';

export const logs: Translated<typeof english.logs> = {
  logs: 'Konsole und Anfragen',
  kind: 'Art',
  kinds: { all: 'Alle Arten', console: 'Konsole', network: 'Anfragen' },
  level: 'Stufe',
  levels: {
    debug: 'Alle Stufen',
    log: 'Ab log',
    info: 'Ab info',
    warn: 'Warnungen und Fehler',
    error: 'Fehler',
  },
  text: 'Text',
  lines: (n) => plural(n, 'Zeile', 'Zeilen'),
  none: 'So eine Zeile gibt es nicht.',
  request: 'Anfrage',
  uncaught: (error) => `Nicht abgefangen: ${error}`,
  left: (n) => `${n} weitere wurden nicht aufgezeichnet`,
  noMore: 'Mehr davon werden in diesem Besuch nicht aufgezeichnet',
  tooMany: 'es waren zu viele',
  noAnswer: 'keine Antwort',
  sent: (bytes) => `${bytes} gesendet`,
  received: (bytes) => `${bytes} empfangen`,
};
