import type { Hit } from '../../src/contract/wire.ts';
import { listen } from './listen.ts';

/** Hits kept while they can't be sent. */
const MOST = 50;
/** UTF-16 units, three bytes each at worst, of what may go with keepalive: browsers allow 64 KiB of it at once. */
const KEEPALIVE = 2e4;

/** Sends hits to `url`; those that could not be sent go with the next one, or once the browser is online again. */
export function sender(url: string): (...hits: Hit[]) => void {
  /** `age` holds the time of birth until a hit is sent. */
  let waiting: (Hit & { age: number })[] = [];

  const send = (...hits: Hit[]) => {
    const now = performance.now();
    const sent = [...waiting, ...hits.map((hit) => ({ ...hit, age: now }))];
    // Joined by hand: old libraries give Array a toJSON, which makes JSON.stringify write an array as text.
    const body = `[${sent.map((hit) => JSON.stringify({ ...hit, age: (now - hit.age) | 0 }))}]`;
    waiting = [];
    const keep = () => {
      waiting = [...sent, ...waiting].slice(-MOST);
    };
    try {
      fetch(url, { method: 'POST', body, keepalive: body.length < KEEPALIVE, credentials: 'omit' }).then(
        ({ status }) => (status === 429 || status > 499) && keep(),
        keep,
      );
    } catch {
      if (!navigator.sendBeacon(url, body)) keep();
    }
  };

  listen('online', () => waiting[0] && send());
  return send;
}
