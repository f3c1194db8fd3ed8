import { area } from './area.ts';

/** Ways to put the snippet into a site: what each is called, and what to do with its code. */
export const install = area('install', {
  kind: 'Kind of site',
  snippet: 'The snippet',
  html: { label: 'Any site', text: 'Paste it into the <head> of every page, or of the template that they share.' },
  next: {
    label: 'Next.js',
    text: 'Put it into app/layout.tsx, inside <body>. Navigation within the app is counted without anything more.',
  },
  wordpress: {
    label: 'WordPress',
    text: 'Put it into functions.php of your theme, or into a plugin for code snippets.',
  },
  gtm: {
    label: 'Tag Manager',
    text: 'Make a tag of the kind “Custom HTML” of it, triggered on all pages, and publish.',
  },
  pixel: {
    label: 'No JavaScript',
    text: 'A picture for pages that run no scripts: it counts views, and records nothing.',
  },
});
