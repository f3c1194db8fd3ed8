/** Ways to put the snippet into a site: one entry each. */

export interface Guide {
  id: 'html' | 'next' | 'wordpress' | 'gtm' | 'pixel';
  code: (host: string, key: string) => string;
}

const tag = (host: string, key: string) => `<script defer src="${host}/s/${key}.js"></script>`;

export const GUIDES: Guide[] = [
  { id: 'html', code: tag },
  {
    id: 'next',
    code: (host, key) => `import Script from 'next/script';\n\n<Script src="${host}/s/${key}.js" />`,
  },
  {
    id: 'wordpress',
    code: (host, key) =>
      `add_action('wp_enqueue_scripts', function () {\n  wp_enqueue_script('footfall', '${host}/s/${key}.js', [], null, ['strategy' => 'defer']);\n});`,
  },
  { id: 'gtm', code: tag },
  {
    id: 'pixel',
    code: (host, key) =>
      `<img src="${host}/p/${key}.gif" width="1" height="1" alt="" referrerpolicy="no-referrer-when-downgrade">`,
  },
];
