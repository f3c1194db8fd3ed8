import { enrich } from '../../src/collect/enrich.ts';
import type { Step } from './visits.ts';

const SITE = { hash: false, hash_identify: true, mode: 'persistent' as const, bot_threshold: 100, bot_rules: {} };

/** One view in fifty finds its page with another title: it was renamed, or counts something. */
const titleOf = (path: string, seq: number) => `${path} · Shop${seq % 50 === 0 ? ' (2)' : ''}`;

/** What a collector is given of a step. */
export function hitOf({ who, kind, path, seq, time, of, engaged, scroll }: Step) {
  const { visitor, session, agent: userAgent, language, width, referrer } = who;
  const { country, region, city } = JSON.parse(who.cf) as Record<'country' | 'region' | 'city', string>;
  const url = `https://shop.example${path}`;
  const common = { url, title: titleOf(path, seq), visitor, session, language, width };
  const hit =
    kind === 'engagement'
      ? { ...common, name: 'engagement', of, engaged, scroll }
      : kind === 'event'
        ? { ...common, name: 'add to cart', seq, props: { size: 'm' } }
        : { ...common, name: 'pageview', seq, referrer };
  const sender = { userAgent, language, country, region, city, rules: 0 };
  return enrich(hit, sender, { visitor, sender: 1 }, Math.round(time), SITE);
}
