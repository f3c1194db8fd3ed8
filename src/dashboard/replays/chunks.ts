import type { eventWithTime } from '@rrweb/types';

/** A chunk that won't come: forgotten by the server, or not what it should be. */
export class Lost extends Error {}

const TRIES = 4;

/**
 * One chunk's events. Inflated by the browser's own decoder, off this thread; a network that stumbles is tried again.
 * @throws Lost when trying again is no use; the signal's reason when aborted
 */
export async function loadChunk(address: string, signal: AbortSignal): Promise<eventWithTime[]> {
  const response = await ask(address, signal);
  if (!response.ok || !response.body) throw new Lost(`${response.status}`);
  try {
    const inflated = response.body.pipeThrough(new DecompressionStream('gzip'));
    const events: unknown = await new Response(inflated).json();
    if (!Array.isArray(events)) throw new Lost('not a list of events');
    return events.filter(isEvent);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Lost(String(error));
  }
}

async function ask(address: string, signal: AbortSignal): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(address, { signal });
      const passing = response.status === 429 || response.status >= 500;
      if (!passing || attempt === TRIES) return response;
    } catch (error) {
      if (signal.aborted) throw error;
      if (attempt === TRIES) throw new Lost('the network is down');
    }
    await pause(400 * 2 ** attempt, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const aborted = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', aborted, { once: true });
  });
}

/** A recording is somebody else's input: what lacks a time or a type never reaches the player. */
function isEvent(value: unknown): value is eventWithTime {
  const event = value as Partial<eventWithTime> | null;
  return (
    typeof event === 'object' &&
    Number.isFinite(event?.timestamp) &&
    Number.isInteger(event?.type) &&
    typeof event?.data === 'object'
  );
}
