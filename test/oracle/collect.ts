import type { Enriched } from '../../src/collect/enrich.ts';
import { makePartitions, writeBatch } from '../../src/collect/flush.ts';
import { Ledger } from '../../src/collect/ledger.ts';
import { visitKey } from '../../src/collect/visit.ts';
import type { Db } from '../../src/db/client.ts';
import { ownStorage } from '../sqlite.ts';
import { flagsOf, outline, type Visit } from './history.ts';

/**
 * Sends a history through a collector's ledger and its flush, as hits, some of them twice; in batches, as they come.
 * @param shard which of the site's collectors
 */
export async function collect(db: Db, site: number, visits: Visit[], twice: () => boolean, shard = 0): Promise<void> {
  const times = visits.flatMap(({ happened }) => happened.map(({ time }) => time));
  if (times.length === 0) return;
  await makePartitions(db, Math.min(...times), Math.max(...times));
  const ledger = new Ledger(ownStorage(), shard);
  const hits = visits.flatMap(hitsOf).sort((a, b) => a.time - b.time);
  for (const hit of hits) {
    for (let times = twice() ? 2 : 1; times > 0; times -= 1) ledger.take(hit);
    // Its recording comes along, each time with all that was found.
    const visit = visits[hit.client - 1];
    if (visit?.signals)
      ledger.recorded(visitKey(hit.client, hit.visitor), hit.visitor, flagsOf({ ...visit, bot: false }), hit.time);
    ledger.append(hit.time);
    if (twice()) await flush(hit.time);
  }
  // At last the database has been away for a week.
  await flush(Math.max(...times) + 7 * 86_400_000);

  async function flush(now: number) {
    for (let batch = ledger.batch(now); batch; batch = ledger.batch(now)) {
      await writeBatch(db, site, shard + 1, batch);
      // An answer that was lost: the batch is sent again.
      if (twice()) await writeBatch(db, site, shard + 1, batch);
      ledger.written();
    }
  }
}

/** What a visit's browser sends: its events in order, then what was read of each page. */
function hitsOf(visit: Visit, n: number): Enriched[] {
  const { visitor, bot = false, facts = {}, happened } = visit;
  const common = { visitor, sender: 1, client: n + 1, bot, rules: 0, facts };
  const events = happened.map((event, i): Enriched => {
    const { name = 'pageview', hostname = 'shop.example', time, page, title, props, revenue } = event;
    return {
      ...common,
      ...(revenue ?? {}),
      ...(props && { props }),
      ...(title && { title }),
      kind: name === 'pageview' ? 'pageview' : 'event',
      seq: i + 1,
      ...{ name, hostname, time, page },
    };
  });
  const last = outline(visit).last;
  const read = happened.flatMap(({ name = 'pageview', engaged, scroll, page, time }, i): Enriched[] => {
    if (name !== 'pageview' || engaged === undefined || scroll === undefined) return [];
    const report = { name: 'engagement', page, hostname: '', of: i + 1, engaged, scroll, seq: null };
    return [{ ...common, kind: 'engagement', ...report, time }];
  });
  // The last report comes when the page is left.
  const final = read.at(-1);
  if (final) final.time = last;
  return [...events, ...read];
}
