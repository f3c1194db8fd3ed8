import type { InferSelectModel } from 'drizzle-orm';
import type { Collector } from './collect/collector.ts';
import type { site } from './db/schema.ts';
import type { Bindings } from './env.ts';

/** What everybody outside `collect` may ask of a site's collectors. */

type SiteRow = InferSelectModel<typeof site>;

/** What the data plane needs of a site, pushed into its first collector: no hit ever asks Postgres. */
export type Settings = Omit<SiteRow, 'created' | 'timezone'>;

/** The collector of one shard of a site. Calling it wakes it. */
export function collectorOf(env: Bindings, siteId: number, shard: number): DurableObjectStub<Collector> {
  const namespace = env.COLLECTOR as unknown as DurableObjectNamespace<Collector>;
  return namespace.get(namespace.idFromName(`${siteId}:${shard}`));
}

/** Makes a new or changed site known to the edge. */
export async function configureSite(env: Bindings, row: SiteRow): Promise<void> {
  const { id, domain, shards, mode, record, mask_text, hash, gpc } = row;
  await collectorOf(env, id, 0).configure({ id, domain, shards, mode, record, mask_text, hash, gpc });
}

/** A deleted site: its collectors forget what they hold and refuse what still comes. */
export async function forgetSite(env: Bindings, row: Pick<SiteRow, 'id' | 'shards'>): Promise<void> {
  await Promise.all(shardsOf(row).map((shard) => collectorOf(env, row.id, shard).forget()));
}

/**
 * Writes what the site's collectors hold to Postgres, so that a report includes the visit of a second ago.
 * Never throws: a report without the last minute is better than none.
 */
export async function flushSite(env: Bindings, row: Pick<SiteRow, 'id' | 'shards'>): Promise<void> {
  await Promise.all(
    shardsOf(row).map((shard) =>
      collectorOf(env, row.id, shard)
        .flush()
        .catch((error: unknown) => console.error('flush', row.id, shard, error)),
    ),
  );
}

function shardsOf({ shards }: Pick<SiteRow, 'shards'>): number[] {
  return Array.from({ length: shards }, (_, shard) => shard);
}
