import { eq, type InferSelectModel } from 'drizzle-orm';
import type { Collector, CollectorStatus } from './collect/collector.ts';
import { shardOfVisit } from './collect/ledger.ts';
import type { Counted } from './collect/tally.ts';
import type { Entry } from './collect/visit.ts';
import type { StatusJson } from './contract/api.ts';
import { connect, loggable } from './db/client.ts';
import { site } from './db/schema.ts';
import type { Bindings } from './env.ts';
import { Problem } from './problem.ts';
import type { Run } from './replays/chunks.ts';

/** What everybody outside `collect` may ask of a site's collectors. */

type SiteRow = InferSelectModel<typeof site>;

/** What the data plane needs of a site, pushed into its first collector: no hit ever asks Postgres. */
export type Settings = Omit<
  SiteRow,
  'created' | 'kept' | 'timezone' | 'week_start' | 'umami_id' | 'record_days' | 'picture_hosts'
>;

/** The collector of one shard of a site. Calling it wakes it. */
export function collectorOf(env: Bindings, siteId: number, shard: number): DurableObjectStub<Collector> {
  const namespace = env.COLLECTOR as unknown as DurableObjectNamespace<Collector>;
  return namespace.get(namespace.idFromName(`${siteId}:${shard}`));
}

/** The collector of no site: it knows what all sites are called. Site ids begin with 1. */
export function directory(env: Bindings): DurableObjectStub<Collector> {
  return collectorOf(env, 0, 0);
}

/** Tells the edge what sites are called, for hits that other products' clients send. */
export async function nameSites(env: Bindings, rows: Pick<SiteRow, 'id' | 'domain' | 'umami_id'>[]): Promise<void> {
  await directory(env).tellNames(
    rows.map(({ id, domain, umami_id }) => ({ site: id, names: umami_id ? [domain, umami_id] : [domain] })),
  );
}

/**
 * Makes a new or changed site known to the edge. Two people may change it at once, and what is told first may be told last: so it is
 * looked at again, and told again where it has become another.
 */
export async function configureSite(env: Bindings, row: SiteRow): Promise<void> {
  let now: SiteRow | undefined = row;
  let told = '';
  while (now && JSON.stringify(now) !== told) {
    await tellSite(env, now);
    told = JSON.stringify(now);
    [now] = await connect(env).select().from(site).where(eq(site.id, row.id));
  }
}

async function tellSite(env: Bindings, row: SiteRow): Promise<void> {
  await nameSites(env, [row]);
  const {
    created: _,
    kept: __,
    timezone: ___,
    week_start: ____,
    umami_id: _____,
    record_days: ______,
    picture_hosts: _______,
    ...settings
  } = row;
  await collectorOf(env, row.id, 0).configure(settings);
}

/** A deleted site: its collectors forget what they hold and refuse what still comes. */
export async function forgetSite(env: Bindings, { id }: Pick<SiteRow, 'id'>): Promise<void> {
  await directory(env).tellNames([{ site: id, names: [] }]);
  await collectorOf(env, id, 0).forget();
}

/**
 * Writes what the site's collectors hold to Postgres, so that a report includes the visit of a second ago.
 * Never throws: a report without the last minute is better than none.
 */
export async function flushSite(env: Bindings, { id }: Pick<SiteRow, 'id'>): Promise<void> {
  await collectorOf(env, id, 0)
    .flushAll()
    .catch((error: unknown) => console.error('flush', id, loggable(error)));
}

/** Bytes of chunks that wait in their visit's collector: see `replays/chunks.ts`. */
export async function heldChunks(env: Bindings, { site_id, ...run }: Run): Promise<Uint8Array | null> {
  return await collectorOf(env, site_id, shardOfVisit(run.session_id)).heldChunks(run);
}

/** What waits of visits' recordings is forgotten: nothing more of it is written. */
export async function forgetRecordings(env: Bindings, { id }: Pick<SiteRow, 'id'>, sessions: number[]): Promise<void> {
  const shards = Map.groupBy(sessions, shardOfVisit);
  await Promise.all([...shards].map(([shard, some]) => collectorOf(env, id, shard).forgetRecordings(some)));
}

/**
 * Writes out what a visitor's visits came to, and forgets them: what comes of one later opens another.
 * @throws Problem `database_unavailable`
 */
export async function forgetVisitorAtEdge(env: Bindings, { id }: Pick<SiteRow, 'id'>, visitor: number): Promise<void> {
  await collectorOf(env, id, 0)
    .forgetVisitorAll(visitor)
    .catch((error: unknown) => {
      console.error('forget', id, loggable(error));
      throw new Problem('database_unavailable', 'What waits of the visitor could not be written out.', {
        retryAfter: 5,
      });
    });
}

/** A WebSocket that the site's live feed speaks on, or what comes of one visit's recording as it happens. */
export function listen(env: Bindings, { id }: Pick<SiteRow, 'id'>, visit?: number): Promise<Response> {
  const collector = collectorOf(env, id, visit === undefined ? 0 : shardOfVisit(visit));
  const search = visit === undefined ? '' : `?visit=${visit}`;
  return collector.fetch(`https://collector/${search}`, { headers: { upgrade: 'websocket' } });
}

/** Raises the number of collectors that share a site's traffic. @returns how many there are now */
export async function raiseCollectors(env: Bindings, { id }: Pick<SiteRow, 'id'>, to: number): Promise<number> {
  return await collectorOf(env, id, 0).raise(to);
}

/** What the site's collectors say of themselves, added up. */
export async function statusOf(env: Bindings, { id }: Pick<SiteRow, 'id'>): Promise<Omit<StatusJson, 'quarantined'>> {
  const each = await collectorOf(env, id, 0).statusAll();
  const counts = new Map<string, Counted>();
  for (const count of each.flatMap((one) => one.counts)) {
    const key = `${count.fate} ${count.reason}`;
    const sum = counts.get(key);
    counts.set(
      key,
      sum
        ? {
            ...sum,
            hour: sum.hour + count.hour,
            day: sum.day + count.day,
            last: Math.max(sum.last, count.last),
          }
        : count,
    );
  }
  const add = (amount: (one: CollectorStatus) => number) => each.reduce((sum, one) => sum + amount(one), 0);
  const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const known = (time: (one: CollectorStatus) => number | null) => each.map(time).filter((at) => at !== null);
  const first = (times: number[]) => (times.length ? Math.min(...times) : null);
  const last = (times: number[]) => (times.length ? Math.max(...times) : null);
  const errors = each.flatMap(({ last_error }) => last_error ?? []).sort((a, b) => b.at - a.at);
  return {
    counts: [...counts.values()].map((count) => ({ ...count, last: new Date(count.last).toISOString() })),
    buffered: {
      events: add(({ buffered }) => buffered.events),
      bytes: add(({ buffered }) => buffered.bytes),
      replay_bytes: add(({ buffered }) => buffered.replay_bytes),
      oldest: iso(first(known(({ buffered }) => buffered.oldest))),
    },
    last_flush: iso(last(known(({ last_flush }) => last_flush))),
    next_flush: iso(first(known(({ next_flush }) => next_flush))),
    last_error: errors[0] ? { ...errors[0], at: new Date(errors[0].at).toISOString() } : null,
    collectors: each.length,
  };
}

/**
 * Gives an event out of quarantine back to the collector of its visit. Its row goes in the statement that writes the event,
 * so that it lands once, however often it is released.
 * @returns false for what isn't an event
 */
export async function releaseEvent(env: Bindings, siteId: number, id: number, event: string): Promise<boolean> {
  const entry = JSON.parse(event) as Exclude<Entry, { type: 'recorded' }> | { type?: 'chunk' };
  if (entry.type !== 'event' && entry.type !== 'engagement') return false;
  await collectorOf(env, siteId, shardOfVisit(entry.visit)).release({ ...entry, released: id });
  return true;
}
