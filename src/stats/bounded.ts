import { type SQL, sql } from 'drizzle-orm';
import { QUERY_LIMITS } from '../contract/query.ts';
import { atLarge, connect, type Db, isCutOff } from '../db/client.ts';
import type { Bindings } from '../env.ts';
import { Problem } from '../problem.ts';
import type { Sql } from './question.ts';

/**
 * The deployment's database for questions that may be large: each statement goes with settings of its own, in one request,
 * and is cut off after `QUERY_LIMITS.statementMs` instead of being left to run.
 */
export function bounded(env: Bindings, milliseconds: number = QUERY_LIMITS.statementMs): Sql {
  const db = connect(env);
  const settings = sql`select set_config('statement_timeout', ${String(milliseconds)}, true), ${atLarge}`;
  return {
    async execute(statement) {
      try {
        const [, answer] = await db.batch([db.execute(settings), db.execute(statement)]);
        return answer;
      } catch (error) {
        throw isCutOff(error) ? await tooCostly(db, statement, milliseconds) : error;
      }
    },
  };
}

/** What a statement would have read, by Postgres's own estimate, and how to ask for less. */
async function tooCostly(db: Db, statement: SQL, milliseconds: number): Promise<Problem> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`explain (format json) ${statement}`);
  const [plan] = Object.values(rows[0] ?? {})[0] as [{ Plan: Plan }];
  const read = { event: 0, session: 0 };
  countRows(plan.Plan, read);
  const number = (n: number) => new Intl.NumberFormat('en').format(n);
  return new Problem(
    'too_costly',
    `This question was cut off after ${milliseconds / 1000} seconds: it reads about ${number(read.event)} events and ` +
      `${number(read.session)} visits. Ask for a shorter date_range, for fewer dimensions, or filter by what a visit ` +
      'has (visit:…), which needs no events.',
  );
}

interface Plan {
  'Relation Name'?: string;
  'Plan Rows': number;
  Plans?: Plan[];
}

function countRows(plan: Plan, read: { event: number; session: number }): void {
  const table = /^(event|session)/.exec(plan['Relation Name'] ?? '')?.[1];
  if (table) read[table as keyof typeof read] += plan['Plan Rows'];
  for (const inner of plan.Plans ?? []) countRows(inner, read);
}
