import { sql } from 'drizzle-orm';
import type { PropertyJson } from '../contract/api.ts';
import type { Scoped, Sql } from './question.ts';
import type { Range } from './range.ts';
import { eventsInRange } from './rows.ts';

/** More keys than a person looks through. */
const PROPERTIES = 100;

/** The keys of the properties that people's events have in a range, the most frequent first. */
export async function properties(db: Sql, site: Pick<Scoped, 'id'>, range: Range): Promise<PropertyJson[]> {
  const { rows } = await db.execute(sql`
    select key, count(*)::int as events from event e, jsonb_object_keys(e.props) key
    where ${eventsInRange({ site, range, bots: false })} and e.props is not null
    group by key order by events desc, key limit ${PROPERTIES}::int`);
  return rows as unknown as PropertyJson[];
}
