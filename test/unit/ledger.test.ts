import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Enriched } from '../../src/collect/enrich.ts';
import { makePartitions, writeBatch } from '../../src/collect/flush.ts';
import { type Batch, Ledger } from '../../src/collect/ledger.ts';
import { openVisit, takesIn } from '../../src/collect/visit.ts';
import { LIMITS } from '../../src/contract/wire.ts';
import { SESSION_FLAG } from '../../src/db/schema.ts';
import { ownPostgres } from '../pglite.ts';
import { ownStorage } from '../sqlite.ts';

// The collector's book and the statement that writes it out, on a real SQLite and a real Postgres, with every
// accident between two steps: repeats, restarts, answers that never came, refusals.

const now = Date.UTC(2026, 10, 21, 12);
let postgres: Awaited<ReturnType<typeof ownPostgres>>;
let sites = 0;

beforeAll(async () => {
  postgres = await ownPostgres();
  await makePartitions(postgres.db, now - 86_400_000, now);
}, 60_000);
afterAll(() => postgres.close());

function view(more: Partial<Enriched> = {}): Enriched {
  const facts = { hostname: 'shop.example', channel: 'Direct', country: 'EE', browser: 'Firefox' };
  const page = { name: 'pageview', page: '/', hostname: 'shop.example', bot: false, rules: 0 };
  return { kind: 'pageview', visitor: 7, sender: 1, client: 70, seq: 1, time: now, ...page, facts, ...more };
}

const takeAll = (ledger: Ledger, hits: Enriched[]) => hits.map((hit) => ledger.take(hit));

const write = (site: number, batch: Batch) => writeBatch(postgres.db, site, 1, batch);

async function drain(site: number, ledger: Ledger): Promise<void> {
  for (let batch = ledger.batch(now); batch; batch = ledger.batch(now)) {
    await write(site, batch);
    ledger.written();
  }
}

const sessions = (site: number) =>
  postgres.rows<Record<string, unknown>>('select * from session where site_id = $1 order by id', site);
const events = (site: number) =>
  postgres.rows<Record<string, unknown>>(
    `select e.*, p.value as path, n.value as event_name from event e
     join term p on p.id = e.page join term n on n.id = e.name where e.site_id = $1 order by e.time`,
    site,
  );

test('a database that was away for days is told of every visit', async () => {
  const site = ++sites;
  const ledger = new Ledger(ownStorage(), 0);
  const days = [4, 3, 2, 1, 0].map((ago) => now - ago * 86_400_000);
  await makePartitions(postgres.db, days[0] ?? now, now);
  for (const [i, time] of days.entries()) {
    ledger.take(view({ client: 100 + i, visitor: 100 + i, time }));
    ledger.append(time);
  }
  await drain(site, ledger);
  expect((await sessions(site)).map(({ visitor }) => visitor)).toEqual([100, 101, 102, 103, 104]);
  expect(await events(site)).toHaveLength(5);
});

test('a report that a version before this one has left in the log finds its page view', async () => {
  const site = ++sites;
  const storage = ownStorage();
  const old = new Ledger(storage, 0);
  takeAll(old, [
    view({ time: now - 9_000 }),
    view({ seq: 2, time: now - 5_000, page: '/shop' }),
    view({ kind: 'engagement', name: 'engagement', seq: 3, of: 2, engaged: 4_000, scroll: 80 }),
  ]);
  old.append(now);
  storage.sql.exec(`update log set body = replace(body, '"viewed":${now - 5_000}', '"of":2')`);
  await drain(site, new Ledger(storage, 0));
  expect(await events(site)).toMatchObject([
    { path: '/', engaged: 0 },
    { path: '/shop', engaged: 4_000, scroll: 80 },
  ]);
  expect(await sessions(site)).toMatchObject([{ flags: SESSION_FLAG.engaged }]);
});

test('a visit of two pages and an event is one row and three', async () => {
  const site = ++sites;
  const ledger = new Ledger(ownStorage(), 0);
  expect(
    takeAll(ledger, [
      view({ time: now - 9_000 }),
      view({ seq: 2, time: now - 5_000, page: '/shop' }),
      view({ seq: 2, time: now - 5_000, page: '/shop' }),
      view({ kind: 'event', name: 'buy', seq: 3, amount: '9.90', currency: 'EUR', props: { plan: 'pro' } }),
      view({ kind: 'engagement', name: 'engagement', seq: 4, of: 2, engaged: 4_000, scroll: 80 }),
    ]),
  ).toEqual(['accepted', 'accepted', 'duplicate', 'accepted', 'accepted']);
  await drain(site, ledger);
  expect(await sessions(site)).toMatchObject([
    {
      visitor: 7,
      views: 2,
      events: 3,
      flags: SESSION_FLAG.engaged,
      start: new Date(now - 9_000),
      duration: 9_000,
    },
  ]);
  expect(await events(site)).toMatchObject([
    { path: '/', event_name: 'pageview', engaged: 0, scroll: null, amount: null },
    { path: '/shop', engaged: 4_000, scroll: 80 },
    { event_name: 'buy', amount: '9.9000', props: { plan: 'pro' } },
  ]);
});

test('engagement that comes after its page view was written still reaches it', async () => {
  const site = ++sites;
  const storage = ownStorage();
  const ledger = new Ledger(storage, 0);
  takeAll(ledger, [view()]);
  await drain(site, ledger);
  const later = new Ledger(storage, 0);
  const report = { kind: 'engagement', of: 1, time: now + 8_000 } as const;
  expect(takeAll(later, [view({ ...report, engaged: 8_000, scroll: 30 })])).toEqual(['accepted']);
  expect(takeAll(later, [view({ ...report, engaged: 8_000, scroll: 30 })])).toEqual(['duplicate']);
  expect(takeAll(later, [view({ ...report, of: 99, engaged: 8_000, scroll: 30 })])).toEqual(['no_page_view']);
  await drain(site, later);
  expect(await events(site)).toMatchObject([{ engaged: 8_000, scroll: 30 }]);
  expect(await sessions(site)).toMatchObject([{ flags: SESSION_FLAG.engaged | SESSION_FLAG.bounce, duration: 8_000 }]);
});

test('what comes in one millisecond stays in order, and each page view has its own engagement', async () => {
  const site = ++sites;
  const storage = ownStorage();
  const ledger = new Ledger(storage, 0);
  takeAll(ledger, [
    view({ seq: 1, page: '/a' }),
    view({ seq: 2, page: '/a', kind: 'event', name: 'zoom' }),
    view({ seq: 3, page: '/b' }),
    view({ seq: 4, page: '/c', time: now - 60_000 }),
    view({ seq: 5, page: '/d', time: now - 60_000 }),
  ]);
  await drain(site, ledger);
  const later = new Ledger(storage, 0);
  const report = { kind: 'engagement', time: now + 8_000 } as const;
  takeAll(later, [
    view({ ...report, of: 1, engaged: 100 }),
    view({ ...report, of: 3, engaged: 300 }),
    view({ ...report, of: 5, engaged: 500 }),
  ]);
  await drain(site, later);
  const told = (await events(site)).map(({ path, event_name, engaged }) => [path, event_name, engaged]);
  expect(told).toEqual([
    ['/c', 'pageview', 0],
    ['/d', 'pageview', 500],
    ['/a', 'pageview', 100],
    ['/a', 'zoom', 0],
    ['/b', 'pageview', 300],
  ]);
  expect(await sessions(site)).toMatchObject([{ duration: 68_000 }]);
});

test('without ids a visit ends after half an hour; with the browser’s own id it does not', () => {
  const ledger = new Ledger(ownStorage(), 0);
  const anonymous = { client: 0, seq: null };
  takeAll(ledger, [
    view(anonymous),
    view({ ...anonymous, time: now + 1_799_000 }),
    view({ ...anonymous, time: now + 3_700_000 }),
  ]);
  takeAll(ledger, [view({ client: 5 }), view({ client: 5, seq: 2, time: now + 3_700_000 })]);
  const batch = ledger.batch(now);
  expect(batch?.visits.map((visit) => visit.views)).toEqual([2, 1, 2]);
  expect(new Set(batch?.visits.map((visit) => visit.id)).size).toBe(3);
});

test('a visit that has all that one may have ends, and what comes is of another', async () => {
  const site = ++sites;
  const ledger = new Ledger(ownStorage(), 0);
  const [start, most] = [now - LIMITS.visitMs, LIMITS.visitEvents];
  await makePartitions(postgres.db, start, now);
  takeAll(ledger, [
    view({ time: start }),
    view({ seq: 2 }),
    view({ seq: 3, time: now + 1 }),
    view({ seq: 4, time: start - 1 }),
  ]);
  await drain(site, ledger);
  expect(await sessions(site)).toMatchObject([
    { views: 2, duration: LIMITS.visitMs },
    { views: 1, duration: 0 },
    { views: 1, duration: 0 },
  ]);
  const full = { ...openVisit(1, 's70', 7, now), events: most - 1 };
  expect([takesIn(full, now), takesIn({ ...full, events: most }, now)]).toEqual([true, false]);
});

test('a recording that comes before its page view shares its visit', () => {
  const ledger = new Ledger(ownStorage(), 3);
  const id = ledger.recorded('s70', 7, SESSION_FLAG.errors, now);
  takeAll(ledger, [view()]);
  expect(ledger.recorded('s70', 7, 0, now)).toBe(id);
  expect(ledger.batch(now)?.visits).toMatchObject([
    { id, replay: true, signals: SESSION_FLAG.errors, start: now, views: 1 },
  ]);
  expect(Math.floor(id / 2 ** 15) % 64).toBe(3);
});

test('a refused entry is found by halving, and only it is left out', async () => {
  const site = ++sites;
  const ledger = new Ledger(ownStorage(), 0);
  takeAll(
    ledger,
    Array.from({ length: 13 }, (_, seq) => view({ seq, page: seq === 9 ? '/\0' : `/${seq}` })),
  );
  const refused: unknown[] = [];
  for (let batch = ledger.batch(now); batch; batch = ledger.batch(now)) {
    const poison = batch.entries.some((entry) => entry.type === 'event' && entry.page.includes('\0'));
    if (poison) {
      const culprit = ledger.refused();
      if (!culprit) continue;
      refused.push(culprit);
    } else {
      await write(site, batch);
    }
    ledger.written();
  }
  expect(refused).toMatchObject([{ page: '/\0' }]);
  expect((await events(site)).map(({ path }) => path)).not.toContain('/9');
  expect(await events(site)).toHaveLength(12);
});

test('one that was quarantined and put back lands once, however often it is released', async () => {
  const site = ++sites;
  const storage = ownStorage();
  const ledger = new Ledger(storage, 0);
  ledger.take(view());
  const entry = ledger.batch(now)?.entries[0];
  ledger.written(); // quarantined, not written
  await postgres.rows(`insert into quarantine (site_id, reason, event) values ($1, 'for a test', '{}')`, site);
  const [row] = await postgres.rows<{ id: number }>('select id from quarantine where site_id = $1', site);
  if (entry?.type !== 'event' || !row) throw new Error('nothing to release');
  for (let i = 0; i < 2; i++) ledger.putBack({ ...entry, released: Number(row.id) });
  ledger.append(now);
  await drain(site, new Ledger(storage, 0));
  ledger.putBack({ ...entry, released: Number(row.id) });
  await drain(site, ledger);
  expect(await events(site)).toHaveLength(1);
  expect(await sessions(site)).toMatchObject([{ views: 1, events: 1 }]);
  expect(await postgres.rows('select 1 from quarantine where site_id = $1', site)).toEqual([]);
});

test('a visitor who is forgotten leaves nothing, here or in what waits, and others stay', async () => {
  const site = ++sites;
  const storage = ownStorage();
  let ledger = new Ledger(storage, 0);
  const [his, hers] = [
    { visitor: 7, client: 70 },
    { visitor: 8, client: 80 },
  ];
  takeAll(ledger, [view({ ...his, seq: 1 }), view({ ...hers, seq: 1 })]);
  await drain(site, ledger);
  for (const [seq, who] of [hers, his, hers, his].entries()) {
    ledger.take(view({ ...who, seq: 2 + seq, page: `/${seq}` }));
    ledger.append(now);
  }
  const [known] = await postgres.rows<{ id: number }>(
    'select id from session where site_id = $1 and visitor = 7',
    site,
  );
  expect(ledger.forget(7)).toEqual([Number(known?.id)]);
  expect(ledger.forget(7)).toEqual([]);
  expect(ledger.waiting.entries).toBe(2);
  ledger.take(view({ ...hers, seq: 9, page: '/9' }));
  ledger.append(now);
  ledger = new Ledger(storage, 0);
  expect(ledger.knows('s70', now)).toBe(false);
  await drain(site, ledger);
  expect((await events(site)).map(({ path }) => path).sort()).toEqual(['/', '/', '/0', '/2', '/9']);
  expect(await sessions(site)).toMatchObject([{ views: 1 }, { visitor: 8, views: 4 }]);

  // Alone in the log, whoever comes after him is behind the checkpoint.
  ledger.take(view({ ...his, seq: 20 }));
  ledger.append(now);
  ledger.forget(7);
  expect(ledger.oldest()).toBeNull();
  ledger.take(view({ ...hers, seq: 21, page: '/21' }));
  ledger.append(now);
  await drain(site, new Ledger(storage, 0));
  expect(await sessions(site)).toMatchObject([{ views: 1 }, { views: 5 }]);

  ledger = new Ledger(storage, 0);
  ledger.take(view({ ...hers, seq: 22 }));
  ledger.batch(now);
  expect(() => ledger.forget(8)).toThrow();
});

const isPoison = (seq: number) => seq % 13 === 5;

/** @returns false when Postgres refuses the batch */
async function writeOr(site: number, batch: Batch): Promise<boolean> {
  try {
    await write(site, batch);
    return true;
  } catch (error) {
    expect(String((error as Error).cause)).toContain('numeric field overflow');
    return false;
  }
}

/** What may happen between any two steps. */
const accident = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('take' as const), seqs: fc.array(fc.nat(40), { maxLength: 6 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('append', 'written', 'lost', 'failed', 'restart') }) },
);

test('whatever falls over, each accepted event is there once, the poison apart, and each visit adds up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(accident, { maxLength: 40 }), async (accidents) => {
      const site = ++sites;
      const storage = ownStorage();
      let ledger = new Ledger(storage, 0);
      const accepted = new Set<string>();
      const quarantined = new Set<string>();
      const settle = (from: Ledger, landed: boolean) => {
        const culprit = landed ? null : from.refused();
        if (culprit?.type === 'event') quarantined.add(culprit.page);
        if (landed || culprit) from.written();
      };
      /** Taken, but not durable: nobody was answered, and a restart forgets them. */
      const taken = new Set<string>();
      const answer = () => {
        for (const path of taken) accepted.add(path);
        taken.clear();
      };
      const restart = () => {
        ledger = new Ledger(storage, 0);
        taken.clear();
      };
      for (const step of accidents) {
        if (step.do === 'restart') restart();
        if (step.do === 'append') {
          ledger.append(now);
          answer();
        }
        if (step.do === 'take') {
          const hits = step.seqs.map((seq) =>
            view({
              seq,
              client: 1 + (seq % 3),
              visitor: 1 + (seq % 3),
              page: `/${seq}`,
              // More than the column holds: Postgres refuses the statement that carries it.
              ...(isPoison(seq) ? { amount: '1e30', currency: 'EUR' } : {}),
            }),
          );
          takeAll(ledger, hits).forEach((how, i) => {
            if (how === 'accepted') taken.add(`/${hits[i]?.seq}`);
          });
        }
        if (step.do === 'written' || step.do === 'lost' || step.do === 'failed') {
          const { sealed } = ledger;
          const batch = ledger.batch(now);
          if (!sealed) answer(); // sealing writes down everything
          const landed = batch && step.do !== 'failed' ? await writeOr(site, batch) : false;
          if (batch && step.do === 'written') settle(ledger, landed);
          // Lost: it is in Postgres, but the answer never came; the collector died of it.
          if (step.do === 'lost') restart();
        }
      }
      ledger.append(now);
      answer();
      const last = new Ledger(storage, 0);
      for (let batch = last.batch(now); batch; batch = last.batch(now)) settle(last, await writeOr(site, batch));
      const wholesome = [...accepted].filter((path) => !isPoison(Number(path.slice(1))));
      expect((await events(site)).map(({ path }) => path).sort()).toEqual(wholesome.sort());
      expect([...quarantined].sort()).toEqual([...accepted].filter((path) => !wholesome.includes(path)).sort());
      const rows = await sessions(site);
      if (wholesome.length === accepted.size) {
        expect(rows.reduce((sum, { views }) => sum + Number(views), 0)).toBe(accepted.size);
      }
    }),
    { numRuns: 300 },
  );
}, 120_000);
