import { type SQL, sql } from 'drizzle-orm';
import { atLarge, type Db, isDividedByZero, oneOrError } from '../db/client.ts';
import { millisecondsOf, moment } from '../db/rows.ts';
import { listWithSeals } from '../goals/goals.ts';
import { firstVisit, visitsInRange } from '../stats/rows.ts';
import { DAY, dateOf, dayStart, HOUR } from '../stats/zone.ts';
import { writtenGoals } from './goals.ts';
import type { Told } from './mapping.ts';
import { sliced, writtenSlices } from './slices.ts';
import { daysOf, type Span, written } from './span.ts';
import { idsOf } from './values.ts';

/** Sealing: when a day is over, what reports will ask of it is written down. `docs/engine.md` says how and why. */

export interface Sealable {
  id: number;
  timezone: string;
}

/** Visits that began so long ago are over, but for few: each that goes on opens its day again. */
export const SETTLED_MS = HOUR;
/** Days that one transaction seals at most, and visits, unless one day has more. Each reads what its visitors did before: fewer are faster. */
const STEP_DAYS = 92;
const STEP_VISITS = 200_000;
/** The same over a connection of one's own, where a transaction may take minutes. */
export const STEP_VISITS_BY_HAND = 2_000_000;

/** What changes again and again while it is being sealed is left for the next run. */
const ATTEMPTS = 3;

/** How far a run got. */
export interface Sealing {
  /** Days that were sealed. */
  days: number;
  /** Whether any that could be are left. */
  more: boolean;
}

/** Up to where a site can be sealed: a full hour, so that it isn't begun anew with every look. */
export const settled = (now: number): number => Math.floor((now - SETTLED_MS) / HOUR) * HOUR;

/**
 * Seals a site's days in order from where it is sealed up to; of the last one, today, the hours that are over.
 * May end anywhere: what it has done holds, and the next run goes on.
 * @param now milliseconds since 1970
 * @param until no other step is begun after this moment of the clock
 * @param visits that one transaction seals, about
 * @param today of a day of so many visits at most no hours are sealed before it is over
 */
export async function sealDue(
  db: Db,
  site: Sealable,
  now: number,
  { until = Number.POSITIVE_INFINITY, visits = STEP_VISITS, today = 0 } = {},
): Promise<Sealing> {
  const { id, timezone: zone } = site;
  const end = settled(now);
  let days = 0;
  for (let failed = 0; ; ) {
    const found = await stand(db, id);
    const { upto, first } = found;
    if (first === null) return { days, more: false };
    const whole = sealedUpto(zone, found);
    const date = dateOf(zone, upto ?? first);
    const from = dayStart(zone, date);
    const due =
      (whole ?? first) < end && (date < dateOf(zone, end) || (await hasMore(db, id, { from, to: end }, today)));
    if (!due) {
      if (whole !== null && whole > first) await sealGoals(db, site, found, { first, from: first, to: whole });
      return { days, more: false };
    }
    if (days > 0 && Date.now() >= until) return { days, more: true };
    const after = (count: number) => Math.min(end, dayStart(zone, date + count * DAY));
    const half = (count: number) => Math.ceil(count / 2);
    let step = STEP_DAYS;
    // Fewer days that reach as far are as many visits: nothing has to be asked.
    while (step > 1 && after(half(step)) === end) step = half(step);
    while (step > 1 && (await hasMore(db, id, { from, to: after(step) }, visits))) step = half(step);
    const to = after(step);
    if (await sealSpan(db, site, found, { first: Math.min(first, from), from, to })) {
      days += Math.round((dateOf(zone, to - 1) - date) / DAY) + 1;
    } else if (++failed === ATTEMPTS) return { days, more: false };
  }
}

/** Where a site stands, in milliseconds since 1970. */
interface Stand {
  /** What began before is sealed as it is; null when nothing is. */
  upto: number | null;
  /** Where the last sealing ended. If nothing changed since, all up to here can be answered of seals; else whole days alone. */
  reached: number | null;
  /** Counts changes of what was sealed, or being sealed. */
  changes: number;
  /** When its first visit began, of those that are kept. */
  first: number | null;
  /** What began before has bitmaps; null before any has. */
  bitmaps: number | null;
  /** Blocks of days that have them. */
  blocks: Told[] | null;
}

/** What is answered of seals ends here. Days of which some was changed are sealed no more. */
export function sealedUpto(zone: string, { upto, reached }: Pick<Stand, 'upto' | 'reached'>): number | null {
  return upto === null || upto === reached ? upto : dayStart(zone, dateOf(zone, upto));
}

/**
 * Where a site's seals stand. `version` is Postgres's own mark of who wrote that last: what changes something before `upto`
 * writes it anew, and so does sealing. While it is the same, nothing before `upto` has changed.
 */
export const standing = (site: number): SQL => {
  const told = (column: SQL) =>
    sql`(select extract(epoch from ${column})::float8 * 1000 from seal where site_id = ${site})`;
  return sql`${told(sql`upto`)} as upto, ${told(sql`reached`)} as reached, ${sliced(site)} as sliced, ${told(sql`bitmaps`)} as bitmaps,
    (select json_agg(json_build_object('block', block, 'known', known, 'own', own, 'until', until, 'lacks', lacks, 'goals', goals))
      from sealed_block where site_id = ${site} and made = slices) as blocks,
    (select xmin::text from seal where site_id = ${site}) as version`;
};

export async function stand(db: Db, site: number): Promise<Stand> {
  const { rows } = await db.execute(sql`select ${standing(site)}, ${firstVisit(site)} as first,
    (select extract(epoch from kept)::float8 * 1000 from site where id = ${site}) as kept,
    (select changes from seal where site_id = ${site}) as changes`);
  const [row] = rows;
  const [first, kept] = [millisecondsOf(row?.first), millisecondsOf(row?.kept)];
  return {
    upto: millisecondsOf(row?.upto),
    reached: millisecondsOf(row?.reached),
    changes: Number(row?.changes ?? 0),
    first: first === null ? null : Math.max(first, kept ?? first),
    bitmaps: millisecondsOf(row?.bitmaps),
    blocks: (row?.blocks ?? null) as Told[] | null,
  };
}

/** Whether more visits than that began in a range. */
export async function hasMore(
  db: Db,
  site: number,
  range: { from: number; to: number },
  visits: number,
): Promise<boolean> {
  const rows = visitsInRange({ site: { id: site }, range, bots: true });
  const found = await db.execute(sql`select from session s where ${rows} offset ${visits} limit 1`);
  return found.rows.length > 0;
}

/** The lock's number, beside the site's. */
const SEALING = 1_936_023_916;

/**
 * Seals a span in one transaction; nothing of it is done when the site stands otherwise than it was found to, or when something in
 * the span was changed meanwhile.
 * @returns whether it was done
 */
async function sealSpan(db: Db, site: Sealable, found: Stand, span: Span): Promise<boolean> {
  const { upto } = found;
  const to = moment(span.to);
  const { rows } = await db.execute(sql`
    insert into seal (site_id, sealing) values (${site.id}, ${to})
    on conflict (site_id) do update set sealing = excluded.sealing where ${standsAs(found)} returning upto`);
  const anew = upto === null;
  if (!rows[0] || (rows[0].upto === null) !== anew) return false;
  const goals = (await listWithSeals(db, site)).filter(({ sealed }) => anew || sealed !== null);
  const days = daysOf(site.timezone, span);
  const first = anew ? '-infinity' : days.first;
  // What lies behind is no longer true, or was never.
  const clear = (table: SQL) => sql`delete from ${table} where site_id = ${site.id} and day >= ${first}::date`;
  const writes = [
    ...[sql`sealed_sum`, sql`sealed_visitor`, sql`sealed_goal`, sql`sealed_slice`].map(clear),
    ...written(site.id, span, days),
    ...writtenGoals(site.id, goals, span, days),
    ...writtenSlices(site.id, span, days),
    sql`update goal set sealed = ${moment(span.first)} where id = any(${idsOf(goals)}) and sealed is null`,
  ];
  return inTurn(db, site, sql`seal.sealing = ${to} and ${standsAs(found)}`, writes, [
    sql`update seal set upto = sealing, reached = sealing, sealing = null where site_id = ${site.id}`,
  ]);
}

/** Seals goals that were made, or changed, since the days were: on all of these. */
async function sealGoals(db: Db, site: Sealable, found: Stand, span: Span): Promise<boolean> {
  const goals = (await listWithSeals(db, site)).filter(({ sealed }) => sealed === null);
  if (goals.length === 0) return true;
  const ids = idsOf(goals);
  const writes = [
    sql`delete from sealed_goal where site_id = ${site.id} and goal_id = any(${ids})`,
    ...writtenGoals(site.id, goals, span, daysOf(site.timezone, span)),
    sql`update goal set sealed = ${moment(span.first)} where id = any(${ids})`,
  ];
  return inTurn(db, site, standsAs(found), writes, []);
}

/** Whether a row `seal` is as it was found. */
const standsAs = ({ upto, changes }: Stand): SQL =>
  sql`seal.changes = ${changes} and date_trunc('milliseconds', seal.upto) is not distinct from ${upto === null ? sql`null` : moment(upto)}`;

/**
 * One transaction: what is written, and then what makes it known; all or nothing of it.
 * @param holds what must be true of the site's row `seal`, before and after the writing
 */
async function inTurn(db: Db, site: Sealable, holds: SQL, writes: SQL[], known: SQL[]): Promise<boolean> {
  const { id, timezone } = site;
  const row = sql`select from seal where seal.site_id = ${id} and ${holds}`;
  const unlessNot = (rows: SQL) => sql`select ${oneOrError(rows)}`;
  const statements = [
    // Whoever moves the site to another zone takes its row of `seal` away: that is found missing further down.
    unlessNot(sql`select from site where id = ${id} and timezone = ${timezone} for key share`),
    unlessNot(row),
    ...writes,
    // From here on until the end, changes wait. A goal that is changed is locked before its site's row, here as there.
    unlessNot(sql`${row} for update`),
    ...known,
  ];
  return inTransaction(db, id, statements);
}

/**
 * Statements of one transaction. Whoever else seals this site just now is through before; who deletes it waits, and takes these rows along.
 * @returns whether it was done: none is where something was meant to be there, and wasn't (`oneOrError`)
 */
export async function inTransaction(db: Db, site: number, statements: SQL[]): Promise<boolean> {
  const turn = sql`select pg_advisory_xact_lock(${SEALING}, ${site}), ${atLarge}`;
  const kept = sql`select from site where id = ${site} for key share`;
  try {
    await db.batch([db.execute(turn), ...[kept, ...statements].map((statement) => db.execute(statement))]);
    return true;
  } catch (error) {
    if (isDividedByZero(error)) return false;
    throw error;
  }
}
