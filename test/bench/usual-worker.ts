import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build, type InlineConfig, type Plugin } from 'vite';

interface Module {
  type: 'ESModule' | 'CompiledWasm';
  path: string;
  contents: string | Uint8Array<ArrayBuffer>;
}

/** A Worker of the usual way, bundled and minified: its modules, the one to start with first. */
export async function usualWorker(entry: string): Promise<Module[]> {
  if (entry.startsWith('orm/')) makeOrm();
  const compiled = new Map<string, string>();
  const config: InlineConfig = {
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['workerd', 'worker', 'module', 'import', 'default'] },
    ssr: { target: 'webworker', noExternal: true, external: [...builtinModules] },
    build: { write: false, minify: true, ssr: join(import.meta.dirname, entry), target: 'es2023' },
    plugins: [wasm(compiled)],
  };
  const result = await build(config);
  const output = Array.isArray(result) ? result[0]?.output : 'output' in result ? result.output : undefined;
  if (!output) throw new Error(`${entry} was not built.`);
  return [
    ...output.flatMap((part): Module[] =>
      part.type === 'chunk' ? [{ type: 'ESModule', path: part.fileName, contents: part.code }] : [],
    ),
    ...Array.from(compiled, ([path, file]): Module => ({ type: 'CompiledWasm', path, contents: readFileSync(file) })),
  ];
}

/** Leaves WebAssembly to the runtime, as a module beside the others, and notes where it lies. */
function wasm(compiled: Map<string, string>): Plugin {
  return {
    name: 'wasm',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer || !source.endsWith('.wasm?module')) return null;
      const file = join(dirname(importer), source.replace('?module', ''));
      compiled.set(basename(file), file);
      return { id: `./${basename(file)}`, external: true };
    },
  };
}

/** Prisma takes 300 MB and only this bench needs it: it has a folder of packages for itself. */
function makeOrm(): void {
  const root = join(import.meta.dirname, '../..');
  console.log('Umami’s ORM: Prisma, in test/bench/orm (300 MB).');
  run(process.execPath, [join(root, 'local/bootstrap.cjs'), 'test/bench/orm'], root);
  run(
    process.execPath,
    ['node_modules/prisma/build/index.js', 'generate', '--no-hints'],
    join(import.meta.dirname, 'orm'),
    {
      CHECKPOINT_DISABLE: '1',
      // Generating needs no engine: named any file, Prisma doesn't fetch one.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    },
  );
}

function run(command: string, args: string[], cwd: string, env: Record<string, string> = {}): void {
  const { status } = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${args.join(' ')} failed.`);
}
