import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { indexChunks, saveParts } from '../replays/save.ts';
import { saveSheets } from '../replays/sheets.ts';
import type { ChunkKey, ObjectStore } from '../replays/store.ts';
import type { ChunkBuffer } from './chunks.ts';
import { makePartitions, writeBatch } from './flush.ts';
import type { Batch, Ledger } from './ledger.ts';
import type { Sheets } from './sheets.ts';

/** Where a collector writes to, and under which names. */
export interface Outlet {
  db: Db;
  store: ObjectStore;
  siteId: number;
  /** The collector's own random id, see `schema.ingest_batch`. */
  collector: number;
}

/** Where what a collector took waits. */
export interface Waiting {
  ledger: Ledger;
  chunks: ChunkBuffer;
  sheets: Sheets;
}

/** Index rows of chunks that one statement holds. */
const TOLD_AT_ONCE = 500;

/** Bytes of style sheets written in one turn. */
const SHEET_BYTES = 2_000_000;

const DAY_MS = 86_400_000;

/** Months (`YYYY-MM`) whose partitions this isolate knows to exist. */
const months = new Set<string>();

/**
 * Writes everything that waits: batches in order, then style sheets, then what is to be known of the chunks that name them, then
 * the bytes of those whose visit is over. What comes meanwhile is not part of it: under load each batch would hold the few hits
 * that came during the one before. Each step is idempotent, so that it may be cut off anywhere.
 * What Postgres refuses for good is quarantined alone, with the reason; the rest lands.
 * @throws what Postgres can't take now, for the caller to try again
 */
export async function writeOut(outlet: Outlet, { ledger, chunks, sheets }: Waiting, now = Date.now()): Promise<void> {
  for (let left = ledger.waiting.entries; left > 0; ) {
    const batch = ledger.batch(now);
    if (!batch) break;
    try {
      await makeMonths(outlet.db, batch);
      await writeBatch(outlet.db, outlet.siteId, outlet.collector, batch);
    } catch (error) {
      const reason = refusal(error);
      if (reason === null) throw error;
      const culprit = ledger.refused();
      if (!culprit) continue;
      await quarantine(outlet, reason, culprit);
    }
    left -= ledger.written();
  }
  await sheets.inTurn(async () => {
    for (let some = sheets.untold(SHEET_BYTES); some.length > 0; some = sheets.untold(SHEET_BYTES))
      sheets.told(some, await saveSheets(outlet.db, outlet.store, outlet.siteId, some));
  });
  await tellOfChunks(outlet, chunks);
  for (let parts = chunks.parts(now); parts.length > 0; parts = chunks.parts(now)) {
    await saveParts(outlet.db, outlet.store, parts);
    chunks.written(parts);
  }
}

async function tellOfChunks(outlet: Outlet, chunks: ChunkBuffer): Promise<void> {
  const { last } = chunks;
  for (let most = TOLD_AT_ONCE, upto = 0; upto < last; ) {
    const some = chunks.untold(most);
    const [first] = some.chunks;
    if (!first) {
      chunks.told(last, []); // what came was forgotten
      return;
    }
    let gone: ChunkKey[];
    try {
      gone = await indexChunks(outlet.db, some.chunks);
    } catch (error) {
      const reason = refusal(error);
      if (reason === null) throw error;
      if (some.chunks.length > 1) {
        most = 1; // one at a time from here on
        continue;
      }
      await quarantine(outlet, reason, { type: 'chunk', ...first });
      gone = [first];
    }
    upto = some.upto;
    chunks.told(upto, gone);
  }
}

async function makeMonths(db: Db, batch: Batch): Promise<void> {
  const days = new Set<number>();
  for (const entry of batch.entries) if (entry.type === 'event') days.add(Math.floor(entry.time / DAY_MS));
  const missing = [...days].map((day) => day * DAY_MS).filter((time) => !months.has(month(time)));
  if (missing.length === 0) return;
  try {
    await makePartitions(db, Math.min(...missing), Math.max(...missing));
  } catch (error) {
    // Two collectors may make the same month at once; whoever comes second tries again, nothing was wrong with the batch.
    throw new Error('could not make partitions', { cause: error });
  }
  for (const time of missing) months.add(month(time));
}

function month(time: number): string {
  return new Date(time).toISOString().slice(0, 7);
}

/**
 * Why Postgres will never take this, or null when it may: data exceptions (22), integrity (23) and limits of the program
 * (54) are the data's fault; a missing partition (23514) or anything else is not.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
function refusal(error: unknown): string | null {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return null;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (code === '23514') months.clear();
  return /^(22|23|54)...$/.test(code) && code !== '23514' ? `${code}: ${cause.message}` : null;
}

/** As JSON in a text column: whatever it was that Postgres refused, it takes this. One that was here before is replaced. */
async function quarantine({ db, siteId }: Outlet, reason: string, what: object): Promise<void> {
  console.error('quarantined', siteId, reason);
  const { released = 0, ...entry } = what as { released?: number };
  await db.execute(sql`
    with before as (delete from quarantine where site_id = ${siteId} and id = ${released})
    insert into quarantine (site_id, reason, event)
    values (${siteId}, ${reason.slice(0, 1000)}, ${JSON.stringify(entry)})`);
}
