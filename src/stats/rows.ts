import { type SQL, sql } from 'drizzle-orm';
import { rowsOf } from '../db/rows.ts';
import { SESSION_FLAG } from '../db/schema.ts';

/** Which rows a question is about before any filter: those of its site, in its range, of people or of bots too. */

interface Rows {
  site: { id: number };
  /** Milliseconds since 1970; `to` not included. */
  range: { from: number; to: number };
  bots: boolean;
}

/** Visits that began in the range. */
export const visitsInRange = ({ site, range, bots }: Rows): SQL =>
  sql`${rowsOf('s', site.id, range)} and ${bots ? sql`true` : people(sql`s.flags`)}`;

/** Events whose own time is in the range. */
export const eventsInRange = ({ site, range, bots }: Rows): SQL =>
  sql`${rowsOf('e', site.id, range)} and ${bots ? sql`true` : people(sql`e.flags`)}`;

/**
 * Not recognized as a bot. Written as "not the bit" because Postgres takes an unknown expression to be seldom equal and
 * mostly unequal to a value: with `= 0` it expects 0.5 % of the rows, and plans nested loops over all of them.
 */
export const people = (flags: SQL): SQL =>
  sql`(${flags} & ${SESSION_FLAG.bot}::smallint) <> ${SESSION_FLAG.bot}::smallint`;
