import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/contract/wire.ts';
import { type Owner, ownStack, type TestSite } from '../world.ts';
import { refusal } from './somebody.ts';

// Style sheets of recorded pages: sent once for a site, by their hash. In a bucket, and in Postgres.

type Own = Awaited<ReturnType<typeof ownStack>>;

/** Whether where there is no bucket, too; a hash, and what has it. */
const stacks: [where: string, noBucket: boolean][] = [
  ['in R2', false],
  ['in Postgres', true],
];

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const fresh = () => `.a { color: ${randomBytes(20).toString('hex')} } /* ö */`;

describe.each(stacks)('style sheets %s', (_where, noBucket) => {
  let world: Own;
  let owner: Owner;
  beforeAll(async () => {
    world = await ownStack({ noBucket, databaseUrl: process.env.DATABASE_URL });
    owner = await world.owner();
  });
  afterAll(() => world.close());

  const ask = async (site: TestSite, ...texts: string[]) =>
    world.fetch(`/r/${site.key}/sheets/${texts.map(hashOf).join()}`);
  const missing = async (site: TestSite, ...texts: string[]) => (await (await ask(site, ...texts)).json()) as string[];
  const send = (site: TestSite, hash: string, body: Uint8Array<ArrayBuffer>) =>
    world.fetch(`/r/${site.key}/sheets/${hash}`, { method: 'POST', body });
  const keep = async (site: TestSite, text: string) => {
    expect((await send(site, hashOf(text), new Uint8Array(gzipSync(text)))).status).toBe(202);
    // Whoever asks for numbers has all that waits written.
    await owner.json(`/api/v1/sites/${site.id}/replays`, { json: { date_range: 'day' } });
  };
  const read = (site: TestSite, hash: string) => owner.api(`/api/v1/sites/${site.id}/sheets/${hash}`);
  /** All names in the bucket, and hashes of all rows. */
  const listed = async (site: TestSite) => {
    const rows = await world.sql('select hash from replay_sheet where site_id = $1 order by hash', [site.id]);
    const hashes = rows.map(({ hash }) => hash ?? '');
    if (noBucket) return hashes;
    const bucket = await world.stack.miniflare.getR2Bucket('REPLAYS');
    const { objects } = await bucket.list({ prefix: `${site.id}/` });
    expect(objects.map(({ key }) => key)).toEqual(hashes.map((hash) => `${site.id}/sheets/${hash}`));
    return hashes;
  };
  const daily = async () => {
    const worker = await world.stack.miniflare.getWorker();
    await worker.scheduled({ scheduledTime: new Date(), cron: '17 3 * * *' });
  };

  test('one is asked for once, comes back as it was, and is known to the browser for a day', async () => {
    const site = await owner.site();
    const text = fresh();
    const asked = await ask(site, text, 'other');
    expect(await asked.json()).toEqual([hashOf(text), hashOf('other')]);
    expect(asked.headers.get('cache-control')).toBe('no-store');
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    await keep(site, text);
    expect(await missing(site, text, 'other')).toEqual([hashOf('other')]);
    const known = await ask(site, text);
    expect(await known.json()).toEqual([]);
    expect(known.headers.get('cache-control')).toBe('private, max-age=86400');
    const answer = await read(site, hashOf(text));
    expect(answer.headers.get('content-type')).toBe('application/gzip');
    expect(answer.headers.get('content-disposition')).toBe('attachment');
    expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe(text);
    expect(await listed(site)).toEqual([hashOf(text)]);
  });

  test('nobody puts anything where another one belongs', async () => {
    const site = await owner.site();
    const text = fresh();
    const hash = hashOf(text);
    const wrong = await send(site, hash, new Uint8Array(gzipSync(`${text} `)));
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ code: 'invalid', issues: [{ path: 'hash' }] });
    const malformed = ['not gzip', gzipSync(text).subarray(0, 25), ''].map(
      (bytes) => new Uint8Array(Buffer.from(bytes)),
    );
    for (const bytes of malformed) expect(await refusal(await send(site, hash, bytes))).toBe('400 malformed_chunk');
    const bent = [hash.slice(1), hash.toUpperCase(), 'sheets', `${hash}x`];
    for (const name of bent) expect((await send(site, name, new Uint8Array(gzipSync(text)))).status).toBe(422);
    expect(await missing(site, text)).toEqual([hash]);
    // What one reader of gzip takes and another doesn't never gets behind the door.
    await send(site, hash, new Uint8Array(Buffer.concat([gzipSync(text), Buffer.from('tail')])));
    await owner.json(`/api/v1/sites/${site.id}/replays`, { json: { date_range: 'day' } });
    const kept = await read(site, hash);
    if (kept.ok) {
      const body = new Blob([await kept.arrayBuffer()]).stream().pipeThrough(new DecompressionStream('gzip'));
      expect(await new Response(body).text()).toBe(text);
    } else expect(await missing(site, text)).toEqual([hash]);
  });

  test('too much is refused, packed or unpacked', async () => {
    const site = await owner.site();
    const zeros = new Uint8Array(gzipSync(Buffer.alloc(200_000_000)));
    expect(zeros.length).toBeLessThan(LIMITS.sheetBytes);
    expect(await refusal(await send(site, hashOf('bomb'), zeros))).toBe('413 body_too_large');
    const over = 'x'.repeat(LIMITS.sheetBytes + 1);
    expect(await refusal(await send(site, hashOf(over), new Uint8Array(gzipSync(over))))).toBe('413 body_too_large');
    const noise = new Uint8Array(randomBytes(LIMITS.sheetBytes + 1));
    expect(await refusal(await send(site, hashOf('noise'), noise))).toBe('413 body_too_large');
    const most = 'x'.repeat(LIMITS.sheetBytes);
    expect((await send(site, hashOf(most), new Uint8Array(gzipSync(most)))).status).toBe(202);
    const many = Array.from({ length: LIMITS.sheetsAsked + 1 }, (_, n) => `${n}`);
    expect(await refusal(await ask(site, ...many))).toBe('422 invalid');
    expect(await missing(site, ...many.slice(1))).toHaveLength(LIMITS.sheetsAsked);
  });

  test('a site has only its own, and shows them to its owners alone', async () => {
    const [mine, theirs] = [await owner.site(), await owner.site()];
    const text = fresh();
    await keep(mine, text);
    expect(await missing(theirs, text)).toEqual([hashOf(text)]);
    expect((await read(theirs, hashOf(text))).status).toBe(404);
    const stranger = await world.owner();
    expect((await stranger.api(`/api/v1/sites/${mine.id}/sheets/${hashOf(text)}`)).status).toBe(404);
    for (const name of [hashOf('none'), '..', '%2e%2e%2f5', 'x'.repeat(3_000)])
      expect((await read(mine, name)).status).toBe(404);
  });

  test('a site that is deleted takes them along', async () => {
    const site = await owner.site();
    await keep(site, fresh());
    const waiting = fresh();
    await send(site, hashOf(waiting), new Uint8Array(gzipSync(waiting)));
    expect((await owner.api(`/api/v1/sites/${site.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await listed(site)).toEqual([]);
    expect(await refusal(await ask(site, waiting))).toBe('410 site_deleted');
  });

  test('once a day those go that no recording can name any more', async () => {
    const site = await owner.site();
    const text = fresh();
    await keep(site, text);
    // Of another one its collector knows nothing any more.
    const old = hashOf('old');
    const body = noBucket ? "'\\x1f8b'" : 'null';
    await world.sql(
      `insert into replay_sheet (site_id, hash, used, bytes, body) values ($1, $2, current_date, 2, ${body})`,
      [site.id, old],
    );
    if (!noBucket) await (await world.stack.miniflare.getR2Bucket('REPLAYS')).put(`${site.id}/sheets/${old}`, 'bytes');
    const both = [old, hashOf(text)].sort();
    await world.sql('update replay_sheet set used = current_date - 30 where site_id = $1', [site.id]);
    // A recording from that time may name them.
    await world.sql(
      `insert into replay (site_id, session_id, visitor, start, last, chunks, bytes, clicks, errors, rage_clicks, dead_clicks)
       values ($1, 5, 1, now() - interval '29 days', now(), 1, 1, 0, 0, 0, 0)`,
      [site.id],
    );
    await daily();
    expect(await listed(site)).toEqual(both);
    expect((await owner.api(`/api/v1/sites/${site.id}/replays/5`, { method: 'DELETE' })).status).toBe(204);
    await daily();
    // The collector was asked about this one today, whatever Postgres knows: a recording that comes just now may name it.
    expect(await listed(site)).toEqual([hashOf(text)]);
    expect((await read(site, old)).status).toBe(404);
    expect(await missing(site, text, 'old')).toEqual([old]);
  });
});
