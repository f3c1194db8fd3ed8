import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type SnippetTexts, siteScripts } from '../src/collect/snippet.ts';
import { SiteInput } from '../src/contract/api.ts';
import { EXTRAS, MASKING, RECORDING, TRACK } from '../src/contract/wire.ts';
import { build, built } from './build.ts';

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
  const texts = JSON.parse(readFileSync(join(dist, 'snippet.json'), 'utf8')) as SnippetTexts;
  const { first, second } = await byDefault(texts);
  return [
    weighText('snippet, core', texts.core, 1_000),
    weighText('snippet, as served by default', first, 1_400),
    weighText('snippet, what comes later', second, 1_200),
    ...Object.entries(texts.parts).map(([name, text]) => weighText(`  part: ${name}`, text)),
    weigh('vitals', [built('vitals-')], 650),
    weigh('errors', [built('errors-')], 400),
    weigh('recorder', [built('recorder-')], 17_500),
    weigh('recorder, fuller', [built('fuller-')], 21_500),
    weigh('dashboard, first load', firstLoad(), 60_000),
    weigh('worker', [join(dist, 'worker/worker.js')]),
  ];
}

/** The scripts of a site as it begins, its settings in them, put together as the Worker does. */
function byDefault(texts: SnippetTexts) {
  const settings = {
    ...SiteInput.parse({ domain: 'shop.example' }),
    track: TRACK,
    masking: MASKING,
    recording: RECORDING,
    extras: EXTRAS,
  };
  return siteScripts(texts, settings, { host: 'https://stats.example.com', key: 'AAAAAfQ3k9_xZ1Lb', quiet: false });
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
  add('index.html');
  return [...files].map((name) => join(dist, 'client', name));
}

function weigh(name: string, paths: string[], budget?: number): Size {
  return weighAll(
    name,
    paths.map((path) => readFileSync(path)),
    budget,
  );
}

function weighText(name: string, text: string, budget?: number): Size {
  return weighAll(name, [Buffer.from(text)], budget);
}

function weighAll(name: string, files: Buffer[], budget?: number): Size {
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
    i === 0 ? String(cell).padEnd(32) : cell.toLocaleString('en').padStart(12);
  console.log(row(['bytes', 'raw', 'gzip', 'brotli', 'budget']));
  for (const { name, raw, gzip, brotli, budget } of await sizes()) {
    console.log(row([name, raw, gzip, brotli, budget ?? '']));
  }
}
