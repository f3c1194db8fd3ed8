import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minify } from 'terser';
import { type InlineConfig, build as vite } from 'vite';
import type { SnippetTexts } from '../src/collect/snippet.ts';
import { INNER, leanRrweb } from './leanRrweb.ts';

/**
 * Builds everything that runs elsewhere than in Node, into `dist/`: the snippet, the recorder and the dashboard for
 * browsers, the Worker, which carries the snippet's text, and the API's document. What is up to date is left alone.
 */

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Settings that all four share. */
const common: InlineConfig = { root, configFile: false, logLevel: 'warn', publicDir: false };

export async function build(): Promise<void> {
  const stamp = join(dist, 'stamp');
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  rmSync(dist, { recursive: true, force: true });
  const snippet = await snippetTexts();
  put('snippet.json', JSON.stringify(snippet));
  await vite({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { manifest: 'manifest.json' } });
  renameSync(join(dist, 'client/manifest.json'), join(dist, 'manifest.json')); // ours, not the visitors'
  put('client/offline.txt', await offlinePage());
  put('worker/worker.js', await worker({ __SNIPPET__: JSON.stringify(snippet), __RELEASE__: JSON.stringify(now) }));
  const { document } = await import('../src/openapi/document.ts');
  put('client/api/v1/openapi.json', JSON.stringify(document()));
  put('stamp', now);
}

/** Parts that are written into a site's scripts, in the order in which they run: downloads before links. */
const PARTS = 'choice more late recorder downloads outbound forms tagged'.split(' ');

/** What the Worker puts a site's scripts together of; what is the same for every site becomes a file of its own. */
async function snippetTexts(): Promise<SnippetTexts> {
  const part = (name: string) => script(`snippet/parts/${name}.ts`, { returns: name });
  const core = await script('snippet/tracker.ts', { inner: /^_[a-z]/ });
  const later = await script('snippet/later.ts');
  const parts: Record<string, string> = {};
  for (const name of PARTS) parts[name] = await part(name);
  const alone = async (name: string) => later.replace('__PARTS__', `[${await part(name)}]`);
  return {
    core,
    later,
    parts,
    files: {
      recorder: file('recorder', await script('snippet/recorder.ts', { inner: INNER })),
      fuller: file('fuller', await script('snippet/recorder.ts', { inner: INNER, fuller: true })),
      vitals: file('vitals', await alone('vitals')),
      errors: file('errors', await alone('errors')),
    },
  };
}

/** Writes a script for visitors, named by what is in it. @returns its address */
function file(name: string, text: string): string {
  const address = `/${name}-${createHash('sha256').update(text).digest('hex').slice(0, 10)}.js`;
  put(`client${address}`, text);
  return address;
}

/**
 * A script for a visitor's page: one classic script; or, of a module's function `returns`, an expression.
 * @param inner names of members that are shortened
 * @param fuller with what recorders have that record more than the page
 */
async function script(
  entry: string,
  { inner, fuller = false, returns }: { inner?: RegExp; fuller?: boolean; returns?: string } = {},
): Promise<string> {
  const code = await bundle({
    ...common,
    define: { __FULLER__: String(fuller) },
    plugins: [leanRrweb()],
    build: {
      write: false,
      target: 'es2021',
      minify: false,
      rollupOptions: {
        input: join(root, entry),
        preserveEntrySignatures: 'exports-only',
        output: { format: 'es' },
      },
    },
  });
  // A part's module ends in its export; as the body of a function it ends in a return.
  const body = returns ? `${code.replace(/export \{[^}]*\};?\s*$/, '')}\nreturn ${returns};` : code;
  const { code: small = '' } = await minify(body, {
    parse: { bare_returns: true },
    ecma: 2020,
    toplevel: true,
    compress: {
      passes: 5,
      drop_console: true, // a guest doesn't write into the page's console
      inline: 3,
      keep_fargs: false,
      unsafe: true,
      unsafe_arrows: true,
      unsafe_methods: true,
      pure_getters: true,
    },
    mangle: inner ? { properties: { regex: inner } } : true,
    format: { comments: false },
  });
  return `(()=>{${small.replace(/;$/, '')}})()`;
}

/** The Worker as one module: Wrangler uploads it as it is, Miniflare runs the same file. */
async function worker(define: Record<string, string>): Promise<string> {
  const conditions = ['workerd', 'worker', 'module', 'import', 'default'];
  return bundle({
    ...common,
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions, mainFields: ['module', 'main'] },
    // Left to its own, this target takes what is made for browsers: of better-auth, a stand-in for AsyncLocalStorage that
    // mixes up requests which come at the same time.
    ssr: { target: 'webworker', noExternal: true, resolve: { conditions } },
    build: {
      write: false,
      ssr: true,
      target: 'es2023',
      minify: false,
      rollupOptions: {
        input: join(root, 'src/worker.ts'),
        external: [/^node:/, /^cloudflare:/],
        // Smaller to upload and to parse; names stay, so that a stack trace in the logs can be read.
        output: {
          format: 'es',
          codeSplitting: false,
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  });
}

/**
 * The page that a downloaded recording is: player and styles in one file, with a place for the recording. It may load nothing,
 * and no script may run in it but this one; what was recorded is shown in frames that inherit that. Served as text: nobody is
 * to open it here.
 */
async function offlinePage(): Promise<string> {
  const result = await vite({
    ...common,
    oxc: { jsx: { development: false } },
    build: {
      write: false,
      target: 'es2022',
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      cssCodeSplit: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      rollupOptions: {
        input: join(root, 'src/dashboard/replays/offline.tsx'),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  const output = Array.isArray(result) ? (result[0]?.output ?? []) : 'output' in result ? result.output : [];
  const text = (ending: string) =>
    output
      .filter(({ fileName }) => fileName.endsWith(ending))
      .map((part) => ('code' in part ? part.code : String(part.source)))
      .join('');
  // What would end the element in the eyes of a parser of HTML: in a script it stands in strings only.
  const code = text('.js').replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3c!--');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${createHash('sha256').update(code).digest('base64')}'`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    'media-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>A recorded visit · Footfall</title>
<style>${text('.css')}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="recording"></script>
<script>${code}</script>
</body>
</html>
`;
}

async function bundle(config: InlineConfig): Promise<string> {
  const result = await vite(config);
  const output = Array.isArray(result) ? result[0]?.output : 'output' in result ? result.output : undefined;
  const [only, ...more] = (output ?? []).flatMap((part) => ('code' in part ? [part.code] : []));
  if (only === undefined || more.length > 0) throw new Error(`expected one file, got ${output?.length ?? 0}`);
  return only;
}

/** Whole or not at all: a reader never sees half a file. */
function put(name: string, text: string): void {
  const path = join(dist, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync(
    ['src/**/*', 'snippet/**/*.ts', 'local/{build,leanRrweb,world}.ts', 'vite.config.ts', 'package-lock.json'],
    {
      cwd: root,
      withFileTypes: true,
    },
  ).filter((file) => file.isFile());
  for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) {
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** The one file in `dist/client` whose name begins so. */
export function built(prefix: string): string {
  const name = readdirSync(join(dist, 'client')).find((file) => file.startsWith(prefix));
  if (!name) throw new Error(`nothing in dist/client begins with ${prefix}`);
  return join(dist, 'client', name);
}

if (import.meta.main) await build();
