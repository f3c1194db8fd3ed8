import { type SQL, sql } from 'drizzle-orm';

/**
 * Moves the seals of sites back to a moment before which nothing has changed, and ends what is being sealed behind it. Days
 * whose visits are forgotten stay as they were sealed: there is nothing left to seal them anew from.
 * @param changed rows `(site_id, at)`: the earliest that changed of each
 */
export const unseal = (changed: SQL): SQL => sql`
  update seal set upto = case when seal.upto > changed.at then changed.at else seal.upto end, sealing = null,
    changes = seal.changes + 1
  from (
    select c.site_id, greatest(c.at, site.kept) as at from (${changed}) c join site on site.id = c.site_id where c.at is not null
  ) changed where seal.site_id = changed.site_id and greatest(seal.upto, seal.sealing) > changed.at`;
