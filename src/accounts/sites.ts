import { and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import type { Context } from '../app.ts';
import { begin } from '../bots/rejudge.ts';
import { signKey } from '../collect/key.ts';
import { configureSite, flushSite, forgetSite, listen } from '../collectors.ts';
import { SiteInput, type SiteJson, SitePatch } from '../contract/api.ts';
import { RULE_NAMES } from '../contract/bots.ts';
import { NOTHING_EXCLUDED } from '../contract/exclude.ts';
import { EXTRAS, MASKING, RECORDING, TRACK } from '../contract/wire.ts';
import { connect, type Db, isUniqueViolation } from '../db/client.ts';
import * as schema from '../db/schema.ts';
import { type Bindings, vars } from '../env.ts';
import { input, wantsSocket } from '../input.ts';
import { Problem } from '../problem.ts';
import { objectName, objectStore } from '../replays/store.ts';
import { asker, guard, type Site } from './guard.ts';

const { member, site } = schema;

type SiteRow = typeof site.$inferSelect;

/** Everything that hangs on a site by its number alone, without a foreign key. */
const FACTS = [
  schema.event,
  schema.session,
  schema.replay_chunk,
  schema.replay_part,
  schema.replay_sheet,
  schema.replay,
  schema.replay_page,
  schema.term,
  schema.page_title,
  schema.ingest_batch,
  schema.quarantine,
  schema.sealed_sum,
  schema.sealed_visitor,
  schema.sealed_goal,
  schema.sealed_slice,
  schema.sealed_block,
  schema.sealed_segment,
  schema.sealed_place,
  schema.sealed_bitmap,
] as const;

export const sites = new Hono<Context>();

sites.get('/sites', async (c) => {
  const { user } = await asker(c, 'read');
  const rows = await unscopedSites(connect(c.env), user);
  return c.json({ sites: await Promise.all(rows.map((row) => shown(c.env, row))) });
});

sites.post('/sites', async (c) => {
  const { user } = await asker(c, 'write');
  const row = await create(connect(c.env), user, await input(c.req.raw, SiteInput));
  if (!row) throw taken();
  await configureSite(c.env, row);
  return c.json(await shown(c.env, row), 201);
});

sites.get('/sites/:site', async (c) => {
  const row = await guard(c, c.req.param('site'), 'read');
  return c.json(await shown(c.env, row));
});

sites.patch('/sites/:site', async (c) => {
  const old = await guard(c, c.req.param('site'), 'write');
  const db = connect(c.env);
  const row = await update(db, old, await input(c.req.raw, SitePatch));
  await configureSite(c.env, row);
  if (judgesOtherwise(old, row)) {
    await flushSite(c.env, row);
    await begin(db, row);
  }
  return c.json(await shown(c.env, row));
});

/** The edge forgets the site first: nothing may be written while its rows go. Asked twice, it does the rest. */
sites.delete('/sites/:site', async (c) => {
  const row = await guard(c, c.req.param('site'), 'write');
  const db = connect(c.env);
  await forgetSite(c.env, row);
  await objectStore(c.env).remove(objectName.all(row.id));
  await remove(db, row);
  return c.body(null, 204);
});

sites.get('/sites/:site/live', async (c) => {
  const site = await guard(c, c.req.param('site'), 'read');
  wantsSocket(c.req.raw);
  return listen(c.env, site);
});

/** All sites of a user. */
function unscopedSites(db: Db, user: string): Promise<SiteRow[]> {
  return db
    .select(getTableColumns(site))
    .from(site)
    .innerJoin(member, eq(member.site_id, site.id))
    .where(eq(member.user_id, user))
    .orderBy(asc(site.domain));
}

/** The new site and whose it is, or nothing of both: null when the domain or the Umami website id is taken. */
async function create(db: Db, user: string, wanted: SiteInput): Promise<SiteRow | null> {
  const {
    domain,
    timezone,
    week_start,
    mode,
    record,
    record_days,
    picture_hosts,
    hash,
    gpc,
    umami_id,
    dnt,
    bot_threshold,
    bot_rules,
    consent,
    hash_identify,
  } = wanted;
  const exclude = { ...NOTHING_EXCLUDED, ...wanted.exclude };
  const track = { ...TRACK, ...wanted.track };
  const masking = { ...MASKING, ...wanted.masking };
  const recording = { ...RECORDING, ...wanted.recording };
  const extras = { ...EXTRAS, ...wanted.extras };
  const { rows } = await db.execute<{ id: number }>(sql`
    with made as (
      insert into site (domain, timezone, week_start, mode, record, record_days, picture_hosts, masking, hash, gpc, umami_id, dnt, bot_threshold, bot_rules, exclude,
        consent, hash_identify, track, recording, extras)
      values (${domain}, ${timezone}, ${week_start}::smallint, ${mode}, ${record}::real, ${record_days}::smallint, ${JSON.stringify(picture_hosts)}::jsonb, ${JSON.stringify(masking)}::jsonb, ${hash}::boolean, ${gpc}::boolean,
        ${umami_id}::uuid, ${dnt}::boolean, ${bot_threshold}::smallint, ${JSON.stringify(bot_rules)}::jsonb, ${JSON.stringify(exclude)}::jsonb,
        ${consent}::boolean, ${hash_identify}::boolean, ${JSON.stringify(track)}::jsonb, ${JSON.stringify(recording)}::jsonb,
        ${JSON.stringify(extras)}::jsonb)
      on conflict do nothing
      returning id
    )
    insert into member (site_id, user_id)
    select id, ${user} from made
    returning site_id as id`);
  if (!rows[0]) return null;
  const [row] = await db.select().from(site).where(eq(site.id, rows[0].id));
  return row ?? null;
}

/** Settings of several parts, of which a patch may name some. */
const MERGED = ['exclude', 'track', 'masking', 'recording', 'extras'] as const;

async function update(db: Db, old: Site, patch: SitePatch): Promise<SiteRow> {
  if (Object.values(patch).every((value) => value === undefined)) return old;
  // Merged by Postgres: what somebody else changes at the same time stays.
  const merged = Object.fromEntries(
    MERGED.flatMap((name) =>
      patch[name] === undefined ? [] : [[name, sql`${site[name]} || ${JSON.stringify(patch[name])}::jsonb`]],
    ),
  );
  try {
    const { timezone } = patch;
    const moved = timezone !== undefined && timezone !== old.timezone;
    const changed = db
      .update(site)
      .set({ ...defined(patch), ...merged })
      .where(and(eq(site.id, old.id), moved ? isNull(site.kept) : undefined))
      .returning();
    // Other midnights, other days.
    const days = db.execute(sql`
      with gone as (delete from seal using site where site.id = site_id and site_id = ${old.id} and timezone = ${timezone} returning site_id)
      delete from sealed_block where site_id in (select site_id from gone)`);
    const [row] = moved ? (await db.batch([changed, days]))[0] : await changed;
    if (row) return row;
    if (moved) throw settled(old);
  } catch (error) {
    throw isUniqueViolation(error) ? taken() : error;
  }
  throw new Problem('not_found', 'The site has just been deleted.');
}

/** One transaction: facts by number, definitions and rights with the site's own row. */
async function remove(db: Db, { id }: Site): Promise<void> {
  const facts = FACTS.map((table) => db.delete(table).where(eq(table.site_id, id)));
  await db.batch([db.delete(site).where(eq(site.id, id)), ...facts]);
}

async function shown(env: Bindings, row: SiteRow): Promise<SiteJson> {
  const { created, kept, exclude, ...settings } = row;
  const { addresses, ...lists } = exclude;
  return {
    ...settings,
    exclude: { ...lists, addresses: addresses.length },
    created: created.toISOString(),
    kept: kept === null ? null : kept.toISOString(),
    key: await signKey(vars(env).FOOTFALL_SECRET, row.id),
  };
}

function judgesOtherwise(old: SiteRow, { bot_threshold, bot_rules }: SiteRow): boolean {
  return old.bot_threshold !== bot_threshold || RULE_NAMES.some((rule) => old.bot_rules[rule] !== bot_rules[rule]);
}

/** Days of which there are numbers alone can't begin at another midnight. */
function settled({ timezone }: Site): Problem {
  const detail = `Of days gone by there are numbers alone, by the midnights of ${timezone}: the time zone can’t be changed any more.`;
  return new Problem('conflict', detail);
}

function taken(): Problem {
  return new Problem('conflict', 'A site with this domain, or with this Umami website id, exists already.');
}

/** The columns that a patch names. */
function defined({ exclude: _, track: __, ...columns }: SitePatch): Partial<SiteRow> {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
