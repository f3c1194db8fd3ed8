import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../installation.tsx';

export const installation: Translated<typeof english.installation> = {
  card: 'Einbau',
  again: 'Noch einmal nachsehen',

  there: 'Ist das Snippet da?',
  page: 'Adresse einer Seite',
  check: 'Seite prüfen',
  found: 'Das Snippet ist da, mit dem Schlüssel dieser Website',
  foundText: 'Sobald jemand die Seite öffnet, kommt es unten an.',
  otherKey: 'Das Snippet ist da, aber mit einem anderen Schlüssel',
  otherKeyText: (key) => (
    <>
      Was diese Seite zählt, geht an eine andere Website, oder nirgendwohin, wenn der Schlüssel vertippt ist. Der
      Schlüssel dieser Website ist <code>{key}</code>.
    </>
  ),
  missing: 'Die Seite kommt ohne das Snippet',
  missingText:
    'Vielleicht fügt ein Tag-Manager es später ein, oder der Client eines anderen Produkts sendet von dort; beides sieht diese Prüfung nicht. Die Seite einmal öffnen und unten nachsehen.',
  refused: 'Die Content-Security-Policy der Seite würde es abweisen',
  refusedText: (directive, origin) => (
    <>
      Die Content-Security-Policy der Seite muss <code>{origin}</code> erlauben; ihr <code>{directive}</code> tut es
      nicht.
    </>
  ),
  unread: 'Die Seite war nicht zu lesen',
  whyUnread: {
    timeout: 'Sie war nicht innerhalb von fünf Sekunden da.',
    unreachable: 'Unter dieser Adresse antwortet nichts, oder ihr Zertifikat ist nicht in Ordnung.',
    status: 'Vielleicht ist sie nur für Browser da, oder für Angemeldete.',
    redirects: 'Sie leitet mehr als dreimal weiter.',
    elsewhere:
      'Sie leitet zu einem Host weiter, der nicht zur Website gehört. Zu prüfen ist die Seite, bei der sie endet.',
    not_html: 'Was dort steht, ist kein HTML.',
  },
  answered: (status) => `Sie antwortete mit ${status}.`,

  arrives: 'Kommt etwas an?',
  lastTaken: 'Zuletzt angenommen',
  lastRefused: 'Zuletzt ausgelassen oder abgelehnt',
  none: 'In den letzten 24 Stunden nichts',

  hosts: 'Von welchen Hosts?',
  hostsCaption: 'Hosts, von denen Besuche der letzten 7 Tage kamen',
  host: 'Host, letzte 7 Tage',
  visits: 'Besuche',
  lastSeen: 'Zuletzt gesehen',
  thisHour: 'diese Stunde',
  inHour: (from) => `${from} oder später in dieser Stunde`,
  foreign: 'nicht die Domain der Website',
  noHosts: 'Keine Besuche in den letzten 7 Tagen.',
  moreHosts: (n) => (n === 1 ? 'Und ein weiterer Host.' : `Und ${exact(n)} weitere Hosts.`),
};
