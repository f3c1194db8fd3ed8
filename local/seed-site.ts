import { SESSION_FLAG, TERM, type TermKind } from '../src/db/schema.ts';
import { DAY, dateOf, dayStart } from '../src/stats/zone.ts';
import type { Profile } from './seed-profiles.ts';

/**
 * Fills a site with visits that never were, in SQL. Every choice is a hash of the visit's number, so that the same profile
 * makes the same visits each time. Their ids are those of the last shard, which no collector has given away yet.
 */

/** Runs a statement; a database's connection, or Neon's protocol. */
export type Run = (text: string, params?: unknown[]) => Promise<Record<string, unknown>[]>;

/** Visits made by one statement: so many sort in memory. Of those that begin in one second, each statement has ids of its own. */
const CHUNK = 50_000;

/** How busy each hour of a day is. */
const HOURS = [3, 2, 1, 1, 1, 2, 4, 7, 10, 12, 13, 13, 12, 12, 13, 13, 12, 12, 13, 14, 14, 12, 9, 6];

/** Columns of `session` by what they are chosen with. */
const FACTS = {
  origin: ['referrer', 'source', 'channel', 'utm_source', 'utm_medium', 'utm_campaign'],
  place: ['country', 'region', 'city'],
  agent: ['browser', 'browser_version', 'os', 'os_version', 'device', 'screen'],
} as const satisfies Record<string, TermKind[]>;

/**
 * @param site without visits
 * @param now milliseconds since 1970: nothing happens later
 * @returns how many visits and events were made
 */
export async function seed(
  run: Run,
  site: { id: number; timezone: string },
  profile: Profile,
  now: number,
): Promise<{ visits: number; events: number }> {
  const ids = await writeWords(run, site.id, profile);
  const days = daysOf(profile, site.timezone, now);
  await run('select make_event_partitions($1::timestamptz, $2::timestamptz)', [iso(days[0]?.start ?? now), iso(now)]);
  const made = statement(site.id, profile, days, ids, now);
  for (let from = 1; from <= profile.visits; from += CHUNK) {
    const upto = Math.min(profile.visits, from + CHUNK - 1);
    await run(made.text, [...made.params, from, upto]);
  }
  const [counted] = await run(
    `select (select count(*)::float8 from session where site_id = $1) as visits,
      (select count(*)::float8 from event where site_id = $1) as events`,
    [site.id],
  );
  return { visits: Number(counted?.visits), events: Number(counted?.events) };
}

const iso = (time: number) => new Date(time).toISOString();

type Ids = (kind: TermKind, value: string | null | undefined) => number | null;

/** Writes the words that a profile has into the dictionary, and what its pages are called. */
async function writeWords(run: Run, site: number, profile: Profile): Promise<Ids> {
  const words = new Map<string, { kind: number; value: string }>();
  const add = (kind: TermKind, value: string | null | undefined) => {
    if (value) words.set(`${TERM[kind]} ${value}`, { kind: TERM[kind], value });
  };
  const { origins, places, agents, deeds } = profile;
  for (const { facts } of [...origins, ...places, ...agents]) {
    for (const [kind, value] of Object.entries(facts)) add(kind as TermKind, value);
  }
  const paths = new Set([...profile.pages.map(([page]) => page ?? '/'), ...deeds.map(({ page }) => page)]);
  for (const path of paths) {
    add('path', path);
    add('title', profile.titles(path));
  }
  for (const [language] of profile.languages) add('language', language);
  for (const name of ['pageview', ...deeds.map((deed) => deed.name)]) add('event', name);
  add('hostname', profile.hostname);
  add('currency', 'EUR');
  await run(
    `insert into term (site_id, kind, value) select $1, kind, value from json_to_recordset($2) w(kind int, value text)
     on conflict do nothing`,
    [site, JSON.stringify([...words.values()])],
  );
  const rows = await run(`select kind || ' ' || value as word, id from term where site_id = $1`, [site]);
  const ids = new Map(rows.map(({ word, id }) => [String(word), Number(id)]));
  const idOf: Ids = (kind, value) => (value ? (ids.get(`${TERM[kind]} ${value}`) ?? null) : null);
  const titles = [...paths].map((path) => ({ page: idOf('path', path), title: idOf('title', profile.titles(path)) }));
  await run(
    `insert into page_title (site_id, page, title) select $1, page, title from json_to_recordset($2) t(page int, title int)
     on conflict do nothing`,
    [site, JSON.stringify(titles)],
  );
  return idOf;
}

/** When each day begins, in the site's zone, and how busy it is. */
function daysOf({ days, weekend, bursts, growth }: Profile, zone: string, now: number) {
  const today = dateOf(zone, now);
  return Array.from({ length: days }, (_, i) => {
    const ago = days - 1 - i;
    const date = today - ago * DAY;
    const start = dayStart(zone, date);
    const restful = [0, 6].includes(new Date(date).getUTCDay()) ? weekend : 1;
    const burst = bursts.find(([when]) => when === ago)?.[1] ?? 1;
    // Of today there is only what of it is over.
    const over = ago === 0 ? (now - start) / DAY : 1;
    return { start, weight: restful * burst * (1 + ((growth - 1) * i) / days) * over };
  });
}

/** A number between 0 and 1 from one or two others: `what` tells choices apart. */
const chance = (of: string, what: number) => `((hashint8extended(${of}, ${what}) & 2147483647) / 2147483648.0)`;

/** The statement that makes visits from one number to another, its last two parameters, and all that happened in them. */
function statement(site: number, profile: Profile, days: ReturnType<typeof daysOf>, ids: Ids, now: number) {
  const params: unknown[] = [];
  const bind = (value: unknown, type: string) => `$${params.push(value)}::${type}`;
  const list = (values: (number | string | null)[], type: string) =>
    bind(`{${values.map((value) => (value === null ? 'NULL' : JSON.stringify(value))).join()}}`, `${type}[]`);
  /** Which of several, by weight: a number from 1 on. */
  const oneOf = (weights: number[], where: string) => {
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    const steps = weights.map((weight) => {
      sum += weight;
      return sum / whole;
    });
    return `(1 + width_bucket(${where}, ${list(steps.slice(0, -1), 'float8')}))`;
  };
  const weights = (items: { weight: number }[]) => items.map(({ weight }) => weight);
  const { visits, visitors, views, pages, origins, places, agents, languages, deeds } = profile;
  const page = (where: string) =>
    `(${list(
      pages.map(([path]) => ids('path', path)),
      'int',
    )})[${oneOf(
      pages.map(([, weight]) => weight),
      where,
    )}]`;
  const facts = Object.entries({ origin: origins, place: places, agent: agents }).flatMap(([by, items]) =>
    FACTS[by as keyof typeof FACTS].map((kind) => {
      const values = items.map((item) => ids(kind, (item.facts as Partial<Record<TermKind, string>>)[kind]));
      return { kind, value: `(${list(values, 'int')})[${by}]` };
    }),
  );
  let shares = 0;
  const steps = deeds.map(({ share }) => (shares += share));
  const most = Math.max(...deeds.flatMap(({ props, amounts }) => [props?.[1].length ?? 0, amounts?.length ?? 0]), 1);
  const padded = <T>(values: T[]) =>
    Array.from({ length: most }, (_, i) => (values.length ? (values[i % values.length] ?? null) : null));
  /** The nth of a deed's values, deeds one after the other. */
  const nth = `[(deed - 1) * ${most} + 1 + floor(${chance('n', 12)} * ${most})::int]`;
  const [pageview, hostname] = [ids('event', 'pageview'), ids('hostname', profile.hostname)];

  const text = `with chosen as (
      select n, ${oneOf(
        days.map(({ weight }) => weight),
        `(n - 0.5) / ${visits}`,
      )} as day, ${oneOf(HOURS, chance('n', 1))} - 1 + ${chance('n', 2)} as hour,
        1 + floor(${Math.max(1, Math.round(visits * visitors))} * power(${chance('n', 3)}, 1.5))::int8 as who,
        ${oneOf(weights(origins), chance('n', 4))} as origin,
        least(20, 1 + floor(-ln(1 - ${chance('n', 5)}) * ${views - 0.5}))::int as views,
        5 + floor(-ln(1 - ${chance('n', 6)}) * 40)::int as pace
      from generate_series(FROM, UPTO) n
    ), known as (
      select c.*, (${list(
        days.map(({ start }) => iso(start)),
        'timestamptz',
      )})[day] + hour * interval '1 hour' as start,
        ${oneOf(weights(places), chance('who', 7))} as place, ${oneOf(weights(agents), chance('who', 8))} as agent,
        ${oneOf(
          languages.map(([, weight]) => weight),
          chance('who', 9),
        )} as language,
        coalesce((${list(
          origins.map(({ lands }) => ids('path', lands)),
          'int',
        )})[origin], ${page(chance('n * 32 + 1', 10))}) as entry,
        1 + width_bucket(${chance('n', 11)} / (${list(
          origins.map(({ converts = 1 }) => converts),
          'float8',
        )})[origin], ${list(steps, 'float8')}) as deed
      from chosen c
    ), made as materialized (
      select k.*, deed <= ${deeds.length} as acts,
        floor(extract(epoch from start))::int8 * 2097152 + 63 * 32768 + FROM / ${CHUNK} % 500 * 64 + row_number() over (partition by floor(extract(epoch from start)) order by n) as id,
        hashint8extended(who, ${site}) & 9007199254740991 as visitor
      from known k
      where start + (views + 1) * pace * interval '1 second' < ${bind(iso(now), 'timestamptz')}
    ), viewed as (
      select m.*, k, start + (k - 1) * pace * interval '1 second' as time,
        case when k = 1 then entry else ${page(chance('n * 32 + k', 10))} end as page,
        floor(${chance('n * 32 + k', 13)} * least(pace, 60) * 1000)::int as engaged
      from made m cross join lateral generate_series(1, views) k
    ), whole as (
      select v.id, sum(v.engaged) > 0 as engaged, (array_agg(v.page order by k desc))[1] as exit from viewed v group by v.id
    ), visit as (
      insert into session (site_id, id, visitor, start, duration, views, events, entry, exit, hostname, language,
        ${facts.map(({ kind }) => kind).join(', ')}, flags)
      select ${site}, m.id, visitor, start,
        case when views = 1 and not acts then 0 else ((views - 1 + acts::int) * pace + 9) * 1000 end,
        views, views + acts::int, entry, w.exit, ${hostname},
        (${list(
          languages.map(([language]) => ids('language', language)),
          'int',
        )})[language],
        ${facts.map(({ value }) => value).join(', ')},
        case when views = 1 and not acts then ${SESSION_FLAG.bounce} else 0 end + case when w.engaged then ${SESSION_FLAG.engaged} else 0 end
      from made m join whole w on w.id = m.id
      order by start
    )
    insert into event (site_id, session_id, visitor, time, name, page, hostname, engaged, scroll, flags, props, amount, currency)
    select ${site}, id, visitor, time, name, page, ${hostname}, engaged, scroll, 0, props, amount, case when amount is not null then ${ids('currency', 'EUR')} end
    from (
      select id, visitor, time, ${pageview} as name, page, engaged, floor(20 + ${chance('n * 32 + k', 14)} * 81)::int2 as scroll,
        null::jsonb as props, null::numeric as amount
      from viewed
      union all
      select id, visitor, start + views * pace * interval '1 second', (${list(
        deeds.map(({ name }) => ids('event', name)),
        'int',
      )})[deed],
        (${list(
          deeds.map(({ page: on }) => ids('path', on)),
          'int',
        )})[deed], 0, null,
        jsonb_strip_nulls(jsonb_build_object(${deeds.length ? keyed() : ''})), (${list(
          deeds.flatMap(({ amounts = [] }) => padded(amounts)),
          'numeric',
        )})${nth}
      from made where acts
    ) e order by time`;
  const numbered = text
    .replaceAll('FROM', `$${params.length + 1}::int8`)
    .replace('UPTO', `$${params.length + 2}::int8`);
  return { text: numbered, params };

  /** Each deed's property under its own key; null where the deed is another. */
  function keyed(): string {
    return deeds
      .map(({ props }, i) => {
        const values = Array.from({ length: deeds.length }, (_, n) => padded(n === i ? (props?.[1] ?? []) : []));
        return `${bind(props?.[0] ?? `none ${i}`, 'text')}, (${list(values.flat(), 'text')})${nth}`;
      })
      .join(', ');
  }
}
