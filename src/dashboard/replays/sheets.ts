import type { eventWithTime } from '@rrweb/types';
import { SHEET_HASH } from '../../contract/wire.ts';
import { inflated, type Load } from './chunks.ts';

// rrweb's numbers; its enums would be values, and load the library.
const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const CUSTOM = 5;
const MUTATION = 0;

/** Puts style sheets, each fetched once, back to where a recording only names them. */
export class Sheets {
  readonly #load: Load['sheet'];
  readonly #texts = new Map<string, Promise<string | null>>();

  constructor(load: Load['sheet']) {
    this.#load = load;
  }

  /** The events, whole; behind one that lacks a style sheet is another that says so. */
  async putBack(events: eventWithTime[], signal: AbortSignal): Promise<eventWithTime[]> {
    const whole = await Promise.all(
      events.map(async (event) => {
        const texts = await Promise.all(named(event).map((attributes) => this.#into(attributes, signal)));
        const { timestamp } = event;
        const unstyled = { type: CUSTOM, timestamp, data: { tag: 'unstyled', payload: {} } } as eventWithTime;
        return texts.includes(null) ? [event, unstyled] : [event];
      }),
    );
    return whole.flat();
  }

  async #into(attributes: Record<string, unknown>, signal: AbortSignal): Promise<string | null> {
    const hash = hashIn(attributes) ?? '';
    const coming = this.#texts.get(hash) ?? this.#text(hash, signal);
    this.#texts.set(hash, coming);
    const text = await coming;
    attributes._cssText = text ?? '';
    return text;
  }

  async #text(hash: string, signal: AbortSignal): Promise<string | null> {
    try {
      return await inflated(await this.#load(hash, signal)).text();
    } catch (error) {
      if (signal.aborted) throw error;
      return null; // gone, or not what it should be
    }
  }
}

/** Hashes of the style sheets that events name. */
export function hashesIn(events: eventWithTime[]): string[] {
  return events.flatMap(named).map((attributes) => hashIn(attributes) ?? '');
}

/** The hash of the style sheet that attributes name; null when they hold it themselves, or none. */
function hashIn({ _cssText: name }: Record<string, unknown>): string | null {
  const [scheme, hash = ''] = typeof name === 'string' && name.length < 100 ? name.split('-') : [];
  return scheme === 'sha256' && SHEET_HASH.test(hash) ? hash : null;
}

/** Attributes in which a style sheet is only named. */
function named({ type, data }: eventWithTime): Record<string, unknown>[] {
  if (type !== FULL_SNAPSHOT && (type !== INCREMENTAL || (data as { source: number }).source !== MUTATION)) return [];
  const found: Record<string, unknown>[] = [];
  const look = (part: unknown) => {
    if (typeof part !== 'object' || part === null) return;
    const { attributes } = part as { attributes?: Record<string, unknown> | null };
    if (attributes && hashIn(attributes)) found.push(attributes);
    for (const inner of Object.values(part)) look(inner);
  };
  look(data);
  return found;
}
