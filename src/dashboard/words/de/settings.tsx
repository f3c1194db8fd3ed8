import { exact } from '../../format.ts';
import type { Translated } from '../area.ts';
import type * as english from '../settings.tsx';

export const settings: Translated<typeof english.settings> = {
  saved: 'Gespeichert',
  unsaved: 'Nicht gespeicherte Änderungen',
  discard: 'Verwerfen',
  none: 'keine',
  pathsHint: 'Ein Pfad je Zeile. * steht für alles außer einem Schrägstrich, ** für alles.',

  site: 'Website',
  siteAbout: 'Wie sie in Footfall heißt, und wann ihre Tage beginnen.',
  weekStart: 'Erster Tag der Woche',
  weekStartHint: 'Wo Zahlen nach Wochen gefragt sind.',
  umami: 'Website-ID bei Umami',
  umamiHint:
    'Seiten, die noch Umamis Skript tragen, können es hierher richten: Das ist dessen data-website-id. Plausibles Skript braucht nur die Domain.',

  visitors: 'Besucher',
  visitorsAbout: 'Wie ein Besucher vom anderen unterschieden wird, und was eine Seite ist.',
  toldApart: 'Besucher werden unterschieden',
  modes: {
    persistent: {
      label: 'Wiederkehrende Besucher erkennen',
      hint: 'Im Browser des Besuchers wird eine Zufallszahl gespeichert. Je nach Land ist er vorher zu fragen.',
    },
    cookieless: {
      label: 'Ohne etwas im Browser zu speichern',
      hint: 'Ein Besucher ist einen Tag lang derselbe und am nächsten ein neuer: Eindeutige Besucher eines Monats werden nach Tagen gezählt.',
    },
  },
  hash: 'Seiten hinter # zählen',
  hashHint: 'Für Single-Page-Anwendungen, deren Adressen aussehen wie example.com/#/pricing.',
  gpc: 'Global Privacy Control beachten',
  gpcHint: 'Besucher, deren Browser nicht verfolgt werden will, werden ausgelassen und nie aufgezeichnet.',
  dnt: 'Do Not Track beachten',
  dntHint:
    'Der ältere Wunsch derselben Art. Nur wenige Browser äußern ihn noch, und die meisten, die ihn senden, haben ihn nie gewählt.',
  consent: 'Auf Einwilligung warten',
  consentHint:
    'Nichts wird gesendet und nichts gespeichert, bevor die Seite footfall.consent(true) aufruft; footfall.consent(false) nimmt es zurück.',
  hashIdentify: 'Identifizierte nur als Hash speichern',
  hashIdentifyHint:
    "footfall.identify('…') macht aus mehreren Browsern einen Besucher, und niemand kann den Namen lesen. Sonst tragen Ereignisse den Namen als ihre Eigenschaft user.",

  bots: 'Bots',
  botsAbout:
    'Programme werden getrennt gehalten: gespeichert mit dem, was sie verraten hat, und nur auf Wunsch in den Zahlen.',

  leftOut: 'Ausgeschlossen',
  leftOutAbout: (status) => (
    <>
      Treffer, die beantwortet, auf der <a href={status}>Statusseite</a> gezählt und nirgends gespeichert werden. Gilt
      von nun an: Was gezählt wurde, bleibt.
    </>
  ),
  exclude: {
    pages: 'Seiten',
    hostnames: 'Hostnamen',
    hostnamesHint: 'Einer je Zeile, ohne www. *.example.com steht für jeden darunter.',
    countries: 'Länder',
    addCountry: 'Ein Land ausschließen…',
    takeIn: 'Wieder zählen',
    ownVisits: 'Eigene Besuche',
    isExcluded: 'Wer von der Adresse kommt, die Sie gerade haben, ist ausgeschlossen.',
    isCounted: 'Alle ausschließen, die von der Adresse kommen, die Sie gerade haben: Sie und alle an Ihrem Anschluss.',
    notKept: 'Die Adresse selbst wird nirgends gespeichert, nur ein daraus gebildetes Kennzeichen.',
    excludeMine: 'Meine Adresse ausschließen',
    excludedMine: 'Ihre Besuche sind ausgeschlossen',
    countMine: 'Meine Adresse wieder zählen',
    countedMine: 'Ihre Besuche zählen wieder',
    others: (n) =>
      n === 1 ? 'Eine weitere Adresse ist ausgeschlossen' : `${exact(n)} weitere Adressen sind ausgeschlossen`,
    countAll: 'Alle wieder zählen',
    countedAll: 'Alle Adressen zählen wieder',
    ownBrowser: 'Eigener Browser',
    ownBrowserText:
      'Einen eigenen Browser ausschließen, wo er auch ist: die Website darin einmal über diesen Link öffnen. Das Kennzeichen bleibt in diesem Browser, eines je Hostname der Website.',
    excludeBrowser: 'Diesen Browser ausschließen',
    countBrowser: 'Wieder zählen',
    byScript: () => (
      <>
        Oder in einer eigenen Seite, die weiß, wer da ist, oder in der Konsole: <code>footfall.ignore()</code> und{' '}
        <code>footfall.ignore(false)</code>.
      </>
    ),
  },

  watchedFor: 'Beobachtet',
  watchedForAbout:
    'Was das Snippet neben Seitenaufrufen von selbst meldet. Eine Änderung hier erreicht Besucher binnen fünf Minuten.',
  track: {
    titles: {
      label: 'Seitentitel',
      hint: 'Wie eine Seite heißt, für die Liste der Seiten nach Titeln. Ausschalten, wenn Titel Personen oder Bestellungen nennen: Dann wird keiner behalten.',
    },
    outbound: {
      label: 'Ausgehende Links',
      hint: 'Ein Klick auf einen Link zu einem anderen Host ist das Ereignis „Outbound Link: Click“ mit dessen url.',
    },
    downloads: {
      label: 'Downloads',
      hint: 'Ein Klick auf einen Link zu einer Datei (PDF, ZIP, Audio, Video …) ist das Ereignis „File Download“ mit deren url.',
    },
    forms: {
      label: 'Formulare',
      hint: 'Ein abgeschicktes Formular ist das Ereignis „Form: Submission“. Was hineingetippt wurde, wird nie gelesen.',
    },
    tagged: {
      label: 'Gekennzeichnete Elemente',
      hint: 'Ein Klick auf ein Element mit data-footfall-event="…" ist ein Ereignis dieses Namens, seine data-footfall-prop-… sind dessen Eigenschaften.',
    },
    vitals: {
      label: 'Web Vitals',
      hint: 'Wie schnell eine Seite für ihren Besucher war, als Ereignis „Web Vitals“. Ein kleines Skript mehr, nach der Seite geladen.',
    },
    errors: {
      label: 'Skriptfehler',
      hint: 'Was im Browser eines Besuchers fehlschlägt, ist das Ereignis „Script Error“ mit seiner Meldung. Ein kleines Skript mehr, nach der Seite geladen.',
    },
  },

  recordings: 'Aufzeichnungen',
  recordingsAbout:
    'Maskiert wird im Browser der Besucher: Was maskiert ist, verlässt ihn nie. Eine Änderung hier erreicht sie binnen fünf Minuten.',
  record: 'Aufzeichnen',
  recordNone: 'Keinen Besuch',
  recordAll: 'Jeden Besuch',
  recordShare: (percent) => `${percent} der Besuche`,
  recordDays: 'Aufzeichnungen aufbewahren, in Tagen',
  recordDaysNone: 'bis jemand sie löscht',
  recordDaysHint: 'Ältere werden einmal am Tag endgültig gelöscht. Die Besuche bleiben in den Zahlen.',
  pictureHosts: 'Was aufgezeichnete Seiten zeigen, nur von diesen Hosts laden',
  pictureHostsNone: 'von überall, wo die Seiten es haben',
  pictureHostsHint:
    'Bilder, Stylesheets und Schriften lädt, wer zusieht. Ein Host pro Zeile, *.example.com für alle darunter; ohne Angabe alle Hosts.',
  recording: {
    seconds: 'Nur Besuche ab dieser Dauer, in Sekunden',
    secondsHint: 'Ein kürzerer sendet nichts von einer Aufzeichnung.',
    when: 'Nur wenn etwas geschieht',
    whenHint: 'Ohne Auswahl vom Anfang des Besuchs an. Die Seite kann auch footfall.record() aufrufen.',
    triggers: {
      error: 'Ein Skriptfehler',
      rage_click: 'Ein Wutklick',
      dead_click: 'Ein toter Klick',
      quick_back: 'Ein schneller Rücksprung',
      abandoned_form: 'Ein abgebrochenes Formular',
      slow_interaction: 'Eine langsame Reaktion',
      event: 'Jedes eigene Ereignis',
    },
    whenEvents: 'Eines dieser eigenen Ereignisse',
    whenEventsHint: 'Ein Name je Zeile, wie die Seite es sendet, etwa signup.',
    before: 'Mit den Sekunden davor',
    beforeHint: 'Bis dahin im Speicher des Browsers.',
    pages: 'Nur aufzeichnen auf',
    pagesNone: 'jeder Seite',
    countries: 'Nur aufzeichnen in',
    countriesNone: 'jedem Land',
    addCountry: 'Ein Land hinzufügen…',
    takeOut: 'Entfernen',
  },
  masking: {
    text: 'Maskiert',
    textHint: 'Maskiertes wird als Sternchen aufgezeichnet.',
    texts: {
      inputs: 'Was getippt oder gewählt wird',
      all: 'Aller Text der Seite',
      none: 'Nur Passwörter, Karten und Codes',
    },
    mask: {
      label: 'Außerdem maskieren',
      hint: 'CSS-Selektoren, durch Kommas getrennt; wie data-footfall-mask in der Seite.',
    },
    unmask: {
      label: 'Nicht maskieren',
      hint: 'Wie data-footfall-unmask. Passwörter, Karten und Codes bleiben verborgen.',
    },
    block: { label: 'Blockieren', hint: 'Davon nichts als die Größe, wie data-footfall-block.' },
    ignore: {
      label: 'Felder nicht beobachten',
      hint: 'Nicht einmal, dass etwas getippt wurde, wird aufgezeichnet, wie data-footfall-ignore.',
    },
  },

  extras: {
    extras: 'Außer der Seite aufzeichnen',
    about:
      'Für eine neue Website ist nichts davon an. Jede Auswahl macht den Rekorder um 4 kB größer, einmal je Browser.',
    console: {
      label: 'Die Konsole',
      hint: 'Was Skripte hineinschreiben, maskiert wie Text der Seite, gezeigt neben der Wiedergabe. Höchstens 20 Zeilen je Sekunde, je etwa 50 Byte; darunter auch, was eigene Skripte über einen Besucher ausgeben.',
    },
    network: {
      label: 'Anfragen',
      hint: 'Von fetch und XMLHttpRequest: Methode, Adresse ohne Geheimes, Status, Dauer und Größen; nie Header oder Inhalte. Höchstens 20 je Sekunde, je etwa 50 Byte. Pfade werden aufgezeichnet, wie sie sind.',
    },
    canvas: {
      label: 'Canvas-Elemente',
      hint: 'Ein kleines Bild von jedem sichtbaren, höchstens einmal je Sekunde, solange es sich ändert: bis zu 240 kB je Minute. Es zeigt alles, was dort gezeichnet ist, auch Text; wird ein Canvas maskiert oder blockiert, fehlt es. Keine, wo aller Text maskiert ist.',
    },
    fonts: {
      label: 'Webschriften',
      hint: 'Ihre Dateien, für Schriften, die andere Hosts nicht laden dürfen: jede einmal für alle Besucher, bis zu 300 kB, danach 100 Byte je Seite. Keine, wo aller Text maskiert ist.',
    },
    media: {
      label: 'Videos und Audio',
      hint: 'Wann sie abgespielt, angehalten und gespult werden, je etwa 60 Byte. Was sie zeigen, kommt beim Ansehen der Aufzeichnung von der Adresse der Website.',
    },
    frames: {
      label: 'Frames Ihrer anderen Hosts',
      hint: 'Frames von einem anderen Ursprung auf der Domain der Website oder darunter, deren Seite dieses Snippet trägt: etwa so viele Byte wie eine eigene Seite. Maskiert nach denselben Regeln; nicht, wo das Element des Frames maskiert oder blockiert ist.',
    },
  },

  snippet: 'Snippet',
  snippetAbout: 'Eine Zeile in jeder Seite der Website.',
  snippetCheck: (status) => (
    <>
      Ist es da, und kommt etwas an? <a href={status}>Einbau prüfen</a>
    </>
  ),

  archive: 'Archivieren',
  archiveAbout:
    'Sie nimmt keine Treffer mehr an und ist aus dem Weg. Was gemessen wurde, bleibt, und sie lässt sich zurückholen.',
  archiveSite: 'Website archivieren',
  archived: (domain) => `${domain} ist archiviert`,
  bringBack: 'Zurückholen',
  countsAgain: (domain) => `${domain} zählt wieder`,

  deleteAbout: 'Alles, was gemessen wurde, geht mit verloren.',
  deleteSite: 'Website löschen…',
  askDelete: (domain) => `${domain} löschen?`,
  deleteMeans:
    'Alle Besuche, Ereignisse, Ziele und Aufzeichnungen dieser Website werden endgültig gelöscht, und ihr Snippet zählt nichts mehr. Einen Weg zurück gibt es nicht.',
  typeName: (domain) => `Zum Fortfahren ${domain} eintippen`,
  deleteForGood: 'Endgültig löschen',
  deleted: (domain) => `${domain} ist gelöscht`,
};
