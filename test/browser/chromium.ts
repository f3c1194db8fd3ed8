import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/**
 * A real Chromium out of an npm package: a headless shell with the shared libraries and a font that a bare machine
 * lacks. `CHROMIUM_PATH` names another one.
 */

const root = join(import.meta.dirname, '../..');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Says that it is Chrome and nothing else; the shell by itself says `HeadlessChrome`, which counts as a bot. */
const VISITOR_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** What Chrome sends with every request. The shell names itself in its hints, and sends no language: each counts as a bot's. */
const VISITOR_HEADERS = {
  'accept-language': 'en-US,en;q=0.9',
  'sec-ch-ua': '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
};

export interface LaunchOptions {
  /** An ordinary visitor's browser: an ordinary user agent, and nothing that says a program drives it. Default: true. */
  visitor?: boolean;
  args?: string[];
}

/** Starts Chromium. Whoever starts one closes it. */
export async function launch({ visitor = true, args = [] }: LaunchOptions = {}): Promise<Browser> {
  const disguise = visitor ? ['--disable-blink-features=AutomationControlled', `--user-agent=${VISITOR_AGENT}`] : [];
  const own = process.env.CHROMIUM_PATH;
  const folder = own ? undefined : await unpacked();
  const env = folder ? withLibraries(folder) : process.env;
  const browser = await chromium.launch({
    executablePath: own ?? join(folder ?? '', 'chromium'),
    args: [...FLAGS, ...disguise, ...args],
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });
  if (!visitor) return browser;
  const newContext = browser.newContext.bind(browser);
  browser.newContext = ({ extraHTTPHeaders, ...options } = {}) =>
    newContext({ ...options, extraHTTPHeaders: { ...VISITOR_HEADERS, ...extraHTTPHeaders } });
  return browser;
}

/** With the shared libraries and the font that come with it: a bare machine has neither. */
function withLibraries(folder: string): NodeJS.ProcessEnv {
  // Its own list of font folders names Lambda's. With the package's font alone a page measures the same everywhere.
  // Written at each launch: the paths in it are whole, and a checkout may have been moved since.
  const fonts = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir>`;
  writeFileSync(join(folder, 'fonts/fonts.conf'), `<?xml version="1.0"?><fontconfig>${fonts}</fontconfig>`);
  return {
    ...process.env,
    LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    FONTCONFIG_PATH: join(folder, 'fonts'),
  };
}

/** The package's archives, unpacked once into a cache folder: 210 MB, two seconds. */
async function unpacked(): Promise<string> {
  const manifest = readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const folder = join(root, `node_modules/.cache/chromium-${version}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  // It unpacks into the temporary folder of its process, and the libraries only where it takes itself to be on a
  // Lambda: so it gets a process of its own that says both.
  const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  await promisify(execFile)(process.execPath, ['-e', unpack], {
    cwd: root,
    env: { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  });
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was faster
  }
  return folder;
}
