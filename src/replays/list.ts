import { type SQL, sql } from 'drizzle-orm';
import type { ListedReplay, ReplayDetail } from '../contract/api.ts';
import { filtered, isEvent } from '../contract/query.ts';
import { FRICTION, type Friction, type ReplayOrder, STRIP, STRIP_BIT } from '../contract/replay.ts';
import { perSignal, SIGNALS } from '../contract/wire.ts';
import type { Db } from '../db/client.ts';
import { LAST, moment, rowsOf } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import { LONGEST_VISIT } from '../stats/rows.ts';
import { type Asked, where } from '../stats/where.ts';
import { noteJson, notesRow } from './notes.ts';
import { ms, type ReplayRow, replayJson, replayRow, storyRows } from './visit.ts';
import { seenBy, type Watcher, watchersRow, watching } from './watched.ts';

/** Recordings of which visits: when the visit began counts, as in every report. */
export interface Wanted extends Asked {
  order: ReplayOrder;
  with: Friction[];
  /** Who asks. */
  user: string;
  /** Only what they have not watched: by now, or by a date-time. */
  unseen: boolean | string;
  /** Seconds. */
  min_duration: number;
  page: { limit: number; offset: number };
}

interface Found {
  results: ListedReplay[];
  total: number;
  /** How many of them have any of each signal. */
  friction: ReturnType<typeof perSignal<number>>;
}

type Listed = Pick<ListedReplay, 'strip' | 'seen' | 'watched_by'>;

/** How much each is about trouble; the API's document says it in words. */
const WEIGHTS: Record<Friction, number> = {
  rage_clicks: 3,
  errors: 2,
  abandoned_forms: 2,
  dead_clicks: 1,
  quick_backs: 1,
  slow_interactions: 1,
};

const found = (signal: Friction) => sql`r.${sql.identifier(signal)}`;

/** Which visits are about most trouble. */
const troubled = sql`(${sql.join(
  FRICTION.map((signal) => sql`${WEIGHTS[signal]}::int * least(${found(signal)}, 10)`),
  sql` + `,
)})`;

const ORDERS: Record<ReplayOrder, SQL> = {
  newest: sql`r.start desc, r.session_id desc`,
  friction: sql`${troubled} desc, r.start desc, r.session_id desc`,
  longest: sql`r.last - r.start desc, r.session_id desc`,
  clicks: sql`r.clicks desc, r.start desc, r.session_id desc`,
};

/** Of recordings `r`, how many have any of each signal, as names and values of a JSON object. */
const haveAny = sql.join(
  SIGNALS.map((name) => sql`${name}::text, count(*) filter (where r.${sql.identifier(name)} > 0)`),
  sql`, `,
);

/** Recordings of visits that fit; those whose page view has not arrived fit where nothing is filtered. */
export async function listReplays(db: Db, wanted: Wanted): Promise<Found> {
  const { range, bots, page } = wanted;
  const [from, to] = [moment(range.from), moment(range.to)];
  const site = wanted.site.id;
  const order = ORDERS[wanted.order];
  const chosen = [
    sql`r.last - r.start >= ${wanted.min_duration}::float8 * interval '1 second'`,
    ...wanted.with.map((one) => sql`${found(one)} > 0`),
    ...(wanted.unseen ? [sql`not ${seenBy(wanted.user, wanted.unseen === true ? undefined : wanted.unseen)}`] : []),
  ];
  const { rows } = await db.execute<Omit<Found, 'results'> & { results: (ReplayRow & Listed)[] }>(sql`
    with fitting as (
      select r.*
      from replay r left join session s on s.site_id = r.site_id and s.id = r.session_id
      where r.site_id = ${site}
        and r.start >= ${from} - interval '1 day' and r.start < ${to} + interval '1 day'
        and coalesce(s.start, r.start) >= ${from} and coalesce(s.start, r.start) < ${to}
        and ${bots ? sql`true` : sql`coalesce(s.flags, 0) & ${SESSION_FLAG.bot}::int = 0`}
        and ${sql.join(chosen, sql` and `)}
        and ${fits(wanted)}
    ), page as (
      select r.*, row_number() over (order by ${order}) as place from fitting r
      order by ${order} limit ${page.limit} offset ${page.offset}
    )
    select
      (select count(*)::int from fitting) as total,
      (select json_build_object(${haveAny}) from fitting r) as friction,
      (select coalesce(json_agg(${replayRow}::jsonb || jsonb_build_object('strip', ${stripRow},
          'seen', ${seenBy(wanted.user)}, 'watched_by', ${watchersRow}) order by r.place), '[]')
       from page r left join session s on s.site_id = r.site_id and s.id = r.session_id) as results`);
  const { results, total, friction } = rows[0] ?? { results: [], total: 0, friction: perSignal(0) };
  return { results: results.map((row) => ({ ...row, ...replayJson(row) })), total, friction };
}

const signalBits = sql.join(
  [...FRICTION, 'clicks' as const].map(
    (signal) => sql`case when (c.signals->>${signal}::text)::bigint > 0 then ${STRIP_BIT[signal]}::int else 0 end`,
  ),
  sql` | `,
);

/** What happened when in the recording `r`, as its chunks' envelopes say: nothing is read of what they hold. */
const stripRow = sql`(
  select json_agg(coalesce(part.bits, 0) order by slot)
  from generate_series(0, ${STRIP - 1}::int) slot left join (
    select
      least(${STRIP - 1}::int, greatest(0, floor(${STRIP}::int * extract(epoch from c."from" - r.start)
        / greatest(0.001, extract(epoch from r.last - r.start)))::int)) as slot,
      bit_or(case when c.url is distinct from c.before then ${STRIP_BIT.page}::int else 0 end
        | ${signalBits}) as bits
    from (
      select "from", url, signals, lag(url) over (order by "from", stream, n) as before
      from replay_chunk where site_id = r.site_id and session_id = r.session_id
    ) c
    group by 1
  ) part using (slot))`;

/** A filter on events asks for a visit `s` that has such an event. */
export function fits(wanted: Asked): SQL {
  const { site, range, filters } = wanted;
  if (filters.length === 0) return sql`true`;
  if (!filtered(filters).some(isEvent)) return sql`s.id is not null and ${where(wanted, sql`s.visitor`)}`;
  const last = sql`(select max(${LAST}) from session s where ${rowsOf('s', site.id, range)})`;
  return sql`exists (
    select 1 from event e
    where ${rowsOf('e', site.id, { from: range.from, to: range.to + LONGEST_VISIT })} and minute(e.time) <= minute(${last})
      and e.session_id = s.id and ${where(wanted, sql`e.visitor`)})`;
}

/** A chunk `c` of a recording's index. */
export const chunkRow = sql`json_build_object(
  'stream', c.stream, 'n', c.n, 'from', ${ms(sql`c."from"`)}, 'to', ${ms(sql`c."to"`)}, 'skew', c.skew,
  'events', c.events, 'bytes', c.bytes, 'keyframe', c.keyframe, 'url', c.url, 'signals', c.signals)`;

/** Everything about one recording but its bytes; null when there is none. That it was opened is written down. */
export async function findReplay(
  db: Db,
  site: number,
  session: number,
  watcher: Watcher,
): Promise<ReplayDetail | null> {
  type Detail = Pick<ReplayDetail, 'chunks' | 'events' | 'picture_hosts'> & {
    replay: ReplayRow;
    notes: Parameters<typeof noteJson>[0][];
  };
  const { rows } = await db.execute<{ detail: Detail }>(sql`
    with watched as (${watching(site, session, watcher)})
    select json_build_object(
      'replay', ${replayRow},
      'chunks', (
        select coalesce(json_agg(${chunkRow} order by c."from", c.stream, c.n), '[]')
        from replay_chunk c where c.site_id = r.site_id and c.session_id = r.session_id),
      'picture_hosts', (select picture_hosts from site where id = r.site_id),
      'notes', ${notesRow},
      'events', ${storyRows(site)}
    ) as detail
    from replay r left join session s on s.site_id = r.site_id and s.id = r.session_id
    where r.site_id = ${site} and r.session_id = ${session}`);
  if (!rows[0]) return null;
  const { replay, notes, ...detail } = rows[0].detail;
  return { ...replayJson(replay), ...detail, notes: notes.map(noteJson) };
}
