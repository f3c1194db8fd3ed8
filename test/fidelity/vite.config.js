import { defineConfig } from 'vite';

// How the pages are bundled: as by anybody, for Svelte with its compiler, for Vue with templates compiled in the page.

const svelte = {
  name: 'svelte',
  async transform(code, id) {
    if (!id.endsWith('.svelte')) return null;
    const { compile } = await import('svelte/compiler');
    return compile(code, { filename: id, css: 'injected' }).js;
  },
};

export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'error',
  publicDir: false,
  plugins: [svelte],
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: { write: false, assetsInlineLimit: 100_000_000, rolldownOptions: { output: { format: 'iife' } } },
});
