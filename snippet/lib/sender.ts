import type { Hit } from '../../src/contract/wire.ts';
import { listen } from './listen.ts';

/** Hits kept while they can't be sent. */
const MOST = 50;
/** UTF-16 units, three bytes each at worst, of what may go with keepalive: browsers allow 64 KiB of it at once. */
const KEEPALIVE = 2e4;

/** Sends hits to `url`; those that could not be sent go with the next one, or once the browser is online again. */
export function sender(url: string): (hit?: Hit) => void {
  let waiting: [hit: string, at: number][] = [];

  const send = (hit?: Hit) => {
    const now = performance.now();
    if (hit) waiting.push([JSON.stringify(hit).slice(0, -1), now]);
    const sent = waiting;
    if (!sent.length) return;
    waiting = [];
    const keep = () => {
      waiting = [...sent, ...waiting].slice(-MOST);
    };
    // Joined by hand: old libraries give Array a toJSON, which makes JSON.stringify write an array as text.
    const body = `[${sent.map(([text, at]) => `${text},"age":${(now - at) | 0}}`)}]`;
    try {
      fetch(url, { method: 'POST', body, keepalive: body.length < KEEPALIVE, credentials: 'omit' }).then(
        ({ status }) => (status === 429 || status > 499) && keep(),
        keep,
      );
    } catch {
      if (!navigator.sendBeacon(url, body)) keep();
    }
  };

  listen(['online'], () => send());
  return send;
}
