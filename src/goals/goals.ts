import { sql } from 'drizzle-orm';
import type { GoalInput, GoalJson } from '../contract/api.ts';
import { isUniqueViolation } from '../db/client.ts';
import { millisecondsOf } from '../db/rows.ts';
import { Problem } from '../problem.ts';
import type { Scoped, Sql } from '../stats/question.ts';

/** Goals of a site: definitions only. What reached them is always worked out from the events, see `report`. */

/** More is 409 `conflict`: each goal costs every report something. */
export const GOALS_MAX = 100;

/** In the order of their making. */
export async function list(db: Sql, site: Pick<Scoped, 'id'>): Promise<GoalJson[]> {
  return (await listWithSeals(db, site)).map(({ sealed: _, ...goal }) => goal);
}

/** The same, and of each from when on sealed days tell of it, milliseconds since 1970; null where they don't. */
export async function listWithSeals(
  db: Sql,
  site: Pick<Scoped, 'id'>,
): Promise<(GoalJson & { sealed: number | null })[]> {
  const { rows } = await db.execute(sql`
    select ${columns}, extract(epoch from sealed)::float8 * 1000 as sealed from goal where site_id = ${site.id} order by id`);
  return rows.map((row) => ({ ...goalJson(row), sealed: millisecondsOf(row.sealed) }));
}

/** @throws Problem `not_found` */
export async function get(db: Sql, site: Pick<Scoped, 'id'>, id: number): Promise<GoalJson> {
  const { rows } = await db.execute(sql`select ${columns} from goal where site_id = ${site.id} and id = ${id}`);
  return found(rows);
}

/** @throws Problem `conflict` for a name that is taken, and for one goal too many */
export async function create(db: Sql, site: Pick<Scoped, 'id'>, input: GoalInput): Promise<GoalJson> {
  const { name, event, path, props } = input;
  const { rows } = await db.execute(sql`insert into goal (site_id, name, event, path, props)
    select ${site.id}, ${name}, ${event ?? null}, ${path ?? null}, ${JSON.stringify(props)}::jsonb
    where (select count(*) from goal where site_id = ${site.id}) < ${GOALS_MAX}
    on conflict (site_id, name) do nothing returning ${columns}`);
  if (rows[0]) return goalJson(rows[0]);
  const goals = await list(db, site);
  if (goals.some((goal) => goal.name === name)) taken(name);
  throw new Problem('conflict', `A site has at most ${GOALS_MAX} goals; delete one first.`);
}

/** Puts a whole goal in the place of another, whose id stays. @throws Problem `not_found`, `conflict` */
export async function replace(db: Sql, site: Pick<Scoped, 'id'>, id: number, input: GoalInput): Promise<GoalJson> {
  const { name, event, path, props } = input;
  const other = sql`select from goal where site_id = ${site.id} and name = ${name} and id <> ${id}`;
  const change = sql`name = ${name}, event = ${event ?? null}, path = ${path ?? null}, props = ${JSON.stringify(props)}`;
  // What its sealed days say of it is no longer true; nor is what is being written of it just now.
  const update = sql`with changed as (
      update goal set ${change}, sealed = null where site_id = ${site.id} and id = ${id} and not exists (${other})
      returning ${columns}
    ), opened as (
      update seal set changes = changes + 1, sealing = null where site_id = ${site.id} and exists (select from changed)
    )
    select * from changed`;
  const { rows } = await unlessTaken(name, db.execute(update));
  if (rows[0]) return goalJson(rows[0]);
  await get(db, site, id);
  return taken(name);
}

/** @throws Problem `not_found` */
export async function remove(db: Sql, site: Pick<Scoped, 'id'>, id: number): Promise<void> {
  const { rows } = await db.execute(
    sql`delete from goal where site_id = ${site.id} and id = ${id} returning ${columns}`,
  );
  found(rows);
}

const columns = sql`id, name, event, path, props, extract(epoch from created)::float8 as created`;

function goalJson(row: Record<string, unknown>): GoalJson {
  const { id, name, event, path, props, created } = row as unknown as Omit<GoalJson, 'created'> & { created: number };
  return { id, name, event, path, props, created: new Date(created * 1000).toISOString() };
}

function found(rows: Record<string, unknown>[]): GoalJson {
  if (!rows[0]) throw new Problem('not_found', 'This site has no such goal.');
  return goalJson(rows[0]);
}

/** Two requests may choose one name at the same moment: the index decides, and the second hears what is the matter. */
async function unlessTaken<T>(name: string, done: PromiseLike<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    if (isUniqueViolation(error)) taken(name);
    throw error;
  }
}

function taken(name: string): never {
  throw new Problem('conflict', `This site has a goal called ${name} already.`);
}
