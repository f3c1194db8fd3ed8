import type { Translated } from '../area.ts';
import type * as english from '../install.ts';

export const install: Translated<typeof english.install> = {
  kind: 'Art der Website',
  snippet: 'Das Snippet',
  html: {
    label: 'Jede Website',
    text: 'In den <head> jeder Seite einfügen, oder in den der Vorlage, die sie teilen.',
  },
  next: {
    label: 'Next.js',
    text: 'In app/layout.tsx einfügen, innerhalb von <body>. Navigation in der App wird ohne Weiteres gezählt.',
  },
  wordpress: {
    label: 'WordPress',
    text: 'In die functions.php des Themes einfügen, oder in ein Plugin für Code-Snippets.',
  },
  gtm: {
    label: 'Tag Manager',
    text: 'Daraus ein Tag der Art „Benutzerdefiniertes HTML“ machen, auf allen Seiten ausgelöst, und veröffentlichen.',
  },
  pixel: {
    label: 'Ohne JavaScript',
    text: 'Ein Bild für Seiten, die keine Skripte ausführen: Es zählt Aufrufe und zeichnet nichts auf.',
  },
};
