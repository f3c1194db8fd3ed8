import { type SQL, sql } from 'drizzle-orm';
import type { VisitDimension } from '../contract/query.ts';
import { BOUNCE, inMinutesOf, LAST } from '../db/rows.ts';
import { type GoalDefinition, joinGoals, pageviewName } from '../goals/match.ts';
import { eventsInRange, visitsGoingOnInto, visitsInRange } from '../stats/rows.ts';
import { DAY, dayStart, isoDate } from '../stats/zone.ts';
import { GOAL_DIGITS, OF_EVENTS, OF_PARTS } from './dimensions.ts';
import { DIGITS } from './numbers.ts';
import { LIKES, shelved, standing, visitorsIn } from './places.ts';
import { type Days, DIVIDED, daysOf, list, nameOf } from './span.ts';
import { idsOf, LABELLED, labelled } from './values.ts';

/**
 * Bitmaps of a block of days: the statements that make them of its visits. A visit that goes on over midnight has a part on each of
 * its days; a part is one bit of every bitmap. `docs/engine.md` says how and why.
 */

/** A block of days, as wall times of their midnights. */
export interface Block {
  /** Its number among its site's. */
  block: number;
  /** From when on it knows what its visitors did. */
  known: number;
  /** From when on its visits are its own: those of before are there for who comes again. */
  own: number;
  /** Where it ends. */
  until: number;
  /** What it says of goals, as they were defined when it was made. */
  goals: Goal[];
}

export type Goal = GoalDefinition & { id: number };

/** Of a block, a part of its visitors, which are made at once. */
export interface Slice extends Block {
  slice: number;
  slices: number;
  /** Bits of a segment, about: no more than `PLACES` of `places.ts`. */
  bits: number;
  /** More values than that of a dimension are left to rows. */
  values: number;
}

/** Whether a block knows a goal as it is defined. */
export function knows({ goals }: Block, { id, event, path, props }: Goal): boolean {
  const defined = (goal: Omit<Goal, 'name'>) =>
    JSON.stringify([goal.event, goal.path, goal.props.map(({ key, op, value }) => [key, op, value])]);
  return goals.some((goal) => goal.id === id && defined(goal) === defined({ id, event, path, props }));
}

/** What blocks stand in. */
export const BLOCK_TABLES = [sql`sealed_block`, sql`sealed_segment`, sql`sealed_place`, sql`sealed_bitmap`];
const WORD = 64;
/** Kinds of visitors of the days since are as fine as the others' where their parts fill so many segments of a slice. */
const FINE_SEGMENTS = 8;

/** Statements that make the bitmaps of a slice, in a transaction of their own: they use temporary tables. */
export function mapped(site: number, zone: string, { slice, slices, bits, values, ...block }: Slice): SQL[] {
  const { known, own, until, goals } = block;
  const [first, to] = [dayStart(zone, known), dayStart(zone, until)];
  const days = daysOf(zone, { first, from: first, to });
  const asked = { site: { id: site }, range: { from: first, to }, bots: false };
  const chosen = (visitor: SQL) => (slices > 1 ? sql`${visitor} in (select visitor from chosen)` : sql`true`);
  const dayOf = (time: SQL) => sql`(${days.of(time)} - ${isoDate(known)}::date)`;
  const key = sql`${site}, ${block.block}::smallint`;
  const ofBlock = sql`site_id = ${site} and block = ${block.block}`;
  const lowest = sql`(select min(number) from numbered)`;
  const ofSlice = sql`g.site_id = ${site} and g.block = ${block.block} and g.segment >= ${lowest}`;
  // 64 bits of all values of a segment in one look at the parts; between words with a one there are as many zeros as are missing.
  const bitmaps = (code: number | SQL, rows: SQL, of: SQL = sql`true`) => sql`
    insert into sealed_bitmap (site_id, block, segment, dimension, value, visitors, bits)
    select ${key}, segment, code, value, bit_count(bitmap_folded(bits, planes)), bits
    from (
      select segment, planes, code, value,
        ('x' || rpad(string_agg(repeat('0', 16 * gap) || lpad(to_hex(ones), 16, '0'), '' order by word), length / 4, '0'))::bit varying as bits
      from (
        select segment, code, value, word, ones,
          word - 1 - coalesce(lag(word) over (partition by segment, code, value order by word), -1) as gap
        from (
          select segment, ${typeof code === 'number' ? sql`${code}` : code}::smallint as code, value, place / ${WORD}::int as word,
            bit_or(1::bigint << (63 - place % ${WORD}::int)) as ones
          from (${rows}) r group by 1, 2, 3, 4
        ) w
      ) spaced join (select segment, planes, length(blank) as length from sealed_segment g where ${ofSlice}) g using (segment)
      where ${of}
      group by segment, planes, code, value, length offset 0
    ) made`;
  // All digits of a number in one look at the parts.
  const digits = (code: number, number: SQL, many: number) => {
    const ones = Array.from({ length: many }, (_, digit) => sql`bit_or(((n >> ${digit}::int) & 1)::bigint << at)`);
    return sql`
      insert into sealed_bitmap (site_id, block, segment, dimension, value, bits)
      select ${key}, g.segment, ${code}::smallint, digit,
        ('x' || string_agg(lpad(to_hex(coalesce(ones[digit + 1], 0)), 16, '0'), '' order by word))::bit varying
      from sealed_segment g cross join generate_series(0, length(g.blank) / ${WORD}::int - 1) word
        left join (select segment, place / ${WORD}::int as word, array[${list(ones)}] as ones
          from (select segment, place, 63 - place % ${WORD}::int as at, ${number} as n from part) p group by 1, 2) w using (segment, word)
        cross join generate_series(0, ${many - 1}) digit
      where ${ofSlice} group by g.segment, digit having bool_or(ones[digit + 1] <> 0)`;
  };
  // Slices are cut by what visitors are like already.
  const alike = sql`greatest(1, floor(power(${slices} * ceil(many::float8 / width), 0.75) / ${slices}))::int`;
  const fine =
    own === known
      ? sql`16`
      : sql`(select case when count(*) >= ${FINE_SEGMENTS * bits} then 16 else 1 end from seen_part)`;
  return [
    ...(slices > 1
      ? [
          sql`create temporary table chosen on commit drop as ${visitorsIn(site, zone, block, { slice, slices })}`,
          sql`analyze chosen`,
        ]
      : []),
    sql`create temporary table seen_part on commit drop as ${parts(site, asked, dayOf, chosen, (own - known) / DAY)}`,
    // Visitors with up to one, two, four, eight … parts. The segments of each kind, n of them in all slices, are cut by when they came last into the fourth
    // root of n, and each of these by what they are like: a range reads few of them, and a filter of that leaves fewer.
    sql`create temporary table placed_visitor on commit drop as
      select visitor, planes, segment, (nth % width)::int as place,
        (${WORD}::int * ceil(least(width, many - segment * width)::float8 / ${WORD}::int))::int as width
      from (
        select *, (period * alike + nth / width)::int as segment
        from (
          select *, row_number() over (partition by planes, period order by likes, last, visitor) - 1 as nth
          from (
            select *, ${alike} as alike, (row_number() over (partition by planes order by last, visitor) - 1) / (width * ${alike}) as period
            from (
              select *, count(*) over (partition by planes) as many, greatest(1, ${bits}::int / planes / ${WORD}::int) * ${WORD}::int as width
              from (
                select visitor, ${planesOf(fine)} as planes, max(day) as last, ${LIKES} as likes
                from seen_part group by visitor
              ) v
            ) v
          ) v
        ) v
      ) v`,
    sql`create temporary table numbered on commit drop as
      select planes, segment, max(width) as width,
        (select coalesce(max(segment) + 1, 0) from sealed_segment where ${ofBlock}) + (row_number() over (order by planes, segment))::int - 1 as number
      from placed_visitor group by planes, segment`,
    sql`create temporary table part on commit drop as
      select p.*, n.number as segment,
        v.place + (n.width * (p.nth - 1))::int as place
      from (
        select *, row_number() over of_visitor as nth, coalesce(lag(visit) over of_visitor = visit, false) as joined
        from seen_part window of_visitor as (partition by visitor order by start, visit, day)
      ) p join placed_visitor v on v.visitor = p.visitor
        join numbered n on n.planes = v.planes and n.segment = v.segment`,
    sql`insert into sealed_segment (site_id, block, segment, planes, first, last, blank)
      select ${key}, number, planes, first, last, repeat('0', width * planes)::bit varying
      from numbered join (select segment as number, min(day) as first, max(day) as last from part group by 1) p using (number)`,
    sql`analyze part`,
    ...DIVIDED.map(({ code, dimension }) => bitmaps(code, valuesOf(code, dimension), few('part', `v${code}`))),
    sql`create temporary table seen_page on commit drop as ${pages()}`,
    sql`analyze seen_page`,
    bitmaps(OF_EVENTS['event:page'], sql`select * from seen_page`, few('seen_page', 'value')),
    bitmaps(
      sql`(${OF_PARTS.pageViews}::int + digit)`,
      sql`select p.*, digit from seen_page p cross join generate_series(0, ${DIGITS.pageViews - 1}) digit
        where n <> 1 and case digit when 0 then n & 1 = 0 else (n >> digit) & 1 = 1 end`,
      few('seen_page', 'value'),
    ),
    sql`insert into sealed_bitmap (site_id, block, segment, dimension, value, visitors, bits)
      select ${key}, segment, ${OF_PARTS.outline}::smallint, value, b.visitors, bitmap_folded(bits, planes)
      from sealed_segment g join sealed_bitmap b using (site_id, block, segment)
      where ${ofSlice} and planes > 1 and dimension = ${OF_EVENTS['event:page']}`,
    ...(goals.length === 0
      ? []
      : [
          sql`create temporary table seen_goal on commit drop as ${reached()}`,
          bitmaps(OF_PARTS.goal, sql`select segment, goal as value, place from seen_goal`),
          bitmaps(
            OF_PARTS.goalDigit,
            sql`select segment, goal * ${GOAL_DIGITS}::int + digit as value, place
              from seen_goal cross join generate_series(0, ${GOAL_DIGITS - 1}) digit where (n >> digit) & 1 = 1`,
          ),
        ]),
    bitmaps(OF_PARTS.any, sql`select segment, 0 as value, place from part`),
    bitmaps(OF_PARTS.day, sql`select segment, day as value, place from part`),
    bitmaps(OF_PARTS.continued, sql`select segment, 0 as value, place from part where not began`),
    bitmaps(OF_PARTS.joined, sql`select segment, 0 as value, place from part where joined`),
    bitmaps(OF_PARTS.bounce, sql`select segment, 0 as value, place from part where bounce`),
    digits(OF_PARTS.dayDigit, sql`day`, DIGITS.day),
    digits(OF_PARTS.views, sql`views`, DIGITS.views),
    digits(OF_PARTS.events, sql`events`, DIGITS.events),
    digits(OF_PARTS.laterViews, sql`later`, DIGITS.laterViews),
    digits(OF_PARTS.duration, sql`duration`, DIGITS.duration),
    ...standing(site, block.block, slice, sql`placed_visitor join numbered using (planes, segment)`),
    sql`update sealed_block set lacks = lacks || array(
        select d from unnest(${`{${[...DIVIDED.map(({ code }) => code), OF_EVENTS['event:page']].join()}}`}::smallint[]) d
        where exists (select from sealed_segment g where ${ofSlice}) and not exists (select from sealed_bitmap b
          where b.site_id = ${site} and b.block = ${block.block} and b.segment = ${lowest} and b.dimension = d)), made = made + 1
      where ${ofBlock}`,
    ...(slice + 1 < slices ? [] : [shelved(site, block.block)]),
  ];

  function valuesOf(code: number, dimension: VisitDimension): SQL {
    const label = sql`(${labelled(site, dimension)})`;
    return sql`select segment, coalesce(nullif(${nameOf(code)}, ${label}), 0) as value, place from part
      union all select segment, ${LABELLED}, place from part where ${nameOf(code)} = ${label}`;
  }

  /** How often each part reached which goal. */
  function reached(): SQL {
    return sql`select p.segment, (${idsOf(goals)})[t.goal + 1] as goal, p.place, count(*)::int as n
      from event e ${joinGoals(site, goals)} join part p on p.visit = e.session_id and p.day = ${dayOf(sql`e.time`)}
      where ${eventsInRange(asked)} and ${chosen(sql`e.visitor`)} group by 1, 2, 3`;
  }

  /** Whether a column of a temporary table has no more values than may be, about: as Postgres has just counted them. */
  function few(table: string, name: string): SQL {
    return sql`coalesce((select case when n_distinct < 0 then -n_distinct * reltuples else n_distinct end <= ${values}
      from pg_stats join pg_class on pg_class.oid = ${table}::regclass
      where schemaname = relnamespace::regnamespace::text and tablename = ${table} and attname = ${name}), true)`;
  }

  function pages(): SQL {
    return sql`select p.segment, e.page as value, p.place, (count(*) filter (where e.name = ${pageviewName(site)}))::int as n from event e
      join part p on p.visit = e.session_id and p.day = ${dayOf(sql`e.time`)}
      where ${eventsInRange(asked)} and ${chosen(sql`e.visitor`)} group by 1, 2, 3`;
  }
}

/**
 * Planes for so many parts, a power of two. Few visitors have many, and share a kind; of a block of few days all do: strings under 2 kB are
 * not compressed by Postgres, and each has to be found.
 * @param fine up to so many parts, each power has visitors enough
 */
const planesOf = (fine: SQL): SQL =>
  sql`(1 << (case when count(*) <= ${fine} then ceil(log(2, count(*))) else 2 * ceil(log(2, count(*)) / 2) end)::int)`;

/** The parts of all visits of the slice's visitors who were there from day `own` on. */
export function parts(
  site: number,
  asked: { site: { id: number }; range: { from: number; to: number }; bots: boolean },
  day: Days['of'],
  chosen: (visitor: SQL) => SQL,
  own: number,
): SQL {
  const columns = sql`s.id, s.visitor, s.start, s.duration, s.views, s.events, ${BOUNCE} as bounce, ${day(sql`s.start`)} as day,
    ${day(LAST)} as until, ${list(DIVIDED.map(({ code, column }) => sql`${column} as ${nameOf(code)}`))}`;
  const names = list(DIVIDED.map(({ code }) => sql`s.${nameOf(code)}`));
  const cut = sql`
    with began as materialized (select ${columns} from session s where ${visitsInRange(asked)} and ${chosen(sql`s.visitor`)}),
    crossing as materialized (
      select * from began where day <> until
      union all select ${columns} from session s where ${visitsGoingOnInto(asked)} and ${chosen(sql`s.visitor`)}
    ),
    happened as materialized (
      select e.session_id, ${day(sql`e.time`)} as day, (count(*) filter (where e.name = ${pageviewName(site)}))::int as views,
        count(*)::int as events
      from event e where ${eventsInRange({ ...asked, bots: true })}
        and ${inMinutesOf(sql`(select s.start, ${LAST} as last from crossing s) c`)}
        and e.session_id in (select id from crossing)
      group by 1, 2
    ),
    cut as (
      select s.day, true as began, s.id, s.visitor, s.start, s.bounce, case when s.day = s.until then s.views else coalesce(h.views, 0) end as views,
        case when s.day = s.until then s.events else coalesce(h.events, 0) end as events, s.views as brought, s.duration, ${names}
      from began s left join happened h on h.session_id = s.id and h.day = s.day
      union all
      select h.day, false, s.id, s.visitor, s.start, false, h.views, h.events, h.views, 0, ${names}
      from crossing s join happened h on h.session_id = s.id and h.day <> s.day
    )`;
  const kept = sql`day, began, id as visit, visitor, start, bounce, views, events, brought - views as later, duration,
    ${list(DIVIDED.map(({ code }) => nameOf(code)))}`;
  if (own === 0) return sql`${cut} select ${kept} from cut`;
  return sql`${cut} select ${kept} from (select *, bool_or(day >= ${own}) over (partition by visitor) as there from cut) c where there`;
}
