import { type SQL, sql } from 'drizzle-orm';
import { LIMITS, PAGEVIEW } from '../contract/wire.ts';
import type { Db } from '../db/client.ts';
import { inMinutesOf, LAST } from '../db/rows.ts';
import { SESSION_FLAG, TERM, type TermKind } from '../db/schema.ts';
import { unseal } from '../seals/unseal.ts';
import type { Batch } from './ledger.ts';
import { type EngagementEntry, type Entry, type EventEntry, foundIn, type Visit } from './visit.ts';

/** Columns of `session` that hold a term of the kind of the same name. */
const FACTS = [
  'hostname',
  'referrer',
  'source',
  'channel',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'country',
  'region',
  'city',
  'browser',
  'browser_version',
  'os',
  'os_version',
  'device',
  'screen',
  'language',
] as const satisfies TermKind[];

/** Texts of one batch, each once; rows name them by position, 1 first. */
class Words {
  readonly list: { kind: number; value: string }[] = [];
  /** By kind: a text made for looking up costs more than looking up. */
  readonly #places = new Map<TermKind, Map<string, number>>();

  place(kind: TermKind, value: string | null | undefined): number | null {
    if (value === null || value === undefined) return null;
    const places = this.#places.get(kind) ?? new Map<string, number>();
    if (places.size === 0) this.#places.set(kind, places);
    let place = places.get(value);
    if (place === undefined) {
      place = this.list.push({ kind: TERM[kind], value });
      places.set(value, place);
    }
    return place;
  }
}

/**
 * A batch as one JSON text, the shape that the statement below takes apart; and the minutes of the page views that reports
 * of engagement speak of, known beforehand, so that only their partitions and index entries are read; the earliest moment
 * that anything of it changes; and the visits that are another visitor's than was written before.
 */
function payload(batch: Batch): { body: string; minutes: string; earliest: string | null; renamed: number[] } {
  const { entries: all, visits } = batch;
  // Released twice before it was written: once is enough.
  const entries = all.filter(
    (entry, i) =>
      !isReleased(entry) || all.findIndex((other) => isReleased(other) && other.released === entry.released) === i,
  );
  const words = new Words();
  /** As the visits say: who somebody is may have been told after the event. */
  const visitors = new Map(visits.map(({ id, visitor }) => [id, visitor]));
  /** By their visits. */
  const views = new Map<number, { time: number; row: ReturnType<typeof eventRow> }[]>();
  const events = entries
    .filter((entry) => entry.type === 'event')
    .map((entry) => {
      const row = eventRow(entry, visitors.get(entry.visit) ?? entry.visitor, words);
      if (!entry.view) return row;
      const others = views.get(entry.visit);
      if (others) others.push({ time: entry.time, row });
      else views.set(entry.visit, [{ time: entry.time, row }]);
      return row;
    });
  const updates: ReturnType<typeof updateRow>[] = [];
  for (const entry of entries) {
    if (entry.type !== 'engagement') continue;
    const row = views.get(entry.visit)?.findLast(({ time }) => time === entry.viewed)?.row;
    if (row) {
      row.engaged = Math.max(row.engaged, entry.engaged);
      row.scroll = Math.max(row.scroll ?? 0, entry.scroll);
    } else {
      updates.push(updateRow(entry, words));
    }
  }
  const titles = new Map<number | null, { page: number | null; title: number }>();
  for (const { page, title } of events) if (title !== null && !titles.has(page)) titles.set(page, { page, title });
  const sessions = visits.filter((visit) => visit.events > 0).map((visit) => sessionRow(visit, words));
  const released = entries.filter(isReleased).map((entry) => entry.released);
  const minutes = [...new Set(updates.map(({ time }) => `${time.slice(0, 16)}Z`))];
  return {
    body: JSON.stringify({ terms: words.list, titles: [...titles.values()], sessions, events, updates, released }),
    minutes: `{${minutes.join()}}`,
    earliest: earliestOf(batch),
    renamed: [...new Set(entries.flatMap((entry) => ('renames' in entry ? [entry.visit] : [])))],
  };
}

/** The earliest of the visits that are written anew and of the events that are added, or told more of; null when there are none. */
function earliestOf({ entries, visits }: Batch): string | null {
  const times = entries.flatMap((entry) =>
    entry.type === 'event' ? [entry.time] : entry.type === 'engagement' ? [entry.viewed] : [],
  );
  for (const { events, start } of visits) if (events > 0) times.push(start);
  return times.length > 0 ? new Date(Math.min(...times)).toISOString() : null;
}

function isReleased(entry: Entry): entry is Entry & { released: number } {
  return 'released' in entry && entry.released !== undefined;
}

function eventRow(entry: EventEntry, visitor: number, words: Words) {
  return {
    session_id: entry.visit,
    visitor,
    time: iso(entry.time),
    name: words.place('event', entry.name),
    page: words.place('path', entry.page),
    title: words.place('title', entry.title),
    hostname: words.place('hostname', entry.hostname),
    engaged: 0,
    currency: words.place('currency', entry.currency),
    scroll: null as number | null,
    flags: entry.bot ? SESSION_FLAG.bot : 0,
    amount: entry.amount,
    props: entry.props,
    released: entry.released,
  };
}

function updateRow({ visit, viewed, engaged, scroll }: EngagementEntry, words: Words) {
  return { session_id: visit, time: iso(viewed), name: words.place('event', PAGEVIEW), engaged, scroll };
}

/** A time with its microseconds, which a `Date` has no place for. */
function iso(milliseconds: number): string {
  const micros = Math.round(milliseconds * 1000);
  return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${String(micros % 1000).padStart(3, '0')}Z`);
}

function sessionRow(visit: Visit, words: Words) {
  const { bot, replay, bounce, engaged } = SESSION_FLAG;
  const isBounce = visit.events - (visit.quiet ?? 0) <= 1;
  const how =
    (visit.bot ? bot : 0) | (visit.replay ? replay : 0) | (isBounce ? bounce : 0) | (visit.engaged ? engaged : 0);
  // What is told apart in a millisecond by microseconds took no time. Versions before this one let visits go on without end.
  const duration = Math.min(Math.floor(visit.last - visit.start), 2_147_483_647);
  const row: Record<string, string | number | null> = {
    id: visit.id,
    visitor: visit.visitor,
    start: iso(visit.start),
    duration,
    views: Math.min(visit.views, LIMITS.visitEvents),
    events: Math.min(visit.events, LIMITS.visitEvents),
    entry: words.place('path', visit.entry?.[0]),
    exit: words.place('path', visit.exit?.[0]),
    flags: how | foundIn(visit),
    bot_rules: visit.rules ?? 0,
  };
  for (const fact of FACTS) {
    const value = visit.facts[fact];
    if (value !== undefined) row[fact] = words.place(fact, value);
  }
  return row;
}

/** The places of `FACTS` in a recordset, as columns and as term ids. */
const factColumns = sql.join(
  FACTS.map((fact) => sql.identifier(fact)),
  sql`, `,
);
const factTypes = sql.join(
  FACTS.map((fact) => sql`${sql.identifier(fact)} int`),
  sql`, `,
);
const factIds = sql.join(
  FACTS.map((fact) => sql`word.ids[s.${sql.identifier(fact)}]`),
  sql`, `,
);
const factUpdates = sql.join(
  FACTS.map((fact) => sql`${sql.identifier(fact)} = excluded.${sql.identifier(fact)}`),
  sql`, `,
);

/**
 * Writes a batch: one statement, and everything in it hangs on the guard row, so that a batch sent twice changes
 * nothing the second time. Terms that another collector writes at the same moment are waited for and found. The verdict on a visit
 * that is there already is left as it is, and its new events follow it: it may have been judged anew since. Days that it
 * changes are sealed no longer. Of a title there is only what differs from the first that its page had.
 */
export async function writeBatch(db: Db, siteId: number, collector: number, batch: Batch): Promise<void> {
  const { body, minutes, earliest, renamed } = payload(batch);
  const written = db.execute(sql`
    with given as materialized (select ${body}::json as body),
    batch as (
      insert into ingest_batch (site_id, collector, batch) values (${siteId}, ${collector}, ${batch.number})
      on conflict (site_id, collector) do update set batch = excluded.batch, at = now()
        where ingest_batch.batch < excluded.batch
      returning batch
    ),
    wanted as materialized (
      select w.place, w.kind, w.value
      from given, rows from (json_to_recordset(given.body -> 'terms') as (kind smallint, value text))
        with ordinality as w (kind, value, place)
      where exists (select from batch)
    ),
    known as (
      select w.place, t.id from wanted w join term t on t.site_id = ${siteId} and t.kind = w.kind and t.value = w.value
    ),
    made as (
      insert into term (site_id, kind, value)
      select ${siteId}, kind, value from wanted where place not in (select place from known) order by kind, value
      on conflict (site_id, kind, value) do update set value = excluded.value
      returning id, kind, value
    ),
    word as materialized (
      select array_agg(id order by place) as ids from (
        select place, id from known
        union all select w.place, made.id from made join wanted w using (kind, value)
      ) all_words
    ),
    titled as materialized (
      select t.page as place, word.ids[t.page] as page, word.ids[t.title] as title
      from given, word, json_to_recordset(given.body -> 'titles') as t (page int, title int)
      where exists (select from batch)
    ),
    first_known as (
      select t.page, p.title from titled t join page_title p on p.site_id = ${siteId} and p.page = t.page
    ),
    first_made as (
      insert into page_title (site_id, page, title)
      select ${siteId}, page, title from titled where page not in (select page from first_known) order by page
      on conflict (site_id, page) do update set title = page_title.title
      returning page, title
    ),
    first_title as materialized (
      select t.place, f.title from titled t
        join (select page, title from first_known union all select page, title from first_made) f on f.page = t.page
    ),
    visits as (
      insert into session (id, visitor, start, site_id, duration, views, events, flags, bot_rules, entry, exit, ${factColumns})
      select s.id, s.visitor, s.start, ${siteId}, s.duration, s.views, s.events, s.flags, s.bot_rules,
        word.ids[s.entry], word.ids[s.exit], ${factIds}
      from given, word, json_to_recordset(given.body -> 'sessions') as s (
        id bigint, visitor bigint, start timestamptz, duration int, views smallint, events smallint, flags smallint,
        bot_rules smallint, entry int, exit int, ${factTypes})
      where exists (select from batch)
      on conflict (site_id, id) do update set visitor = excluded.visitor, start = excluded.start,
        duration = excluded.duration, views = excluded.views, events = excluded.events, entry = excluded.entry,
        exit = excluded.exit, ${factUpdates},
        flags = (excluded.flags & ${~SESSION_FLAG.bot}::smallint) | (session.flags & ${SESSION_FLAG.bot}::smallint),
        bot_rules = session.bot_rules | excluded.bot_rules
      returning id, flags
    ),
    released as (
      delete from quarantine q using given
      where q.site_id = ${siteId} and exists (select from batch)
        and q.id in (select value::bigint from json_array_elements_text(given.body -> 'released'))
      returning q.id
    ),
    engagements as (
      update event e set engaged = greatest(e.engaged, u.engaged), scroll = greatest(e.scroll, u.scroll)
      from given, word, json_to_recordset(given.body -> 'updates') as u (
        session_id bigint, time timestamptz, name int, engaged int, scroll smallint)
      where e.site_id = ${siteId} and minute(e.time) = any(${minutes}::timestamptz[]) and e.session_id = u.session_id
        and e.time = u.time and e.name = word.ids[u.name] and exists (select from batch)
    ),
    unsealed as (
      ${unseal(sql`select ${siteId}::int as site_id, ${earliest}::timestamptz as at from batch`)}
    )
    insert into event (session_id, visitor, time, site_id, name, page, hostname, engaged, currency, scroll, flags, amount, props, title)
    select e.session_id, e.visitor, e.time, ${siteId}, word.ids[e.name], word.ids[e.page], word.ids[e.hostname],
      e.engaged, word.ids[e.currency], e.scroll, coalesce(v.flags & ${SESSION_FLAG.bot}::smallint, e.flags), e.amount, e.props,
      nullif(word.ids[e.title], f.title)
    from given, word, json_to_recordset(given.body -> 'events') as e (
      session_id bigint, visitor bigint, time timestamptz, name int, page int, hostname int,
      engaged int, currency int, scroll smallint, flags smallint, amount numeric, props jsonb, title int, released bigint)
      left join visits v on v.id = e.session_id left join first_title f on f.place = e.page
    where exists (select from batch) and (e.released is null or e.released in (select id from released))
    order by e.time`);
  if (renamed.length === 0) await written;
  else await db.batch([written, db.execute(following(siteId, renamed))]);
}

/** What was written of visits before follows them to the visitor whose they are. Done twice, it changes nothing the second time. */
function following(siteId: number, visits: number[]): SQL {
  const renamed = sql`s.site_id = ${siteId} and s.id = any(${`{${visits.join()}}`}::bigint[])`;
  return sql`update event e set visitor = s.visitor from session s
    where ${renamed} and e.site_id = s.site_id and e.session_id = s.id and e.visitor <> s.visitor
      and e.site_id = ${siteId} and ${inMinutesOf(sql`(select s.start, ${LAST} as last from session s where ${renamed}) s`)}`;
}

/** Makes the monthly partitions that a batch needs. Those that exist are left alone. */
export async function makePartitions(db: Db, first: number, last: number): Promise<void> {
  const from = new Date(first).toISOString();
  const to = new Date(last).toISOString();
  await db.execute(sql`select make_event_partitions(${from}::timestamptz, ${to}::timestamptz)`);
}
