import type { World } from '../world.ts';
import type { Yield } from './load.ts';

/**
 * Whether everything that was accepted is in Postgres, once: as many rows, as many by the visits' own count, and those that
 * carry their number, the very ones.
 */
export async function onceEach(
  world: World,
  sites: number[],
  { events, numbered, numbers }: Yield,
): Promise<{ whole: boolean; says: string }> {
  const [there] = await world.sql(
    `select count(*) as rows, (select sum(events) from session where site_id = any($1::int[])) as counted,
       count(props ->> 'number') as numbered, count(distinct props ->> 'number') as known,
       coalesce(sum((props ->> 'number')::bigint), 0) as numbers
     from event where site_id = any($1::int[])`,
    [`{${sites.join()}}`],
  );
  const found = [there?.rows, there?.counted, there?.numbered, there?.known, there?.numbers];
  const whole = found.join() === [events, events, numbered, numbered, numbers].join();
  const says = whole
    ? `all ${events}`
    : `${there?.rows} of ${events}, ${there?.counted} by the visits; of ${numbered} numbered ones ${there?.numbered}, ${there?.known} distinct`;
  return { whole, says };
}
