import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveDemo } from '../../local/demo.ts';
import { demoSite } from '../../local/demo-site.ts';
import type { GoalJson } from '../../src/contract/api.ts';
import { ownStack } from '../world.ts';

const data = mkdtempSync(join(tmpdir(), 'footfall-start-'));
const taken = createServer();
beforeAll(() => new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  taken.close();
  rmSync(data, { recursive: true, force: true });
});

/** What a script of ours says when it refuses, as `exit code: lines of stderr`. */
function refusal(script: string, env: Record<string, string>): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FOOTFALL_DATA: data, DATABASE_URL: '', PORT: '0', ...env },
  });
  return `${status}: ${stdout}${stderr}`.trim();
}

describe('npm start says in one line why it cannot start', () => {
  const file = join(data, 'file');
  writeFileSync(file, '');

  it.each([
    ['a port that is none', { PORT: 'abc' }, /^1: PORT is abc: .*$/],
    ['a folder that is a file', { FOOTFALL_DATA: file }, /^1: The data folder .*\/file can't be written: ENOTDIR.*$/],
    ['a folder that refuses', { FOOTFALL_DATA: '/proc/footfall' }, /^1: The data folder \/proc\/footfall can't be .*$/],
    ['a database URL that is none', { DATABASE_URL: 'localhost' }, /^1: DATABASE_URL is not of the form .*$/],
    [
      'a database that is not there',
      { DATABASE_URL: 'postgresql://me:secret@127.0.0.1:1/x' },
      /^1: The database at DATABASE_URL \(127\.0\.0\.1:1\/x\) can't be reached: .*$/,
    ],
  ])('%s', (_, env, line) => {
    expect(refusal('local/start.ts', env)).toMatch(line);
  });

  it('a port that is taken', () => {
    const { port } = taken.address() as AddressInfo;
    expect(refusal('local/start.ts', { PORT: String(port) })).toBe(
      `1: Port ${port} is taken: stop what listens there, or set PORT.`,
    );
  });

  it('a Node that is too old', () => {
    const old = join(data, 'node');
    writeFileSync(old, '#!/bin/sh\necho v16.20.2\n');
    chmodSync(old, 0o755);
    expect(refusal('local/bootstrap.cjs', { npm_node_execpath: old })).toBe(
      '1: Footfall needs Node 20 or newer to start; this is v16.20.2.',
    );
  });
});

describe('the demo', () => {
  it('is made on the first start, through the API, and is the same on the next', async () => {
    const own = await ownStack();
    try {
      const first = await demoSite(own.stack, '127.0.0.1:1111');
      if (!first) throw new Error('no demo');
      expect(statSync(join(own.data, 'demo.json')).mode & 0o777).toBe(0o600);
      expect(await demoSite(own.stack, '127.0.0.1:1111')).toEqual(first);
      const headers = { authorization: `Bearer ${first.apiKey}` };
      const read = async (path: string) =>
        (await own.fetch(`/api/v1/sites/${first.siteId}${path}`, { headers })).json();
      expect(await read('')).toMatchObject({ domain: '127.0.0.1:1111', key: first.siteKey });
      const { goals } = (await read('/goals')) as { goals: GoalJson[] };
      expect(goals.map(({ event, path }) => event ?? path).sort()).toEqual(['/app/*', '/cart/', 'purchase', 'signup']);

      // Another port was free this time; and the first start had been cut off before it had a key.
      expect(await demoSite(own.stack, '127.0.0.1:2222')).toEqual(first);
      expect(await read('')).toMatchObject({ domain: '127.0.0.1:2222' });
      const kept = JSON.parse(readFileSync(join(own.data, 'demo.json'), 'utf8')) as object;
      writeFileSync(join(own.data, 'demo.json'), JSON.stringify({ ...kept, apiKey: undefined, siteId: undefined }));
      const mended = await demoSite(own.stack, '127.0.0.1:2222');
      expect(mended).toMatchObject({ siteId: first.siteId, siteKey: first.siteKey });
      expect(((await read('/goals')) as { goals: GoalJson[] }).goals).toHaveLength(goals.length);

      rmSync(join(own.data, 'demo.json'));
      expect(await demoSite(own.stack, '127.0.0.1:2222')).toBeNull();
    } finally {
      await own.close();
    }
  });

  it('serves the shop with the tag filled in, one page for all under /app/, and nothing else', async () => {
    const demo = await serveDemo({ host: 'http://host.example', key: 'KEY' }, 0);
    const get = async (path: string) => {
      const response = await fetch(demo.url + path);
      return [response.status, response.headers.get('content-type')?.split(';')[0], await response.text()] as const;
    };
    try {
      const [status, type, home] = await get('/?utm_source=x');
      expect([status, type]).toEqual([200, 'text/html']);
      expect(home).toContain('<script defer src="http://host.example/s/KEY.js"></script>');
      expect(home).not.toContain('{{');
      expect((await get('/app/espresso'))[2]).toBe((await get('/app/'))[2]);
      expect((await get('/shop.js')).slice(0, 2)).toEqual([200, 'text/javascript']);
      for (const path of [
        '/nowhere/',
        '/app/none.js',
        '/%2e%2e%2fpackage.json',
        '/..%2f..%2fetc/passwd',
        '/%00',
        '/%ff',
      ]) {
        expect((await get(path))[0], path).toBe(404);
      }
    } finally {
      await demo.close();
    }
  });
});
