import { parseArgs } from 'node:util';
import { CannotStart, reason } from './cannot-start.ts';
import { connect, migrateServer } from './migrate.ts';
import { large, small } from './seed-profiles.ts';
import { seed } from './seed-site.ts';

/**
 * `npm run seed -- --events 5000000 --days 90`: a site of that size in the database that `DATABASE_URL` names, or, with
 * `--demo`, a small one to be believed. `--site` is its domain; it is made where there is none, and belongs to the owner.
 */

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '5000000' },
      days: { type: 'string', default: '90' },
      site: { type: 'string' },
      demo: { type: 'boolean', default: false },
    },
  });
  const [events, days] = [wholeNumber('events', values.events, 1e9), wholeNumber('days', values.days, 3_650)];
  const url = process.env.DATABASE_URL;
  if (!url) {
    throw new CannotStart(
      'DATABASE_URL names the database to fill: postgresql://user:password@host/database. ' +
        'For the embedded one: npm start -- --demo.',
    );
  }
  await migrateServer(url);
  const client = await connect(url);
  try {
    const run = async (text: string, params: unknown[] = []) => (await client.query(text, params)).rows;
    const domain = values.site ?? (values.demo ? 'demo.example' : 'seed.example');
    const site = await siteCalled(run, domain);
    const profile = values.demo ? small(domain) : large(events, days);
    const from = performance.now();
    const made = await seed(run, site, profile, Date.now());
    const seconds = ((performance.now() - from) / 1000).toFixed(0);
    await client.query('vacuum analyze session');
    await client.query('vacuum analyze event');
    await client.query('analyze term');
    console.log(
      `${domain} (${site.id}) has ${made.events.toLocaleString('en')} events of ${made.visits.toLocaleString('en')} visits, made in ${seconds} s.`,
    );
  } finally {
    await client.end();
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const n = Number(text);
  if (Number.isInteger(n) && n > 0 && n <= most) return n;
  throw new CannotStart(`--${name} is ${text}: it must be a whole number from 1 to ${most}.`);
}

/** @throws CannotStart when it has visits already */
async function siteCalled(run: Parameters<typeof seed>[0], domain: string): Promise<{ id: number; timezone: string }> {
  await run('insert into site (domain) values ($1) on conflict (domain) do nothing', [domain]);
  const [site] = await run(
    'select id, timezone, exists (select from session where site_id = site.id) as full from site where domain = $1',
    [domain],
  );
  const { id, timezone, full } = site as { id: number; timezone: string; full: boolean };
  if (full) throw new CannotStart(`${domain} has visits already; --site names another.`);
  await run('insert into member (site_id, user_id) select $1, id from auth_user where founder on conflict do nothing', [
    id,
  ]);
  return { id, timezone };
}

main().catch((error: unknown) => {
  console.error(error instanceof CannotStart ? error.message : reason(error));
  process.exit(1);
});
