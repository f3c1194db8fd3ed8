import { type SQL, sql } from 'drizzle-orm';
import { BOT_RULES, RULE_NAMES, UNENGAGED_VIEWS } from '../contract/bots.ts';
import { VISIT_IDLE_MS } from '../contract/wire.ts';
import type { Db } from '../db/client.ts';
import { engaged, inMinutesOf, LAST } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import { unseal } from '../seals/unseal.ts';

/**
 * Judging visits anew, in SQL: what `contract/bots.ts` says, of rows. A visit goes by `s`, its site by `t`, whose settings
 * are looked up where the row is, so that there is one moment at which they hold.
 */

const BOT = sql`${SESSION_FLAG.bot}::smallint`;
const UNENGAGED = sql`${BOT_RULES.no_engagement.bit}::smallint`;

/** What a site makes of rules that fired, 0 to 100. */
export function scoreOf(bits: SQL): SQL {
  const parts = RULE_NAMES.map((rule) => {
    const { bit, confidence } = BOT_RULES[rule];
    return sql`case when ${bits} & ${bit}::smallint <> 0
      then coalesce((t.bot_rules ->> ${rule}::text)::int, ${confidence}::int) else 0 end`;
  });
  return sql`least(100, ${sql.join(parts, sql` + `)})`;
}

/**
 * The rules that a visit fires now that it can be seen whole. Where nobody is ever engaged, engagement isn't told (a pixel,
 * a server's hits), and nothing follows from it.
 */
function rulesNow(now: number): SQL {
  const over = new Date(now - VISIT_IDLE_MS).toISOString();
  return sql`(s.bot_rules & ~${UNENGAGED}) | case
    when not ${engaged(sql`s.flags`)} and s.views >= ${UNENGAGED_VIEWS}::int and ${LAST} < ${over}::timestamptz and exists (
      select from session o where o.site_id = s.site_id and ${engaged(sql`o.flags`)}
        and minute(o.start) > minute(s.start) - interval '30 days' and minute(o.start) < minute(s.start) + interval '30 days')
    then ${UNENGAGED} else 0::smallint end`;
}

/** Of visits `(site_id, id)`, those whose rules or verdict are others now. */
function differing(visits: SQL, now: number): SQL {
  return sql`
    select s.site_id, s.id, r.rules, v.flags, s.flags <> v.flags as turned
    from (${visits}) c join session s on s.site_id = c.site_id and s.id = c.id join site t on t.id = s.site_id
      cross join lateral (select (${rulesNow(now)})::smallint as rules) r
      cross join lateral (select case when ${scoreOf(sql`r.rules`)} >= t.bot_threshold
        then s.flags | ${BOT} else s.flags & ~${BOT} end as flags) v
    where s.bot_rules <> r.rules or s.flags <> v.flags`;
}

/** Number of the lock that judging takes: one transaction of it at a time. */
const JUDGING = 826_366_247;

/**
 * Judges visits anew, and their events with them, in one transaction. Its locks wait for whoever is writing one
 * of them just now, so that the last statement sees what they wrote; a flush that comes later waits for this, and follows it.
 * @param visits rows `(site_id, id)`; asked for twice
 * @param after how the statement ends; `turned (site_id, id)` are those whose verdict changed
 * @returns its rows
 */
export async function judge(db: Db, visits: SQL, now: number, after: SQL): Promise<Record<string, unknown>[]> {
  const alone = sql`select pg_advisory_xact_lock(${JUDGING})`;
  const lock = sql`
    select d.id from (${differing(visits, now)}) d join session l on l.site_id = d.site_id and l.id = d.id
    order by d.site_id, d.id for update of l`;
  const write = sql`
    with judged as materialized (${differing(visits, now)}),
    sessions as (
      update session s set bot_rules = j.rules, flags = j.flags from judged j
      where s.site_id = j.site_id and s.id = j.id
      returning s.site_id, s.id, s.start, ${LAST} as last, s.flags, j.turned
    ),
    turned as materialized (select * from sessions where turned),
    events as (
      update event e set flags = (e.flags & ~${BOT}) | (n.flags & ${BOT}) from turned n
      where e.site_id = n.site_id and e.session_id = n.id and e.site_id = any(array(select distinct site_id from turned))
        and ${inMinutesOf(sql`turned`)}
    ),
    unsealed as (${unseal(sql`select site_id, min(start) as at from turned group by site_id`)})
    ${after}`;
  const [, , { rows }] = await db.batch([db.execute(alone), db.execute(lock), db.execute(write)]);
  return rows;
}
