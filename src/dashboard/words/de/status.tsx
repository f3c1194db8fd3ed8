import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../status.tsx';

export const status: Translated<typeof english.status> = {
  health: {
    card: 'Zustand',
    notWritten: 'Postgres hat nicht angenommen, was zuletzt geschrieben wurde',
    notWrittenText: (events) =>
      `Nichts ist verloren: ${events === 1 ? 'Ein Ereignis wartet' : `${exact(events)} Ereignisse warten`} an der Edge, Treffer werden weiter angenommen, und das Schreiben wird von selbst wiederholt.`,
    quarantined: (events) =>
      events === 1
        ? 'Ein Ereignis braucht eine Entscheidung'
        : `${exact(events)} Ereignisse brauchen eine Entscheidung`,
    quarantinedText:
      'Postgres hat sie endgültig abgelehnt. Alles, was mit ihnen kam, ist angekommen; sie selbst stehen unten.',
    nothingYet: 'Noch ist nichts angekommen',
    nothingYetText:
      'Keine Anfrage mit dem Schlüssel dieser Website hat Footfall bisher erreicht. Was eine aufhalten kann, steht unten.',
    nothing: 'Seit einem Tag ist nichts angekommen',
    nothingText:
      'In den letzten 24 Stunden hat keine Anfrage mit dem Schlüssel dieser Website Footfall erreicht. Was eine aufhalten kann, steht unten.',
    noneTaken: 'Treffer kommen an, aber seit einem Tag wurde keiner angenommen',
    noneTakenText: 'Warum sie ausgelassen oder abgelehnt wurden, steht unten, und was sich tun lässt.',
    well: 'Alles in Ordnung',
    wellText: (written) => `Was angenommen wurde, ist sicher (zuletzt in Postgres geschrieben: ${written}).`,
    notYetText: 'Was angenommen wurde, ist an der Edge sicher. In Postgres wurde noch nichts geschrieben.',
    lastError: (at) => `Letzter Fehler, ${at}:`,
  },
  anyMoment: 'jeden Moment',
  inMinutes: (n) => `in ${n} min`,
  inHours: (n) => `in ${n} h`,
  waiting: 'Wartet an der Edge',
  eventsOf: (n) => (n === 1 ? 'Ereignis' : 'Ereignisse'),
  sizes: (log, recordings) => `${log ? `${log}, ` : ''}dazu ${recordings} Aufzeichnungen`,
  oldest: 'Ältestes Ereignis',
  since: (at) => `wartet seit ${at}`,
  nothingWaits: 'kein Ereignis wartet',
  lastWritten: 'Zuletzt geschrieben',
  ago: (long) => `vor ${long}`,
  neverYet: 'noch nie',
  nextWritten: 'Nächstes Schreiben',
  nextAt: (at) => `${at}, oder sobald jemand nachsieht`,
  nextHit: 'sobald ein Treffer ankommt',
  collectors: 'Sammler',
  oneCollector: 'genügt für die meisten Websites',
  manyCollectors: 'teilen sich die Last',
  inNone: 'Der Treffer ist nicht dabei?',
  rightKey: (key) => (
    <>
      Das Snippet muss den Schlüssel dieser Website tragen, <code>{key}</code>: Der einer anderen wird dort gezählt, ein
      vertippter nirgends.
    </>
  ),

  counts: {
    card: 'Was aus den Treffern wurde',
    caption: 'Treffer nach dem, was aus ihnen wurde',
    reason: 'Grund',
    hour: 'Diese Stunde',
    day: '24 Stunden',
  },
  fates: {
    accepted: { title: 'Angenommen', about: () => 'Davon geht nichts verloren, was auch ausfällt.' },
    ignored: {
      title: 'Absichtlich ausgelassen',
      about: () => 'Verstanden, freundlich beantwortet, und nicht in den Zahlen.',
    },
    refused: {
      title: 'Abgelehnt',
      about: () => (
        <>
          Mit dem Grund beantwortet, auch im Header <code>X-Footfall-Reason</code>.
        </>
      ),
    },
  },
  reasons: {
    accepted: {
      title: 'Seitenaufrufe und Ereignisse',
      text: 'In den Zahlen, und gespeichert, bevor der Browser seine Antwort hatte.',
    },
    engagement: {
      title: 'Meldungen zur Verweildauer',
      text: 'Angenommen: wie lange eine Seite angesehen wurde, und wie weit.',
    },
    replay_chunk: {
      title: 'Stücke von Aufzeichnungen',
      text: 'Angenommen, und einen Moment später in der Aufzeichnung des Besuchs.',
    },

    bot: {
      title: 'Von einem Bot',
      text: 'Aufbewahrt, aber getrennt von allen Zahlen; jeder Bericht kann ihn auch mitzählen. Was einen Bot verrät und wie schwer das wiegt, steht in den Einstellungen.',
    },
    duplicate: {
      title: 'Doppelt angekommen',
      text: 'Derselbe Treffer noch einmal, von einem Browser oder Proxy erneut gesendet. Der erste zählt; zu tun ist nichts.',
    },
    gpc: {
      title: 'Will nicht verfolgt werden',
      text: 'Der Browser sendet Global Privacy Control: Brave und DuckDuckGo tun das von selbst. Die Einstellungen sagen, ob das beachtet wird.',
    },
    dnt: {
      title: 'Will nicht verfolgt werden (Do Not Track)',
      text: 'Der Browser sendet Do Not Track, und laut den Einstellungen wird das beachtet.',
    },
    archived: {
      title: 'Die Website ist archiviert',
      text: 'Sie nimmt nichts an, bis sie zurückgeholt wird; das geht in den Einstellungen.',
    },
    excluded_self: {
      title: 'Eigener Browser',
      text: 'Er trägt die Markierung, mit der Betreiber ihre eigenen Besuche auslassen.',
    },
    excluded_address: {
      title: 'Von einer ausgeschlossenen Adresse',
      text: 'Die eigene oder eine, die in den Einstellungen ausgeschlossen ist. Dort lässt sie sich auch wieder zählen.',
    },
    excluded_country: {
      title: 'Aus einem ausgeschlossenen Land',
      text: 'Die Einstellungen sagen, welche Länder ausgeschlossen sind.',
    },
    excluded_hostname: {
      title: 'Auf einem ausgeschlossenen Hostnamen',
      text: 'Eine Kopie der Website, die in den Einstellungen ausgeschlossen ist, etwa eine zum Testen.',
    },
    excluded_path: {
      title: 'Auf einer ausgeschlossenen Seite',
      text: 'Der Pfad passt auf einen, der in den Einstellungen ausgeschlossen ist.',
    },
    too_old: {
      title: 'Zu alt',
      text: 'Er wartete mehr als einen Tag im Browser, bevor er gesendet werden konnte, und hätte Tage verändert, die längst gelesen sind.',
    },
    no_page_view: {
      title: 'Ohne Seitenaufruf',
      text: 'Verweildauer auf einer Seite, deren Aufruf nie ankam: unterwegs aufgehalten oder aus einem der Gründe unten abgelehnt.',
    },

    invalid: {
      title: 'Nicht, wie ein Treffer sein soll',
      text: 'Ein Feld fehlt oder hat einen Wert der falschen Art. Die Antwort auf die Anfrage nennt es. Zu prüfen sind die eigenen Aufrufe von footfall().',
    },
    malformed_json: {
      title: 'Kein JSON',
      text: 'Der Inhalt war nicht lesbar: unterwegs abgeschnitten oder von etwas anderem als dem Snippet erzeugt.',
    },
    malformed_chunk: {
      title: 'Kein Stück einer Aufzeichnung',
      text: 'Der Inhalt war nicht lesbar. Vielleicht verändert ein Proxy vor der Website, was durch ihn geht.',
    },
    bad_request: {
      title: 'Unvollständig',
      text: 'Ein Pixel ohne die Adresse seiner Seite. Sie lässt sich als ?u=… mitgeben, oder der Browser sendet einen Referrer.',
    },
    body_too_large: {
      title: 'Zu groß',
      text: 'Mehr auf einmal, als eine Anfrage tragen darf. Kleinere Eigenschaften oder weniger Ereignisse zusammen senden.',
    },
    too_many_requests: {
      title: 'Zu viele auf einmal',
      text: 'Ein Besucher oder alle zusammen haben schneller gesendet, als eine Website darf. Browser behalten solche Treffer und senden sie später.',
    },
    site_deleted: { title: 'Website gelöscht', text: 'Er kam an, während die Website gelöscht wurde.' },
    internal: {
      title: 'Ein Fehler von Footfall',
      text: 'Hier ist etwas kaputtgegangen. Was, sagt das Log des Workers; Browser behalten solche Treffer und senden sie später.',
    },
  },

  quarantine: {
    card: 'Quarantäne',
    empty:
      'Leer. Ein Ereignis, das Postgres endgültig ablehnt, wird hier mit dem Grund beiseitegelegt, damit alles ankommt, was mit ihm kam. Von hier aus lässt es sich freigeben oder verwerfen.',
    newest: (shown, all) => `Die neuesten ${exact(shown)} von ${exact(all)}.`,
    underWay: (nth, all) => `${exact(nth)} von ${exact(all)} …`,
    release: 'Freigeben',
    releaseOf: (title) => `Freigeben: ${title}`,
    releaseAll: 'Alle freigeben',
    released: (events) =>
      events === 1 ? 'Freigegeben: Es ist in den Zahlen' : `${exact(events)} Ereignisse freigegeben`,
    refusedAgain: 'Postgres hat wieder abgelehnt: bleibt in Quarantäne',
    someRefused: (landed, back) => `${exact(landed)} freigegeben, ${exact(back)} wieder abgelehnt`,
    drop: 'Verwerfen',
    askDrop: 'Verwerfen…',
    dropOf: (title) => `Verwerfen: ${title}`,
    dropAll: 'Alle verwerfen…',
    dropTitle: (events) => (events === 1 ? 'Dieses Ereignis verwerfen?' : `${exact(events)} Ereignisse verwerfen?`),
    dropMeans: (events) =>
      events === 1
        ? 'Es ist endgültig fort und in keiner Zahl. Was mit ihm kam, ist längst angekommen und bleibt.'
        : 'Sie sind endgültig fort und in keiner Zahl. Was mit ihnen kam, ist längst angekommen und bleibt.',
    keep: () => 'Behalten',
    dropped: (events) => (events === 1 ? 'Verworfen' : `${exact(events)} Ereignisse verworfen`),
    withoutBytes: 'Ohne seine Bytes aufbewahrt',
    whole: 'Das ganze Ereignis',
  },
  held: {
    recording: 'Ein Stück einer Aufzeichnung',
    engagement: 'Verweildauer auf einer Seite',
    engaged: (long) => `${long} angesehen`,
    scrolled: (percent) => `${percent} % gescrollt`,
    view: (page) => `Aufruf von ${page}`,
    event: 'Ein Ereignis',
    on: (event, page) => `${event} auf ${page}`,
    more: (n) => `${n} weitere`,
  },
  meant: {
    22: 'Ein Wert passt nicht dorthin, wo er hingehört.',
    23: 'Es widerspricht dem, was schon gespeichert ist.',
    54: 'Es ist größer, als Postgres fassen kann.',
  },
  refused: 'Postgres hat es abgelehnt.',
};
