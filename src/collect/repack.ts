import { gunzipSync, gzipSync } from 'node:zlib';
import { LIMITS } from '../contract/wire.ts';
import { Problem } from '../problem.ts';

/**
 * Proves that a gzipped text has this hash, and packs it anew: what else a stranger may have put into his gzip (a second
 * member, a tail that one reader takes and another doesn't) ends here.
 * @param hash SHA-256 in hex
 * @throws Problem `malformed_chunk`, `body_too_large`, `invalid`
 */
export async function repack(gzipped: Uint8Array, hash: string): Promise<Uint8Array> {
  const text = unpack(gzipped);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  if (digest.toHex() !== hash) {
    const message = 'not the hash of this text';
    throw new Problem('invalid', `hash: ${message}`, { issues: [{ path: 'hash', message }] });
  }
  return gzipSync(text, { level: 9 });
}

function unpack(gzipped: Uint8Array): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(gunzipSync(gzipped, { maxOutputLength: LIMITS.sheetBytes }));
  } catch (error) {
    if (error instanceof RangeError) {
      throw new Problem('body_too_large', `A style sheet is at most ${LIMITS.sheetBytes} bytes.`);
    }
    throw new Problem('malformed_chunk', 'A style sheet comes as gzip.');
  }
}
