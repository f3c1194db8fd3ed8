import { type SQL, sql } from 'drizzle-orm';
import { oneOrError } from '../db/client.ts';
import type { Question } from '../stats/question.ts';

/**
 * A statement ends in an error where seals were written anew since it was looked up how far they go. All of it is of one moment: with
 * this in it, it has them as they stood, or fails.
 */
export const unchanged = ({ site, version }: Question): SQL => sql`unchanged as materialized (
  select ${oneOrError(sql`select from seal where site_id = ${site.id} and xmin::text = ${version}`)} as so), `;
export const UNCHANGED = sql`(select so from unchanged) = 1`;
