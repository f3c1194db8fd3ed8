import { sql } from 'drizzle-orm';
import type { SegmentInput, SegmentJson } from '../contract/api.ts';
import { isUniqueViolation } from '../db/client.ts';
import { Problem } from '../problem.ts';
import type { Scoped, Sql } from '../stats/question.ts';

/** Segments of a site: filters under a name. What they mean is looked up by whoever asks with them: `stats/definitions.ts`. */

/** More is 409 `conflict`. */
const SEGMENTS_MAX = 100;

type Of = Pick<Scoped, 'id'>;

/** By name. */
export async function list(db: Sql, site: Of): Promise<SegmentJson[]> {
  const { rows } = await db.execute(
    sql`select ${columns} from segment where site_id = ${site.id} order by lower(name), name, id`,
  );
  return rows.map(segmentJson);
}

/** @throws Problem `not_found` */
export async function get(db: Sql, site: Of, id: number): Promise<SegmentJson> {
  const { rows } = await db.execute(sql`select ${columns} from segment where site_id = ${site.id} and id = ${id}`);
  return found(rows);
}

/** @throws Problem `conflict` for a name that is taken, and for one segment too many */
export async function create(db: Sql, site: Of, { name, filters }: SegmentInput): Promise<SegmentJson> {
  const { rows } = await db.execute(sql`insert into segment (site_id, name, filters)
    select ${site.id}, ${name}, ${JSON.stringify(filters)}::jsonb
    where (select count(*) from segment where site_id = ${site.id}) < ${SEGMENTS_MAX}
    on conflict (site_id, name) do nothing returning ${columns}`);
  if (rows[0]) return segmentJson(rows[0]);
  if ((await list(db, site)).some((segment) => segment.name === name)) throw taken(name);
  throw new Problem('conflict', `A site has at most ${SEGMENTS_MAX} segments; delete one first.`);
}

/** Puts a whole segment in the place of another, whose id stays. @throws Problem `not_found`, `conflict` */
export async function replace(db: Sql, site: Of, id: number, { name, filters }: SegmentInput): Promise<SegmentJson> {
  try {
    const { rows } = await db.execute(sql`update segment set name = ${name}, filters = ${JSON.stringify(filters)}::jsonb
      where site_id = ${site.id} and id = ${id} returning ${columns}`);
    return found(rows);
  } catch (error) {
    throw isUniqueViolation(error) ? taken(name) : error;
  }
}

/** @throws Problem `not_found` */
export async function remove(db: Sql, site: Of, id: number): Promise<void> {
  const { rows } = await db.execute(
    sql`delete from segment where site_id = ${site.id} and id = ${id} returning ${columns}`,
  );
  found(rows);
}

const columns = sql`id, name, filters, extract(epoch from created)::float8 as created`;

function segmentJson(row: Record<string, unknown>): SegmentJson {
  const { created, ...rest } = row as unknown as Omit<SegmentJson, 'created'> & { created: number };
  return { ...rest, created: new Date(created * 1000).toISOString() };
}

function found(rows: Record<string, unknown>[]): SegmentJson {
  if (!rows[0]) throw new Problem('not_found', 'This site has no such segment.');
  return segmentJson(rows[0]);
}

const taken = (name: string) => new Problem('conflict', `This site has a segment called ${name} already.`);
