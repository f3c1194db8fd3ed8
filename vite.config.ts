import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { world } from './local/world.ts';

/** The modules that are there before anything is loaded later. */
const first = new Set<string>();

/** The dashboard, as static files for the Worker to serve. */
export default defineConfig({
  root: join(import.meta.dirname, 'src/dashboard'),
  publicDir: 'public',
  // A build made while tests run is the same as any other: no file names and lines beside each element.
  oxc: { jsx: { development: false } },
  build: {
    outDir: join(import.meta.dirname, 'dist/client'),
    emptyOutDir: false,
    target: 'es2022',
    // The first ones with light-dark(): below them it would be taken apart, and no element could choose a scheme of its own.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What the first page needs in one file, what several others share in another, not in twenty: fewer requests, and it
        // compresses better.
        codeSplitting: {
          groups: [
            { name: 'first', priority: 2, test: (id) => first.has(id) },
            { name: 'shared', priority: 1, minShareCount: 3, test: /src.dashboard.(?!replays)/ },
          ],
        },
      },
    },
  },
  plugins: [firstPage(), flags(), map()],
});

/** Finds what `main.tsx` imports, and what that imports; not itself: it waits for words, and these for what it imports. */
function firstPage(): Plugin {
  return {
    name: 'first-page',
    buildEnd() {
      const wanted = [...this.getModuleIds()].filter((id) => id.endsWith('/src/dashboard/main.tsx'));
      for (const id of wanted) {
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) {
          if (first.has(imported)) continue;
          first.add(imported);
          wanted.push(imported);
        }
      }
    },
  };
}

/** Each country's flag as a file of its own at `/flags/EE.svg`: fetched when shown, no byte of it in a script. */
function flags(): Plugin {
  const folder = join(import.meta.dirname, 'node_modules/country-flag-icons/3x2');
  return {
    name: 'flags',
    generateBundle() {
      for (const file of readdirSync(folder)) {
        if (/^[A-Z]{2}\.svg$/.test(file)) {
          this.emitFile({ type: 'asset', fileName: `flags/${file}`, source: readFileSync(join(folder, file), 'utf8') });
        }
      }
    },
  };
}

/** The map of the world at `/world.json`, likewise. */
function map(): Plugin {
  return {
    name: 'map',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'world.json', source: JSON.stringify(world()) });
    },
  };
}
