import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless';
import { type SQL, sql } from 'drizzle-orm';
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http';
import { type Bindings, vars } from '../env.ts';
import * as schema from './schema.ts';

/** Postgres as everybody here knows it. Each statement is one HTTP request; `db.batch` is one transaction. */
export type Db = NeonHttpDatabase<typeof schema>;

/** The database this deployment is bound to. The only place that knows the driver. */
export function connect(env: Bindings): Db {
  const { DATABASE_URL, NEON_ENDPOINT } = vars(env);
  if (NEON_ENDPOINT) neonConfig.fetchEndpoint = NEON_ENDPOINT;
  return drizzle(neon(DATABASE_URL), { schema });
}

/**
 * What a transaction that reads much selects first: its sorts and hashes stay in memory, and no statement is compiled (`jit`), which takes
 * seconds where it saves none.
 */
export const atLarge: SQL = sql`set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`;

/**
 * Whether an error says that Postgres couldn't be asked, rather than that it refused: no answer at all, a lost
 * connection (08), too little of something (53), a shutdown (57P).
 */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NeonDbError) return !cause.code || /^(08|53|57P)/.test(cause.code);
  }
  return false;
}

/** Whether Postgres refused because what must be there once is there already. */
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';

/** Whether a statement ran longer than it may. */
export const isCutOff = (error: unknown): boolean => sqlState(error) === '57014';

/** One where there is just one row, else nothing but an error: no statement can end a batch, or itself, otherwise. See `isDividedByZero`. */
export const oneOrError = (rows: SQL): SQL => sql`1 / (select count(*) from (${rows}) r)`;

/** Whether a statement divided by nothing. */
export const isDividedByZero = (error: unknown): boolean => sqlState(error) === '22012';

/** Whether a statement waited longer for others than it may. */
export const isLockTimeout = (error: unknown): boolean => sqlState(error) === '55P03';

/** The five characters by which Postgres says what is the matter; null for an error of anybody else's. */
function sqlState(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && /^[0-9A-Z]{5}$/.test(cause.code)) return cause.code;
  }
  return null;
}

/** An error as it may stand in a log: the reason and the statement, without the values bound to it: those are visitors'. */
export function loggable(error: unknown): unknown {
  if (!(error instanceof Error && 'query' in error && error.cause)) return error;
  return `${error.cause}; in: ${String(error.query).replace(/\s+/g, ' ').trim().slice(0, 120)}`;
}
