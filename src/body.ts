import { Problem } from './problem.ts';

/**
 * A request's body, whole, of at most so many bytes.
 * @throws Problem `body_too_large` as soon as more arrives
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = () => new Problem('body_too_large', `A body here is at most ${limit} bytes.`);
  const told = request.headers.get('content-length');
  if (told !== null) {
    if (Number(told) > limit) throw tooLarge();
    // No more than was told can come: in one piece it costs a fraction of what a stream does.
    const whole = new Uint8Array(await request.arrayBuffer());
    if (whole.byteLength > limit) throw tooLarge();
    return whole;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > limit) throw tooLarge();
    parts.push(part);
  }
  if (parts.length === 1 && parts[0]) return parts[0];
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** One for all: without `stream` it keeps nothing from one text to the next. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * Bytes as JSON.
 * @throws Problem `malformed_json`
 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    throw new Problem('malformed_json', 'The body is not valid JSON in UTF-8.');
  }
}
