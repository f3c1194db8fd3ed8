import { type SQL, sql } from 'drizzle-orm';
import type { ReplayJson, VisitJson } from '../contract/api.ts';
import { SIGNALS } from '../contract/wire.ts';
import { BOUNCE, LAST } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';
import { type GoalDefinition, reaches } from '../goals/match.ts';

/** Terms of `session` that a visit tells, under the name it gives them. */
const TERMS = {
  entry_page: 'entry',
  exit_page: 'exit',
  source: 'source',
  channel: 'channel',
  country: 'country',
  region: 'region',
  city: 'city',
  browser: 'browser',
  os: 'os',
  device: 'device',
  language: 'language',
} as const;

/** Milliseconds since 1970 of a timestamp: a plain number, whatever the driver makes of dates. */
export const ms = (column: SQL) => sql`(extract(epoch from ${column}) * 1000)::float8`;

const told = Object.entries(TERMS).map(
  ([name, column]) =>
    sql`${name}::text, (select value from term where site_id = s.site_id and id = s.${sql.identifier(column)})`,
);

/** A visit `s` as one JSON object: `VisitJson` but for how times are written. */
export const visitRow = sql`json_build_object(
  'id', s.id, 'visitor', s.visitor::text, 'start', ${ms(sql`s.start`)}, 'last', ${ms(LAST)},
  'views', s.views, 'events', s.events, 'bounce', ${BOUNCE}, 'bot', s.flags & ${SESSION_FLAG.bot}::int <> 0,
  ${sql.join(told, sql`, `)})`;

/** What was counted in the recording `r`, as names and values of a JSON object. */
export const signalsOf = sql.join(
  SIGNALS.map((name) => sql`${name}::text, r.${sql.identifier(name)}`),
  sql`, `,
);

/** The recording `r` and its visit `s` (left joined) as one JSON object: `ReplayJson` but for how times are written. */
export const replayRow = sql`json_build_object(
  'session', r.session_id, 'start', ${ms(sql`r.start`)}, 'last', ${ms(sql`r.last`)}, 'bytes', r.bytes,
  ${signalsOf}, 'visit', case when s.id is not null then ${visitRow} end)`;

/** Events of one visit that its story tells, at most. */
const STORY_EVENTS = 5_000;

/** Names of the goals that the event `e` reached. */
const goalsOf = (site: number, goals: GoalDefinition[]) =>
  sql`to_json(array_remove(array[${sql.join(
    goals.map((goal) => sql`case when ${reaches(site, goal)} then ${goal.name}::text end`),
    sql`, `,
  )}]::text[], null))`;

/** What was counted of a visit `s`, in order: a JSON array. With the goals that were reached, of those given. */
export const storyRows = (site: number, goals?: GoalDefinition[]) => sql`(
  select coalesce(json_agg(json_build_object(
    'time', ${ms(sql`e.time`)}, 'name', name.value, 'page', page.value, 'props', e.props${goals ? sql`, 'goals', ${goalsOf(site, goals)}` : sql``}) order by e.time), '[]')
  from (
    select * from event
    where site_id = ${site} and session_id = s.id and minute(time) >= minute(s.start) and minute(time) <= minute(${LAST})
    order by time limit ${STORY_EVENTS}
  ) e
  join term name on name.site_id = e.site_id and name.id = e.name
  join term page on page.site_id = e.site_id and page.id = e.page)`;

interface Spell {
  start: number;
  last: number;
}

/** What `visitRow` gives. */
export type VisitRow = Omit<VisitJson, 'start' | 'last' | 'duration'> & Spell;

/** What `replayRow` gives. */
export type ReplayRow = Omit<ReplayJson, 'start' | 'last' | 'duration' | 'visit'> & Spell & { visit: VisitRow | null };

export function replayJson({ visit, ...row }: ReplayRow): ReplayJson {
  return { ...row, ...spell(row), visit: visit && visitJson(visit) };
}

export function visitJson(row: VisitRow): VisitJson {
  return { ...row, ...spell(row) };
}

function spell({ start, last }: Spell) {
  const iso = (time: number) => new Date(time).toISOString();
  return { start: iso(start), last: iso(last), duration: Math.round((last - start) / 100) / 10 };
}
