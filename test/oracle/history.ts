import type { Filter } from '../../src/contract/query.ts';
import type { Friction } from '../../src/contract/replay.ts';
import { SESSION_FLAG, TERM, type TermKind } from '../../src/db/schema.ts';
import type { GoalDefinition } from '../../src/goals/match.ts';
import type { Scoped } from '../../src/stats/question.ts';

/** What happened on a site, as plainly as it can be said: what the oracle folds, and what rows are made of. */

export interface Visit {
  visitor: number;
  bot?: boolean;
  /** What the recorder found in it. */
  signals?: Friction[];
  /** Of the whole visit, by the name of the column. */
  facts?: Partial<Record<TermKind, string>>;
  /** Milliseconds that it was seen alive after its last event. */
  stay?: number;
  happened: Happening[];
}

export interface Happening {
  /** Milliseconds since 1970. */
  time: number;
  /** `pageview` when absent. */
  name?: string;
  /** Page views: milliseconds engaged, and the deepest point seen in percent, where it was told. */
  engaged?: number;
  scroll?: number;
  page: string;
  title?: string;
  hostname?: string;
  props?: Record<string, string | number | boolean>;
  revenue?: { amount: string; currency: string };
}

/** The first title that each page had, as events come in the order of their times, behind those that are known. */
export function firstTitles(visits: Visit[], known: Map<string, string> = new Map()): Map<string, string> {
  const titles = new Map(known);
  const events = visits.flatMap(({ happened }) => happened).toSorted((a, b) => a.time - b.time);
  for (const { page, title } of events) if (title !== undefined && !titles.has(page)) titles.set(page, title);
  return titles;
}

/** A segment's filters. */
export type Segment = Filter[];

type Rows = (text: string, ...params: unknown[]) => Promise<unknown[]>;

/** Writes a history as the collector would have: whole `session` rows, `event` rows, the dictionary. @returns the site's id */
export async function write(
  rows: Rows,
  zone: string,
  visits: Visit[],
  goals: GoalDefinition[] = [],
  { week_start = 1, mode = 'persistent' as Scoped['mode'], segments = [] as Segment[] } = {},
): Promise<Scoped & { segments: number[] }> {
  const [site] = (await rows(
    'insert into site (domain, timezone, week_start, mode) values (gen_random_uuid()::text, $1, $2, $3) returning id',
    zone,
    week_start,
    mode,
  )) as { id: number }[];
  const id = site?.id as number;
  const made = (await rows(
    `insert into segment (site_id, name, filters) select $1, n::text, filters from json_array_elements($2)
     with ordinality s(filters, n) order by n returning id`,
    id,
    JSON.stringify(segments),
  )) as { id: number }[];
  const words = new Map<string, { kind: number; value: string }>();
  const word = (kind: TermKind, value: string | undefined) => {
    if (value === undefined) return null;
    words.set(`${TERM[kind]} ${value}`, { kind: TERM[kind], value });
    return `${TERM[kind]} ${value}`;
  };
  const times = visits.flatMap(({ happened }) => happened.map(({ time }) => time));
  const stamp = (time: number) => new Date(time).toISOString();
  const sessions = visits.map((visit, n) => {
    const views = visit.happened.filter(({ name = 'pageview' }) => name === 'pageview');
    const { entry, exit, start, last } = outline(visit);
    return {
      id: n + 1,
      visitor: visit.visitor,
      start: stamp(start),
      duration: last - start,
      views: views.length,
      events: visit.happened.length,
      flags: flagsOf(visit) | (visit.happened.length === 1 ? SESSION_FLAG.bounce : 0),
      entry: word('path', entry),
      exit: word('path', exit),
      ...Object.fromEntries(FACTS.map((fact) => [fact, word(fact, visit.facts?.[fact])])),
    };
  });
  const titles = firstTitles(visits);
  const events = visits.flatMap((visit, n) =>
    visit.happened.map(({ time, name = 'pageview', page, hostname = 'shop.example', ...more }) => ({
      session_id: n + 1,
      visitor: visit.visitor,
      time: stamp(time),
      name: word('event', name),
      page: word('path', page),
      title: word('title', more.title === titles.get(page) ? undefined : more.title),
      hostname: word('hostname', hostname),
      flags: visit.bot ? SESSION_FLAG.bot : 0,
      engaged: more.engaged ?? 0,
      scroll: more.scroll ?? null,
      props: more.props ?? null,
      amount: more.revenue?.amount ?? null,
      currency: word('currency', more.revenue?.currency),
    })),
  );
  if (times.length) {
    await rows('select make_event_partitions($1, $2)', stamp(Math.min(...times)), stamp(Math.max(...times)));
  }
  const called = [...titles].map(([page, title]) => ({ page: word('path', page), title: word('title', title) }));
  await rows(
    'insert into term (site_id, kind, value) select $1, kind, value from json_to_recordset($2) w(kind int, value text)',
    id,
    JSON.stringify([...words.values()]),
  );
  const of = (column: string) =>
    `(select t.id from term t where t.site_id = $1 and t.kind || ' ' || t.value = r.${column})`;
  const columns = ['entry', 'exit', ...FACTS];
  await rows(
    `insert into page_title (site_id, page, title) select $1, ${of('page')}, ${of('title')}
     from json_to_recordset($2) r(page text, title text)`,
    id,
    JSON.stringify(called),
  );
  await rows(
    `insert into session (site_id, id, visitor, start, duration, views, events, flags, ${columns.join()})
     select $1, r.id, visitor, start, duration, views, events, flags, ${columns.map(of).join()}
     from json_to_recordset($2) r(id int8, visitor int8, start timestamptz, duration int, views int, events int,
       flags int2, ${columns.map((column) => `${column} text`).join()})`,
    id,
    JSON.stringify(sessions),
  );
  await rows(
    `insert into event (site_id, session_id, visitor, time, name, page, hostname, flags, engaged, scroll, props, amount, currency, title)
     select $1, session_id, visitor, time, ${of('name')}, ${of('page')}, ${of('hostname')}, flags, engaged, scroll, props, amount,
       ${of('currency')}, ${of('title')}
     from json_to_recordset($2) r(session_id int8, visitor int8, time timestamptz, name text, page text,
       hostname text, flags int2, engaged int, scroll int2, props jsonb, amount numeric, currency text, title text)`,
    id,
    JSON.stringify(events),
  );
  await rows(
    `insert into goal (site_id, name, event, path, props) select $1, name, event, path, props
     from json_to_recordset($2) g(name text, event text, path text, props jsonb)`,
    id,
    JSON.stringify(goals),
  );
  return { id, timezone: zone, week_start, mode, kept: null, segments: made.map((segment) => segment.id) };
}

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

/** Bits of `SESSION_FLAG`. */
export const flagsOf = ({ bot, signals = [] }: Visit) =>
  [...(bot ? ['bot' as const] : []), ...signals].reduce((bits, name) => bits | SESSION_FLAG[name], 0);

/** When a visit began and ended, and on which pages. */
export function outline({ happened, stay = 0 }: Visit) {
  const times = happened.map(({ time }) => time);
  const views = happened.filter(({ name = 'pageview' }) => name === 'pageview').toSorted((a, b) => a.time - b.time);
  return {
    start: Math.min(...times),
    last: Math.max(...times) + stay,
    entry: views[0]?.page,
    exit: views.at(-1)?.page,
  };
}
