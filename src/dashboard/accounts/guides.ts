/** Ways to put the snippet into a site: one entry each. */

export interface Guide {
  id: string;
  label: string;
  /** What to do with the code. */
  text: string;
  code: (host: string, key: string) => string;
}

const tag = (host: string, key: string) => `<script defer src="${host}/s/${key}.js"></script>`;

export const GUIDES: Guide[] = [
  {
    id: 'html',
    label: 'Any site',
    text: 'Paste it into the <head> of every page, or of the template that they share.',
    code: tag,
  },
  {
    id: 'next',
    label: 'Next.js',
    text: 'Put it into app/layout.tsx, inside <body>. Navigation within the app is counted without anything more.',
    code: (host, key) => `import Script from 'next/script';\n\n<Script src="${host}/s/${key}.js" />`,
  },
  {
    id: 'wordpress',
    label: 'WordPress',
    text: 'Put it into functions.php of your theme, or into a plugin for code snippets.',
    code: (host, key) =>
      `add_action('wp_enqueue_scripts', function () {\n  wp_enqueue_script('footfall', '${host}/s/${key}.js', [], null, ['strategy' => 'defer']);\n});`,
  },
  {
    id: 'gtm',
    label: 'Tag Manager',
    text: 'Make a tag of the kind “Custom HTML” of it, triggered on all pages, and publish.',
    code: tag,
  },
  {
    id: 'pixel',
    label: 'No JavaScript',
    text: 'A picture for pages that run no scripts: it counts views, and records nothing.',
    code: (host, key) =>
      `<img src="${host}/p/${key}.gif" width="1" height="1" alt="" referrerpolicy="no-referrer-when-downgrade">`,
  },
];
