import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { StatusJson } from '../../src/contract/api.ts';
import { LIMITS, SIGNALS } from '../../src/contract/wire.ts';
import { CHROME, ownStack, type TestSite } from '../world.ts';

// Whatever a stranger sends to the doors that are open to all: never an answer of 5xx, never an error that nobody caught,
// and what the schemas let through, Postgres takes.

const BATCH = 50;
const BATCHES = 420;

let world: Awaited<ReturnType<typeof ownStack>>;
let site: TestSite;
let cookieless: TestSite;
const website = randomUUID();
/** All that workerd says. */
let said = '';

beforeAll(async () => {
  world = await ownStack();
  const listen = (chunk: Buffer) => {
    said += chunk.toString();
  };
  world.stack.worker?.stdout?.on('data', listen);
  world.stack.worker?.stderr?.on('data', listen);
  const owner = await world.owner();
  site = await owner.site({ umami_id: website });
  cookieless = await owner.site({ mode: 'cookieless', hash: true, gpc: false });
  const event = JSON.stringify({ n: 'pageview', u: `https://${cookieless.domain}/` });
  const dropped = async () => {
    const answer = await world.fetch('/api/event', { method: 'POST', body: event });
    return answer.headers.get('x-footfall-reason');
  };
  await vi.waitFor(async () => expect(await dropped()).not.toBe('unknown_domain'), { timeout: 15_000 });
});
afterAll(() => world.close());

interface Ask {
  path: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

// ── Hostile values ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Nested so deep that whoever walks it by recursion falls. */
const deep = fc
  .tuple(fc.integer({ min: 1, max: 9_000 }), fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[{"props":', '}]']))
  .map(([depth, [open = '', close = '']]) => `${open.repeat(depth)}1${close.repeat(depth)}`);

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 300 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '\ud800',
    'x\udfff\ud800y',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'pageview',
    'engagement',
    'NaN',
    '1e999',
    "'; drop table event; --",
    '{"a":[1]}',
    '%s%n%ff',
    '\u202e\ufeff\u2028',
    'data:text/html,x',
    'javascript:alert(1)',
    'https://',
    'https://[::1]/',
    'http://a:99999/',
    'https://xn--/',
    '//host',
    'file:///etc/passwd',
    'android-app://com.slack/',
    'https://user:pass@h/\\..\\%2e%2e',
    'x'.repeat(6_000),
    'õ'.repeat(3_000),
    '9'.repeat(400),
  ),
);

/** JSON as text: numbers beyond every type included. */
const number = fc.oneof(
  fc.double().map((value) => JSON.stringify(value)),
  fc.integer().map(String),
  fc.maxSafeInteger().map(String),
  fc.constantFrom('-0', '1e308', '-1e308', '1e999', '-1e999', '5e-324', '1e-999', '9007199254740992', '1.5'),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }).map(String),
);

const value: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: text.map((some) => JSON.stringify(some)) },
  { weight: 5, arbitrary: number },
  { weight: 2, arbitrary: fc.constantFrom('null', 'true', 'false', '[]', '{}', '[[]]') },
  { weight: 2, arbitrary: fc.json({ maxDepth: 4, stringUnit: 'binary' }) },
  { weight: 1, arbitrary: deep },
);

/** An object with these fields; each is now and then gone, doubled or something else altogether. */
function mutated(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<string> {
  const pairs = Object.entries(fields).map(([name, right]) =>
    fc.oneof(
      { weight: 40, arbitrary: right.map((some) => `${JSON.stringify(name)}:${JSON.stringify(some) ?? 'null'}`) },
      { weight: 1, arbitrary: value.map((some) => `${JSON.stringify(name)}:${some}`) },
      { weight: 2, arbitrary: fc.constant('') },
    ),
  );
  const more = fc.array(
    fc.tuple(text, value).map(([name, some]) => `${JSON.stringify(name)}:${some}`),
    { maxLength: 2 },
  );
  return fc
    .tuple(fc.tuple(...pairs), more)
    .map(([known, unknown]) => `{${[...known, ...unknown].filter(Boolean).join(',')}}`);
}

// ── What clients send, nearly ────────────────────────────────────────────────────────────────────────────────────────

const id = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 500 }) }, fc.constant(Number.MAX_SAFE_INTEGER));
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/', '/a', '/a#b', '/%ff', '/õ?utm_source=x&gclid=1') },
  text,
);
const address = path.map((some) => `https://${site.domain}${some}`);
const name = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('pageview', 'engagement', 'signup') }, text);
const key = text.filter((some) => some !== '' && some.length <= LIMITS.propKeyChars);
const props = fc.dictionary(key, fc.oneof(text, finite, fc.boolean()), { maxKeys: LIMITS.props });
const money = fc.record({
  amount: fc.oneof(
    fc.integer(),
    fc.constantFrom('9.90', '99999999999999.99999', '-9999999999999.99999999999999999999', '0.00000000001', -0),
  ),
  currency: fc.constantFrom('EUR', 'usd', 'XXX'),
});

const hit = mutated({
  name,
  url: address,
  visitor: id,
  session: id,
  seq: fc.nat(),
  referrer: text,
  props,
  revenue: money,
  width: finite,
  language: text,
  age: finite,
  of: fc.nat(),
  engaged: finite,
  scroll: finite,
  user: fc.oneof(key, fc.integer()),
  interactive: fc.boolean(),
  webdriver: fc.boolean(),
  ignore: fc.boolean(),
});

const envelope = mutated({
  visitor: id,
  session: id,
  stream: fc.nat(),
  n: fc.nat(20),
  from: finite,
  to: finite,
  sent: finite,
  events: fc.nat(),
  keyframe: fc.boolean(),
  url: address,
  signals: fc.dictionary(fc.constantFrom(...SIGNALS), fc.nat()),
});

const plausible = mutated({
  n: name,
  u: address,
  d: fc.oneof(
    fc.constantFrom('d', '').map(() => site.domain),
    text,
  ),
  r: text,
  p: props,
  m: fc.oneof(text, fc.json()),
  $: money,
  h: fc.constantFrom(0, 1, '1'),
  w: fc.double(),
  e: fc.nat(),
  sd: fc.nat(),
  v: fc.nat(),
  i: fc.boolean(),
});

const umamiPayload = mutated({
  website: fc.constant(website),
  hostname: text,
  url: path,
  referrer: text,
  title: text,
  screen: fc.constantFrom('1x1', '99999999999999999999x1', 'wide'),
  language: text,
  name,
  data: fc.object({ maxDepth: 6, stringUnit: 'binary' }),
  tag: text,
  id: text,
  timestamp: fc.double(),
  engagement: fc.double(),
});
const umami = fc
  .tuple(fc.constantFrom('event', 'event', 'identify', 'engagement', 'performance', '\ud800'), umamiPayload)
  .map(([type, payload]) => `{"type":${JSON.stringify(type)},"payload":${payload}}`);

// ── Requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = fc.uint8Array({ maxLength: 300 }).map((some): Bytes => new Uint8Array(some));
const listed = (item: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(item, { maxLength }).map((items) => `[${items.join(',')}]`);

/** JSON that was cut off, or had a byte changed. */
const damaged = (json: fc.Arbitrary<string>) =>
  fc.tuple(json, fc.nat(), fc.nat(255), fc.boolean()).map(([whole, at, byte, cut]): Bytes => {
    const broken = new Uint8Array(Buffer.from(whole));
    if (cut) return broken.slice(0, at % (broken.length + 1));
    if (broken.length > 0) broken[at % broken.length] = byte;
    return broken;
  });

const bodiesOf = (item: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 8, arbitrary: item as fc.Arbitrary<string | Bytes> },
    { weight: 2, arbitrary: listed(fc.oneof(item, value), 6) },
    { weight: 2, arbitrary: value },
    { weight: 1, arbitrary: damaged(item) },
    { weight: 1, arbitrary: bytes },
  );

const gzip = gzipSync(JSON.stringify([{ type: 4 }, { type: 2 }]));
const gzipped = fc.oneof(
  { weight: 3, arbitrary: fc.nat(gzip.length).map((end) => gzip.subarray(0, end)) },
  { weight: 3, arbitrary: bytes.map((some) => Buffer.concat([Buffer.from([0x1f, 0x8b]), some])) },
  bytes,
);
const chunkBody = fc
  .tuple(
    fc.oneof({ weight: 6, arbitrary: envelope }, value),
    fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', ''),
    gzipped,
  )
  .map(([head, newline, rest]): Bytes => new Uint8Array(Buffer.concat([Buffer.from(head + newline), rest])));

/** What a header may hold at all: Latin-1 without controls. */
const headerText = fc.string({
  unit: fc
    .integer({ min: 32, max: 255 })
    .filter((code) => code !== 127)
    .map((code) => String.fromCharCode(code)),
  maxLength: 60,
});
const headers = fc.record(
  {
    'cf-connecting-ip': fc.oneof({ weight: 6, arbitrary: fc.ipV6() }, { weight: 1, arbitrary: headerText }),
    'user-agent': fc.oneof({ weight: 3, arbitrary: fc.constant(CHROME) }, { weight: 1, arbitrary: headerText }),
    'accept-language': fc.oneof(fc.constant('et-EE,et;q=0.9'), headerText),
    'sec-gpc': fc.constantFrom('0', '0', '0', '1'),
    'sec-ch-ua': headerText,
    referer: fc.oneof(fc.webUrl(), headerText),
    'x-umami-cache': fc.oneof(headerText, fc.constant(`1.1.9999999999999.${'0'.repeat(64)}`)),
    'content-type': fc.constantFrom('text/plain', 'application/json', 'multipart/form-data'),
  },
  { requiredKeys: ['cf-connecting-ip'] },
);

/** Within the limit of a body: that one has tests of its own, and a sender cut off in the middle sees no status. */
const post = (path: string, body: fc.Arbitrary<string | Bytes>): fc.Arbitrary<Ask> =>
  fc.record({
    path: fc.constant(path),
    method: fc.constant('POST' as const),
    headers,
    body: body.filter((some) => Buffer.byteLength(some) <= LIMITS.bodyBytes),
  });

/** Built inside the test: the sites' keys aren't known before. */
function asks(): fc.Arbitrary<Ask> {
  const key = fc.constantFrom(site.key, cookieless.key);
  const query = fc.dictionary(fc.constantFrom('u', 'r', 'x'), fc.oneof(address, text), { maxKeys: 3 });
  return fc.oneof(
    { weight: 6, arbitrary: post(`/e/${site.key}`, bodiesOf(hit)) },
    { weight: 2, arbitrary: post(`/e/${cookieless.key}`, bodiesOf(hit)) },
    { weight: 4, arbitrary: post(`/r/${site.key}`, chunkBody) },
    {
      weight: 3,
      arbitrary: fc.tuple(key, query, headers).map(([key, query, headers]) => ({
        path: `/p/${key}.gif?${new URLSearchParams(query)}`,
        method: 'GET' as const,
        headers,
      })),
    },
    { weight: 3, arbitrary: post('/api/event', bodiesOf(plausible)) },
    { weight: 2, arbitrary: post('/api/send', bodiesOf(umami)) },
    { weight: 2, arbitrary: post('/api/batch', bodiesOf(listed(umami, 4))) },
  );
}

test('20,000 bodies from hostile hands: no 5xx, nothing uncaught, nothing that Postgres refuses', {
  timeout: 300_000,
}, async () => {
  const statuses = new Map<string, number>();
  const send = async ({ path, ...init }: Ask) => {
    const ask = () => world.fetch(path, { ...init, body: init.body ?? null });
    // A connection that was idle may be closed just when it is used again. Whoever is dead stays so.
    const response = await ask().catch(ask);
    await response.arrayBuffer();
    const door = `${/^\/(api\/)?\w+/.exec(path)?.[0]} ${response.status}`;
    statuses.set(door, (statuses.get(door) ?? 0) + 1);
    return response.status;
  };
  const property = fc.asyncProperty(fc.array(asks(), { minLength: BATCH, maxLength: BATCH }), async (batch) => {
    const answers = await Promise.all(batch.map(send));
    const broken = batch.filter((_, i) => (answers[i] ?? 500) >= 500);
    expect(
      broken.map(({ body, ...ask }) => [
        ask,
        Buffer.from(body ?? '')
          .toString('latin1')
          .slice(0, 2_000),
      ]),
    ).toEqual([]);
  });
  await fc.assert(property, { numRuns: BATCHES, endOnFailure: true });
  const sent = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  expect(sent).toBeGreaterThanOrEqual(20_000);
  // Some of everything got through, or this would prove nothing.
  for (const door of ['/e 202', '/r 202', '/p 200', '/api/event 202', '/api/send 200', '/api/batch 200']) {
    expect([door, statuses.get(door) ?? 0]).toEqual([door, expect.toSatisfy((count: number) => count > 100)]);
  }

  for (const one of [site, cookieless]) {
    await one.query({ metrics: ['visits'], date_range: 'day', include: { bots: true } });
    const status = await one.owner.json<StatusJson>(`/api/v1/sites/${one.id}/status`);
    expect(status).toMatchObject({ quarantined: 0, last_error: null, buffered: { events: 0 } });
  }
  expect(await world.sql('select reason, event from quarantine')).toEqual([]);

  // And life goes on.
  const calm = await site.owner.site();
  for (const [to, before] of [
    [site, 'after-the-storm'],
    [calm, 'elsewhere'],
  ] as const) {
    const hits = Array.from({ length: 10 }, (_, n) =>
      to.hit({ name: before, visitor: 2 ** 52 + n, session: 2 ** 52 + n }),
    );
    for (const one of hits) expect((await to.send(one, { 'cf-connecting-ip': '192.0.2.99' })).status).toBe(202);
    await to.send(hits, { 'cf-connecting-ip': '192.0.2.99' });
    await to.query({ metrics: ['visits'], date_range: 'day' });
    const rows = await world.sql(
      `select e.visitor from event e join term n on n.id = e.name where e.site_id = $1 and n.value = $2`,
      [to.id, before],
    );
    expect(rows).toHaveLength(10);
    expect(new Set(rows.map(({ visitor }) => visitor)).size).toBe(10);
  }
  expect(said).toBe('');
});
