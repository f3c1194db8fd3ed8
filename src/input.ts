import type { z } from 'zod';
import { parseJson, readBody } from './body.ts';
import { LIMITS } from './contract/wire.ts';
import { Problem } from './problem.ts';

/** Bytes of a request's body to the API; more is 413. */
export const INPUT_BYTES = 65_536;

/** Levels of arrays and objects in a body; more is 422. */
const DEPTH = 64;

/**
 * The body of a request to the API, as its schema makes it: `await input(c.req.raw, SiteInput)`.
 * @throws Problem `body_too_large`, `malformed_json`, `invalid`; ZodError, which becomes `invalid` with the paths
 */
export async function input<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  const value = parseJson(await readBody(request, INPUT_BYTES));
  const path = nul(value);
  if (path !== null) {
    const message = 'the character U+0000 cannot be kept';
    throw new Problem('invalid', `${path || 'body'}: ${message}`, { issues: [{ path, message }] });
  }
  return schema.parse(value);
}

/** Where the first text with a NUL in it stands, which no text of Postgres can hold; null when there is none. */
function nul(value: unknown, path = '', depth = 0): string | null {
  if (depth > DEPTH) throw new Problem('invalid', `body: nested at most ${DEPTH} deep`);
  if (typeof value === 'string') return value.includes('\0') ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    const here = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    const found = nul(item, here, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** @throws Problem `bad_request` for a request that doesn't ask for a WebSocket */
export function wantsSocket(request: Request): void {
  if (request.headers.get('upgrade') === 'websocket') return;
  throw new Problem('bad_request', 'This address speaks WebSocket: ask for an upgrade.');
}

/** A visit's id in a path. @throws Problem `not_found` for what can't be one */
export function sessionOf(text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (id <= LIMITS.id) return id;
  throw new Problem('not_found', 'No visit has such an id.');
}

/**
 * An id in a path.
 * @param what it names, for a person
 * @throws Problem `not_found` for what can't be an id
 */
export function idOf(text: string, what: string): number {
  const id = Number(text);
  if (/^\d+$/.test(text) && id < 2 ** 31) return id;
  throw new Problem('not_found', `This site has no such ${what}.`);
}
