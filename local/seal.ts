import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { LEAST_RETENTION_DAYS } from '../src/contract/wire.ts';
import type { Db } from '../src/db/client.ts';
import { RetentionDays } from '../src/env.ts';
import { mapDue } from '../src/seals/mapping.ts';
import { unscopedForget } from '../src/seals/retention.ts';
import { SETTLED_MS, STEP_VISITS_BY_HAND, sealDue, settled } from '../src/seals/seal.ts';
import { unseal } from '../src/seals/unseal.ts';
import { DAY, dayStart, isoTime, offset } from '../src/stats/zone.ts';
import { CannotStart, reason } from './cannot-start.ts';
import { ownDb } from './db.ts';
import { connect, migrateServer } from './migrate.ts';

/**
 * `npm run seal -- --site shop.example [--from 2026-01-01] [--to 2026-06-30]`: seals a site up to an hour ago, in the
 * database that `DATABASE_URL` names, without waiting for its collectors; `--from` seals anew what is sealed from that day
 * on. Ended amid, it goes on the next time. With `RAW_RETENTION_DAYS`, it then forgets single visits of all sites, as the
 * Worker does once a day.
 */

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { site: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
  });
  const url = process.env.DATABASE_URL;
  if (!url) throw new CannotStart('DATABASE_URL names the database: postgresql://user:password@host/database.');
  if (!values.site) throw new CannotStart('--site names the site: its domain.');
  const from = dateGiven('from', values.from);
  const to = dateGiven('to', values.to);
  const retention = retentionGiven();
  await migrateServer(url);
  const client = await connect(url);
  try {
    const db = ownDb(client);
    const { rows } = await db.execute<{ id: number; timezone: string; visits: string }>(
      sql`select id, timezone from site where domain = ${values.site}`,
    );
    const [site] = rows;
    if (!site) throw new CannotStart(`There is no site ${values.site}.`);
    if (from !== null) {
      const at = new Date(dayStart(site.timezone, from)).toISOString();
      await db.execute(unseal(sql`select ${site.id}::int as site_id, ${at}::timestamptz as at`));
    }
    const began = performance.now();
    const now = to === null ? Date.now() : Math.min(Date.now(), dayStart(site.timezone, to + DAY) + SETTLED_MS);
    let days = 0;
    for (let more = true; more; ) {
      const done = await sealDue(db, site, now, { until: Date.now(), visits: STEP_VISITS_BY_HAND });
      days += done.days;
      more = done.more;
      if (more) process.stdout.write(`\r${days} days`);
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const done = days === 0 ? 'nothing to seal' : `${days} days sealed in ${seconds} s`;
    const upto = isoTime(settled(now), offset(site.timezone, settled(now)));
    console.log(`\r${values.site}: ${done}, up to ${upto}.`);
    const mapping = performance.now();
    await mapDue(db, site, { visits: STEP_VISITS_BY_HAND });
    const mapped = (performance.now() - mapping) / 1000;
    if (mapped > 1) console.log(`Bitmaps for filters made in ${mapped.toFixed(1)} s.`);
    if (retention !== undefined) await forget(db, retention);
  } finally {
    await client.end();
  }
}

async function forget(db: Db, days: number): Promise<void> {
  const { visits, months, sites } = await unscopedForget(db, days, Date.now());
  console.log(`${visits.toLocaleString('en')} visits are forgotten, and the events of ${months.length} months.`);
  if (sites > 0)
    console.log(`${sites} sites keep single visits from a later day on: what is before goes with the next run.`);
}

function retentionGiven(): number | undefined {
  const given = process.env.RAW_RETENTION_DAYS;
  const { success, data } = RetentionDays.safeParse(given);
  if (success) return data;
  throw new CannotStart(`RAW_RETENTION_DAYS is ${given}: a whole number of days, ${LEAST_RETENTION_DAYS} or more.`);
}

function dateGiven(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date)) throw new CannotStart(`--${name} is ${text}: a date is written 2026-01-31.`);
  return date;
}

main().catch((error: unknown) => {
  console.error(error instanceof CannotStart ? error.message : reason(error));
  process.exit(1);
});
