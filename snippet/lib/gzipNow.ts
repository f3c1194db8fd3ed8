/** Bytes of one stored block of deflate, at most. */
const BLOCK = 65_535;

/**
 * The text as UTF-8 in gzip at once, not compressed (RFC 1952 around the stored blocks of RFC 1951, 3.2.4): for a page that is
 * going away, where nothing asynchronous comes back any more, and for browsers without CompressionStream.
 */
export function gzipNow(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK));
  const out = new Uint8Array(18 + 5 * blocks + bytes.length);
  const view = new DataView(out.buffer);
  out.set([0x1f, 0x8b, 8]);
  let at = 10;
  for (let from = 0, block = blocks; block--; from += BLOCK) {
    const part = bytes.subarray(from, from + BLOCK);
    out[at] = block ? 0 : 1;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length, true);
    out.set(part, at + 5);
    at += 5 + part.length;
  }
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 8; bit--; ) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  view.setUint32(at, ~crc, true);
  view.setUint32(at + 4, bytes.length, true);
  return out;
}
