import { parseArgs } from 'node:util';
import { Ledger, type LedgerStorage } from '../../src/collect/ledger.ts';
import { FULL, nextMark } from '../../src/collect/marks.ts';
import { Tally } from '../../src/collect/tally.ts';
import { ownStorage } from '../sqlite.ts';
import { table } from './drive.ts';
import { hitOf } from './hits.ts';
import { BATCH_MS, cloudflare, HIT_MS, NEON, neon, OBJECT_GB, type Usage } from './prices.ts';
import { seeded } from './traffic.ts';
import { busyness, poisson, type Step, visit } from './visits.ts';

/**
 * `npm run bench:sleep`: a day of visits through real ledgers, by the collector's own rule of when to write, nobody looking:
 * how long Postgres is awake, and what the day costs. Rows written are SQLite's own count, each index of a table once more.
 */

const { values } = parseArgs({ options: { visits: { type: 'string', default: '30,3000,300000' } } });
const DAY = Date.UTC(2026, 10, 16);
const MINUTES = 15;
/** How long an isolate believes a site's settings. */
const SETTINGS_MS = 5_000;

interface Day extends Usage {
  flushes: number[];
}

const rows: (string | number)[][] = [];
for (const visits of values.visits.split(',').map(Number)) {
  for (const sites of [1, 100]) rows.push(line(visits, sites, day(visits, sites)));
}
const head = [
  'visits a day',
  'sites',
  'awake min/day',
  'CU-h/month',
  'Worker req/day',
  'object req/day',
  'rows written/day',
  'rows/visit',
  'GB-s/day',
  'Neon',
  'Cloudflare',
];
console.log(
  `\n${new Date().toISOString().slice(0, 10)}: marks every ${MINUTES} min, Neon suspends after ${NEON.idleMinutes}; prices in test/bench/prices.ts\n`,
);
console.log(table([head, ...rows]));

function line(visits: number, sites: number, { flushes, ...usage }: Day): (string | number)[] {
  const awake = awakeMinutes(flushes);
  const database = neon(awake);
  const edge = cloudflare(usage);
  const cost = ({ free, dollars }: { free: boolean; dollars: number }) => (free ? 'free' : `$${dollars.toFixed(2)}`);
  const { workerRequests, objectRequests, rowsWritten, duration } = usage;
  const counts = [workerRequests, objectRequests, rowsWritten, (rowsWritten / visits).toFixed(1), Math.round(duration)];
  return [visits, sites, Math.round(awake), database.hours.toFixed(1), ...counts, cost(database), cost(edge)];
}

/** From each write until it has been idle for so long; writes of all collectors on one mark are one waking. */
function awakeMinutes(flushes: number[]): number {
  const idle = NEON.idleMinutes * 60_000;
  let [sum, until] = [0, 0];
  for (const at of flushes.sort((a, b) => a - b)) {
    const end = at + BATCH_MS + idle;
    sum += end - Math.max(at, Math.min(until, end));
    until = Math.max(until, end);
  }
  return sum / 60_000;
}

function day(visits: number, sites: number): Day {
  const sum: Day = { workerRequests: 0, objectRequests: 0, duration: 0, rowsWritten: 0, rowsRead: 0, flushes: [] };
  for (let site = 0; site < sites; site++) {
    const one = siteDay(visits / sites, seeded(site + visits));
    sum.flushes.push(...one.flushes);
    for (const name of ['workerRequests', 'objectRequests', 'duration', 'rowsWritten', 'rowsRead'] as const)
      sum[name] += one[name];
  }
  return sum;
}

function siteDay(visits: number, random: () => number): Day {
  const steps: Step[] = [];
  const day: Day = { workerRequests: 0, objectRequests: 0, duration: 0, rowsWritten: 0, rowsRead: 0, flushes: [] };
  for (let hour = 0; hour < 24; hour++) {
    for (let left = poisson((visits / 24) * busyness(hour), random); left > 0; left--) {
      steps.push(...visit(DAY + (hour + random()) * 3_600_000, random));
      day.workerRequests += 1; // the snippet
    }
  }
  steps.sort((a, b) => a.time - b.time);
  const storage = counting(ownStorage(), day);
  const ledger = new Ledger(storage, 0);
  const tally = new Tally(storage);
  let alarm: number | null = null;
  let known = 0;
  const flush = (now: number) => {
    if (ledger.waiting.entries === 0) return;
    day.flushes.push(now);
    for (let batch = ledger.batch(now); batch; batch = ledger.batch(now)) ledger.written();
    ledger.setMeta('last_flush', now);
    day.duration += (BATCH_MS / 1000) * OBJECT_GB;
  };
  for (const step of [...steps, null]) {
    const now = step?.time ?? Infinity;
    if (alarm !== null && alarm <= now) {
      day.objectRequests += 1;
      flush(alarm);
      alarm = null;
    }
    if (!step) break;
    if (now > known + SETTINGS_MS) {
      day.objectRequests += 1;
      known = now;
    }
    day.workerRequests += 1;
    day.objectRequests += 1;
    day.duration += (HIT_MS / 1000) * OBJECT_GB;
    ledger.take(hitOf(step));
    ledger.append(now);
    tally.add({ fate: 'accepted', reason: 'accepted', count: 1 }, now);
    tally.save(now);
    if (ledger.waiting.entries >= FULL.entries || ledger.waiting.bytes >= FULL.bytes) flush(now);
    else if (alarm === null) {
      alarm = nextMark(now, MINUTES);
      day.rowsWritten += 1; // an alarm is a row
    }
  }
  return day;
}

/** Counts what is written as it is billed: a row, and an entry in each index of its table. */
function counting(storage: LedgerStorage, day: Usage): LedgerStorage {
  const changes = () => Number(storage.sql.exec('select total_changes() as n').one().n);
  let known = 0;
  const exec: LedgerStorage['sql']['exec'] = (query, ...bindings) => {
    const result = storage.sql.exec(query, ...bindings);
    if (/^\s*select/.test(query)) return result;
    const now = changes();
    if (now > known)
      day.rowsWritten += (now - known) * (1 + (/\bvisit\b/.test(query) ? indexesOf(storage, 'visit') : 0));
    known = now;
    return result;
  };
  return { sql: { exec }, transactionSync: (work) => storage.transactionSync(work) };
}

function indexesOf(storage: LedgerStorage, name: string): number {
  return Number(
    storage.sql.exec("select count(*) as n from sqlite_master where type = 'index' and tbl_name = ?", name).one().n,
  );
}
