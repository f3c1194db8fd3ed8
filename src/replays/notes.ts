import { sql } from 'drizzle-orm';
import type { NoteJson } from '../contract/api.ts';
import { NOTES } from '../contract/replay.ts';
import type { Db } from '../db/client.ts';
import { Problem } from '../problem.ts';
import { ms } from './visit.ts';

/** Notes on moments of a recording. */

type NoteRow = Omit<NoteJson, 'created'> & { created: number };

const noteRow = sql`json_build_object('id', n.id, 'time', ${ms(sql`n.time`)}, 'text', n.text,
  'who', (select name from auth_user where id = n.user_id), 'created', ${ms(sql`n.created`)})`;

/** Those of the recording `r`, as a JSON array of rows. */
export const notesRow = sql`(
  select coalesce(json_agg(${noteRow} order by n.time, n.id), '[]')
  from replay_note n where n.site_id = r.site_id and n.session_id = r.session_id)`;

export function noteJson({ created, ...row }: NoteRow): NoteJson {
  return { ...row, created: new Date(created).toISOString() };
}

/** The new note; null when there is no such recording. @throws Problem `conflict` when it has as many as it may */
export async function addNote(
  db: Db,
  site: number,
  session: number,
  { time, text, user }: { time: number; text: string; user: string },
): Promise<NoteJson | null> {
  const { rows } = await db.execute<{ there: boolean; note: NoteRow | null }>(sql`
    with made as (
      insert into replay_note as n (site_id, session_id, time, text, user_id)
      select r.site_id, r.session_id, to_timestamp(${time}::float8 / 1000), ${text}, ${user} from replay r
      where r.site_id = ${site} and r.session_id = ${session}
        and (select count(*) from replay_note where site_id = ${site} and session_id = ${session}) < ${NOTES}::int
      returning ${noteRow} as note
    )
    select exists (select 1 from replay where site_id = ${site} and session_id = ${session}) as there,
      (select note from made) as note`);
  const { there, note } = rows[0] ?? { there: false, note: null };
  if (there && !note) throw new Problem('conflict', `A recording has at most ${NOTES} notes.`);
  return note && noteJson(note);
}

/** False when the recording has no such note. */
export async function removeNote(db: Db, site: number, session: number, id: number): Promise<boolean> {
  const { rows } = await db.execute(sql`
    delete from replay_note where site_id = ${site} and session_id = ${session} and id = ${id} returning 1`);
  return rows.length > 0;
}
