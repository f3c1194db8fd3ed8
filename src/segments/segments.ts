import { sql } from 'drizzle-orm';
import type { SegmentInput, SegmentJson } from '../contract/api.ts';
import { isUniqueViolation } from '../db/client.ts';
import { Problem } from '../problem.ts';
import type { Scoped, Sql } from '../stats/question.ts';

/**
 * Segments of a site: filters under a name, shared by all who see the site, or somebody's own. What shared ones mean is looked up
 * by whoever asks with them (`stats/definitions.ts`); somebody's own come into a question as the filters that they are.
 */

/** More shared ones, or more of one person's own, is 409 `conflict`. */
const SEGMENTS_MAX = 100;

type Of = Pick<Scoped, 'id'>;

/** By name: the shared ones, and those of `whose`. */
export async function list(db: Sql, site: Of, whose: string | null): Promise<SegmentJson[]> {
  const { rows } = await db.execute(
    sql`select ${columns} from segment where ${seen(site, whose)} order by lower(name), name, id`,
  );
  return rows.map(segmentJson);
}

/** @throws Problem `not_found` for what isn't there and what is somebody else's alike */
export async function get(db: Sql, site: Of, whose: string | null, id: number): Promise<SegmentJson> {
  const { rows } = await db.execute(sql`select ${columns} from segment where ${seen(site, whose)} and id = ${id}`);
  return found(rows);
}

/** @throws Problem `conflict` for a name that is taken, and for one segment too many */
export async function create(db: Sql, site: Of, whose: string | null, segment: SegmentInput): Promise<SegmentJson> {
  const { name, filters, shared = true } = segment;
  const owner = shared ? null : whose;
  const { rows } = await db.execute(sql`insert into segment (site_id, owner, name, filters)
    select ${site.id}, ${owner}, ${name}, ${JSON.stringify(filters)}::jsonb
    where ${room(site, owner)}
    on conflict do nothing returning ${columns}`);
  if (rows[0]) return segmentJson(rows[0]);
  const others = await list(db, site, whose);
  if (others.some((one) => one.name === name && one.shared === shared)) throw taken(name, shared);
  throw tooMany(shared);
}

/**
 * Puts a whole segment in the place of another, whose id stays. A shared one may become the own of whoever asks so: to the others it
 * is deleted.
 * @throws Problem `not_found`, `conflict`
 */
export async function replace(
  db: Sql,
  site: Of,
  whose: string | null,
  id: number,
  { name, filters, shared }: SegmentInput,
): Promise<SegmentJson> {
  const was = await get(db, site, whose, id);
  const owner = (shared ?? was.shared) ? null : whose;
  try {
    const { rows } = await db.execute(sql`update segment
      set owner = ${owner}, name = ${name}, filters = ${JSON.stringify(filters)}::jsonb
      where ${seen(site, whose)} and id = ${id} and (owner is not distinct from ${owner} or ${room(site, owner)})
      returning ${columns}`);
    if (rows[0]) return segmentJson(rows[0]);
  } catch (error) {
    throw isUniqueViolation(error) ? taken(name, owner === null) : error;
  }
  await get(db, site, whose, id);
  throw tooMany(owner === null);
}

/** @throws Problem `not_found` */
export async function remove(db: Sql, site: Of, whose: string | null, id: number): Promise<void> {
  const { rows } = await db.execute(
    sql`delete from segment where ${seen(site, whose)} and id = ${id} returning ${columns}`,
  );
  found(rows);
}

/** What every statement goes by. */
const seen = ({ id }: Of, whose: string | null) => sql`site_id = ${id} and (owner is null or owner = ${whose})`;

const room = ({ id }: Of, owner: string | null) => sql`(select count(*) from segment
  where site_id = ${id} and owner is not distinct from ${owner}) < ${SEGMENTS_MAX}`;

const columns = sql`id, name, filters, owner is null as shared, extract(epoch from created)::float8 as created`;

function segmentJson(row: Record<string, unknown>): SegmentJson {
  const { created, ...rest } = row as unknown as Omit<SegmentJson, 'created'> & { created: number };
  return { ...rest, created: new Date(created * 1000).toISOString() };
}

function found(rows: Record<string, unknown>[]): SegmentJson {
  if (!rows[0]) throw new Problem('not_found', 'This site has no such segment.');
  return segmentJson(rows[0]);
}

const taken = (name: string, shared: boolean) =>
  new Problem('conflict', `${shared ? 'This site has' : 'You have'} a segment called ${name} already.`);

const tooMany = (shared: boolean) =>
  new Problem(
    'conflict',
    shared
      ? `A site shares at most ${SEGMENTS_MAX} segments; delete one first.`
      : `You have ${SEGMENTS_MAX} segments of your own at this site, which is all there can be; delete one first.`,
  );
