import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CannotStart, reason } from './cannot-start.ts';
import { type Demo, serveDemo } from './demo.ts';
import { type DemoSite, demoSite, fillDemo } from './demo-site.ts';

/**
 * `npm start`: the whole product on this machine, with a demo shop to click around in. `npm start -- --demo` fills the shop's
 * site with four months of visits that never were, where it has none.
 */

const root = join(import.meta.dirname, '..');
const startedPath = join(root, '.local/started.json');

async function start(): Promise<void> {
  const wanted = options();
  const port = portFrom(process.env.PORT);
  const data = resolve(root, process.env.FOOTFALL_DATA || '.local');
  const opened: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  await forgetStale();
  try {
    // What is slow to load comes after what is quick to refuse.
    const [{ build }, { startStack }] = await Promise.all([import('./build.ts'), import('./stack.ts')]);
    await build();
    const stack = await startStack({ data, port, databaseUrl: process.env.DATABASE_URL || undefined });
    opened.push(stack.close);
    onSignal(stop);
    const tag = { host: stack.url, key: '' };
    const demo = await serveDemo(tag, port ? port + 1 : 0);
    opened.push(demo.close);
    const site = await demoSite(stack, new URL(demo.url).host);
    if (site) tag.key = site.siteKey;
    if (site && wanted.demo) await fillDemo(stack, site.siteId);
    else await demo.close();
    writeStarted(stack.url, demo, site);
    console.log(site ? panel(stack.url, demo.url, site) : withoutDemo(stack.url));
  } catch (error) {
    await stop();
    throw error;
  }
}

function options(): { demo: boolean } {
  try {
    const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false } } });
    return values;
  } catch (error) {
    throw new CannotStart(`${reason(error)} npm start knows -- --demo.`);
  }
}

function portFrom(text = ''): number {
  const port = Number(text || 8787);
  if (Number.isInteger(port) && port >= 0 && port < 65_535) return port;
  throw new CannotStart(`PORT is ${text}: it must be a number from 0 to 65534.`);
}

/**
 * Ctrl-C stops everything in order; a second one doesn't wait for that. Miniflare's own listeners exit at once, so they
 * go. An npm that is killed can't tell us: its child is then somebody else's.
 */
function onSignal(stop: () => Promise<void>): void {
  let stopping = 0;
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === 'start') {
    setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref();
  }
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      // npm passes on what the terminal has sent to both: that is not a second one.
      if (stopping && Date.now() - stopping > 500) process.exit(code);
      if (stopping) return;
      stopping = Date.now();
      stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
}

/** Takes away what an earlier run wrote, unless it still runs: a script that waits for the file waits for this run. */
async function forgetStale(): Promise<void> {
  try {
    const { url } = JSON.parse(readFileSync(startedPath, 'utf8')) as { url: string };
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(2_000) });
  } catch {
    rmSync(startedPath, { force: true });
  }
}

/** For scripts: what the panel says, as JSON. */
function writeStarted(url: string, demo: Demo, site: DemoSite | null): void {
  const { siteId = null, siteKey = null, apiKey = null, email = null, password = null } = site ?? {};
  const started = { url, demoUrl: site ? demo.url : null, siteId, siteKey, apiKey, email, password };
  try {
    mkdirSync(dirname(startedPath), { recursive: true });
    writeFileSync(startedPath, `${JSON.stringify(started, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new CannotStart(`${startedPath} can't be written: ${reason(error)}`);
  }
}

function panel(url: string, demoUrl: string, { email, password, siteKey, apiKey }: DemoSite): string {
  return `
  Footfall is running. Ctrl-C stops it; what it holds is kept.

    Dashboard   ${url}
    Demo shop   ${demoUrl}
    Sign in     ${email}  ${password}
    Site key    ${siteKey}
    API key     ${apiKey}
`;
}

function withoutDemo(url: string): string {
  return `
  Footfall is running. Ctrl-C stops it; what it holds is kept.

    Dashboard   ${url}

  This database has an owner already, and their keys are not in the data folder: sign in with their e-mail and
  password. There is no demo site; it needs a database of its own.
`;
}

function fail(error: unknown): never {
  console.error(error instanceof CannotStart ? error.message : error);
  process.exit(1);
}

start().catch(fail);
