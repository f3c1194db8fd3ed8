import type { Context as HonoContext } from 'hono';
import type { Context } from '../app.ts';
import { collectorOf } from '../collectors.ts';
import type { Envelope } from '../contract/wire.ts';
import { Problem } from '../problem.ts';
import type { Outcome } from './collector.ts';
import type { EdgeSite } from './edge.ts';
import type { Enriched } from './enrich.ts';
import { Gatherers } from './gather.ts';
import type { Taken } from './ledger.ts';
import { homeOf, SHARDS_MAX } from './shards.ts';
import type { Note } from './tally.ts';

/** Collectors that a hit is sent on to at most: from a spread that an isolate believes no more to where its visit lives. */
const HOPS_MAX = 4;

/** This isolate's calls to collectors. */
const takes = new Gatherers<Enriched, Outcome<Taken>>();
const notes = new Gatherers<Note, null>();

type AnyContext = Pick<HonoContext<Context>, 'env' | 'executionCtx'>;

/**
 * Hits to their collectors, together with those that other requests of this isolate have for them just now.
 * @returns what became of each, in order
 * @throws Problem `too_many_requests`
 */
export async function deliverHits(c: AnyContext, site: EdgeSite, hits: Enriched[]): Promise<Taken[]> {
  const { id } = site.settings;
  const send = (shard: number, share: Enriched[]): Promise<Outcome<Taken>[]> => {
    const take = async (all: Enriched[]) => await collectorOf(c.env, id, shard).take(JSON.stringify(all));
    return takes.send(id * SHARDS_MAX + shard, share, take, (work) => c.executionCtx.waitUntil(work));
  };
  const outcomes: Outcome<Taken>[] =
    site.shards === 1 ? await send(0, hits) : hits.map((hit) => ({ shard: homeOf(hit.visitor, site.shards) }));
  for (let hop = 0; hop < HOPS_MAX && outcomes.some(isElsewhere); hop++) {
    const places = Map.groupBy(outcomes.keys(), (i) => shardIn(outcomes[i]));
    await Promise.all(
      Array.from(places, async ([shard, places]) => {
        if (shard === undefined) return;
        const answers = await send(
          shard,
          places.flatMap((i) => hits[i] ?? []),
        );
        for (const [n, i] of places.entries()) outcomes[i] = answers[n] ?? { retry: 1 };
      }),
    );
  }
  return outcomes.map((outcome) => settled(outcome));
}

/** The collector that a hit is to be sent on to. */
const shardIn = (outcome: Outcome<Taken> | undefined): number | undefined =>
  typeof outcome === 'object' && 'shard' in outcome ? outcome.shard : undefined;
const isElsewhere = (outcome: Outcome<Taken>): boolean => shardIn(outcome) !== undefined;

/**
 * A replay chunk to its collector.
 * @returns whether somebody watches its visit
 * @throws Problem `too_many_requests`
 */
export async function deliverChunk(
  c: AnyContext,
  site: EdgeSite,
  envelope: Envelope & { page: string },
  who: { visitor: number; sender: number },
  body: Uint8Array,
): Promise<boolean> {
  let outcome: Outcome<'accepted' | 'watched'> = { shard: homeOf(who.visitor, site.shards) };
  for (let hop = 0; hop < HOPS_MAX && typeof outcome !== 'string' && 'shard' in outcome; hop++) {
    const collector = collectorOf(c.env, site.settings.id, outcome.shard);
    outcome = await collector.keep(envelope, who.visitor, who.sender, body);
  }
  return settled(outcome) === 'watched';
}

/** The collector that knows what all of the site's collectors have in common. */
export const firstCollector = (c: AnyContext, { settings }: EdgeSite) => collectorOf(c.env, settings.id, 0);

/** A hit that finds no home within some hops meets a spread that is just changing: in a second it won't. */
export function settled<How extends string | string[]>(outcome: Outcome<How>): How {
  if (outcome === 'site_deleted') throw new Problem('site_deleted', 'The site of this key is gone.');
  if (typeof outcome === 'string' || Array.isArray(outcome)) return outcome as How;
  const { retry: wait = 1 } = outcome as { retry?: number };
  throw new Problem('too_many_requests', `Too much at once; try again in ${wait} s.`, { retryAfter: wait });
}

/** Tells a site's collector what became of a hit that it never saw. Nobody waits for it. */
export function note(c: AnyContext, { settings }: EdgeSite, what: Note): void {
  const tell = async (all: Note[]) => {
    await collectorOf(c.env, settings.id, 0).note(all);
    return all.map(() => null);
  };
  const told = notes.send(settings.id, [what], tell, (work) => c.executionCtx.waitUntil(work));
  c.executionCtx.waitUntil(told.catch((error: unknown) => console.error('note', settings.id, error)));
}
