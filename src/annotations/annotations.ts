import { sql } from 'drizzle-orm';
import type { AnnotationInput, AnnotationJson } from '../contract/api.ts';
import { Problem } from '../problem.ts';
import type { Scoped, Sql } from '../stats/question.ts';

/** Annotations of a site. They stand on its chart; no number depends on them. */

/** More is 409 `conflict`. */
const ANNOTATIONS_MAX = 1_000;

type Of = Pick<Scoped, 'id'>;

/** The latest first. */
export async function list(db: Sql, site: Of): Promise<AnnotationJson[]> {
  const { rows } = await db.execute(sql`select ${columns} from annotation where site_id = ${site.id}
    order by date desc, time desc nulls last, id desc`);
  return rows.map(annotationJson);
}

/** @throws Problem `conflict` for one too many */
export async function create(db: Sql, site: Of, { date, time, text }: AnnotationInput): Promise<AnnotationJson> {
  const { rows } = await db.execute(sql`insert into annotation (site_id, date, time, text)
    select ${site.id}, ${date}::date, ${time}, ${text}
    where (select count(*) from annotation where site_id = ${site.id}) < ${ANNOTATIONS_MAX}
    returning ${columns}`);
  if (rows[0]) return annotationJson(rows[0]);
  throw new Problem('conflict', `A site has at most ${ANNOTATIONS_MAX} annotations; delete one first.`);
}

/** Puts a whole annotation in the place of another, whose id stays. @throws Problem `not_found` */
export async function replace(db: Sql, site: Of, id: number, { date, time, text }: AnnotationInput) {
  const { rows } = await db.execute(sql`update annotation set date = ${date}::date, time = ${time}, text = ${text}
    where site_id = ${site.id} and id = ${id} returning ${columns}`);
  return found(rows);
}

/** @throws Problem `not_found` */
export async function remove(db: Sql, site: Of, id: number): Promise<void> {
  const { rows } = await db.execute(
    sql`delete from annotation where site_id = ${site.id} and id = ${id} returning ${columns}`,
  );
  found(rows);
}

const columns = sql`id, date::text, time, text, extract(epoch from created)::float8 as created`;

function annotationJson(row: Record<string, unknown>): AnnotationJson {
  const { created, ...rest } = row as unknown as Omit<AnnotationJson, 'created'> & { created: number };
  return { ...rest, created: new Date(created * 1000).toISOString() };
}

function found(rows: Record<string, unknown>[]): AnnotationJson {
  if (!rows[0]) throw new Problem('not_found', 'This site has no such annotation.');
  return annotationJson(rows[0]);
}
