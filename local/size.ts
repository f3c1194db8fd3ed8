import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, built, PARTS } from './build.ts';

/** What each script weighs: as it is, gzipped, and as brotli, which is what most browsers get. */
export interface Size {
  name: string;
  raw: number;
  gzip: number;
  brotli: number;
  /** Most bytes of brotli it may have; held by a test. */
  budget?: number;
}

const dist = join(import.meta.dirname, '../dist');

/** Builds what is out of date and weighs it. */
export async function sizes(): Promise<Size[]> {
  await build();
  return [
    weigh('snippet, core', [join(dist, 'snippet/snippet.js')], 1_000),
    ...PARTS.map((name) => weigh(`snippet, ${name}`, [join(dist, `snippet/parts/${name}.js`)], 510)),
    weigh('recorder', [built('recorder-')], 21_000),
    weigh('dashboard, first load', firstLoad(), 60_000),
    weigh('worker', [join(dist, 'worker/worker.js')]),
  ];
}

/** What the dashboard's bundler says of a module: what it is in, and what that loads with it. */
interface Part {
  file: string;
  imports?: string[];
  css?: string[];
}

/** The dashboard's document and all that opening a site's page loads. The rest, the player above all, comes later. */
function firstLoad(): string[] {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Record<string, Part>;
  const files = new Set(['index.html']);
  const add = (module: string) => {
    const { file, imports = [], css = [] } = manifest[module] ?? { file: '' };
    if (!file) throw new Error(`the dashboard has no ${module}`);
    if (files.has(file)) return;
    for (const name of [file, ...css]) files.add(name);
    imports.forEach(add);
  };
  ['index.html', 'pages/site.tsx'].forEach(add);
  return [...files].map((name) => join(dist, 'client', name));
}

function weigh(name: string, paths: string[], budget?: number): Size {
  const files = paths.map((path) => readFileSync(path));
  const sum = (of: (file: Buffer) => number) => files.reduce((total, file) => total + of(file), 0);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  return {
    name,
    raw: sum((file) => file.length),
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    brotli: sum((file) => brotliCompressSync(file, quality).length),
    ...(budget ? { budget } : {}),
  };
}

if (import.meta.main) {
  const row = (cells: (string | number)[]) => cells.map((cell, i) => pad(cell, i)).join('');
  const pad = (cell: string | number, i: number) =>
    i === 0 ? String(cell).padEnd(24) : cell.toLocaleString('en').padStart(12);
  console.log(row(['bytes', 'raw', 'gzip', 'brotli', 'budget']));
  for (const { name, raw, gzip, brotli, budget } of await sizes()) {
    console.log(row([name, raw, gzip, brotli, budget ?? '']));
  }
}
