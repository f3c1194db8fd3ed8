import { sql } from 'drizzle-orm';
import type { Site } from '../accounts/guard.ts';
import type { RejudgingJson } from '../contract/api.ts';
import { BOT_RULES, type BotSettings, UNENGAGED_VIEWS } from '../contract/bots.ts';
import type { Db } from '../db/client.ts';
import { engaged } from '../db/rows.ts';
import type { Sql } from '../stats/question.ts';
import { judge } from './verdict.ts';

/** Visits that one transaction judges. */
const STEP = 5_000;
/** How many of those one request makes, and for how long it begins another: each is a request of the Worker's own. */
const STEPS = 20;
const STEPS_MS = 5_000;
/** So many days back each night looks for visits that fire a rule only now that they are over. */
const RECENT_DAYS = 3;

type Row = Record<string, unknown>;
type Judged = Pick<Site, 'id'> & BotSettings;

/** Whether a run that is there is under way, by the settings that are asked for. */
const GOES_ON = sql`rejudging.finished is null and rejudging.settings = excluded.settings`;

/**
 * Makes it known that a site's visits are to be judged by its settings of now; one that is under way by
 * these goes on. What the collectors hold is to be written out before.
 */
export async function begin(db: Db, site: Judged): Promise<void> {
  const { id, bot_threshold, bot_rules } = site;
  await db.execute(sql`
    insert into rejudging (site_id, last, settings)
    values (${id}, (select coalesce(max(id), 0) from session where site_id = ${id}),
      ${JSON.stringify({ bot_threshold, bot_rules })}::jsonb)
    on conflict (site_id) do update set last = excluded.last, finished = null, settings = excluded.settings,
      done = case when ${GOES_ON} then rejudging.done else 0 end,
      judged = case when ${GOES_ON} then rejudging.judged else 0 end,
      changed = case when ${GOES_ON} then rejudging.changed else 0 end,
      started = case when ${GOES_ON} then rejudging.started else now() end`);
}

/** Goes on with what was begun, as far as a request may. @returns how far it is; null when nothing was begun */
export async function goOn(db: Db, { id }: Pick<Site, 'id'>, steps = STEPS): Promise<RejudgingJson | null> {
  const until = Date.now() + STEPS_MS;
  let progress = await progressOf(db, { id });
  for (let n = 0; n < steps && progress && !progress.finished && Date.now() < until; n += 1) {
    progress = await step(db, id);
  }
  return progress;
}

async function step(db: Db, site: number): Promise<RejudgingJson | null> {
  const span = sql`
    select s.site_id, s.id from rejudging r
    cross join lateral (
      select site_id, id from session where site_id = ${site} and id > r.done and id <= r.last order by id limit ${STEP}
    ) s where r.site_id = ${site} and r.finished is null`;
  const [row] = await judge(
    db,
    span,
    Date.now(),
    sql`, span as materialized (${span})
      update rejudging r set done = coalesce((select max(id) from span), r.done),
        judged = r.judged + (select count(*) from span), changed = r.changed + (select count(*) from turned),
        finished = case when (select count(*) from span) < ${STEP} then now() end
      where r.site_id = ${site} and r.finished is null
      returning r.*, ${FIRST} as first`,
  );
  return row ? told(row) : progressOf(db, { id: site });
}

/** The site's first visit: ids order by time. */
const FIRST = sql`(select min(id) from session f where f.site_id = r.site_id)`;

/** How far the last run is, null when there was none. */
export async function progressOf(db: Sql, { id }: Pick<Site, 'id'>): Promise<RejudgingJson | null> {
  const { rows } = await db.execute(sql`select r.*, ${FIRST} as first from rejudging r where r.site_id = ${id}`);
  return rows[0] ? told(rows[0]) : null;
}

function told(row: Row): RejudgingJson {
  const [done, first, last] = [row.done, row.first, row.last].map(Number) as [number, number, number];
  const iso = (at: unknown) => (at === null ? null : new Date(String(at)).toISOString());
  const finished = iso(row.finished);
  return {
    started: iso(row.started) ?? '',
    finished,
    judged: Number(row.judged),
    changed: Number(row.changed),
    progress: finished ? 100 : Math.max(0, Math.floor(((done - first) / (last - first + 1)) * 100)),
  };
}

/**
 * At night, of all sites: what was begun and not finished; then, of the last days, the visits that can be judged only now
 * that they are over, and those that came while the edge still believed the settings of before.
 */
export async function unscopedRejudge(db: Db, now: number): Promise<void> {
  const { rows } = await db.execute(sql`select site_id as id from rejudging where finished is null order by started`);
  let steps = STEPS;
  for (const row of rows) {
    if (steps <= 0) break;
    await goOn(db, { id: Number(row.id) }, steps);
    steps -= STEPS / 2;
  }
  const since = new Date(now - RECENT_DAYS * 86_400_000).toISOString();
  const recent = sql`
    select s.site_id, s.id from site t
    left join rejudging r on r.site_id = t.id
    cross join lateral (
      select site_id, id from session v where v.site_id = t.id and minute(v.start) >= minute(${since}::timestamptz)
        and (v.views >= ${UNENGAGED_VIEWS}::int and not ${engaged(sql`v.flags`)}
          or v.bot_rules & ${BOT_RULES.no_engagement.bit}::smallint <> 0
          or v.start between r.started and r.started + interval '1 minute')
    ) s`;
  await judge(db, recent, now, sql`select count(*) from turned`);
}
