const encoder = new TextEncoder();

/** Text that any Postgres type takes: no NUL, no lone surrogates. */
export function clean(text: string): string {
  const well = text.toWellFormed();
  return well.includes('\0') ? well.replaceAll('\0', '') : well;
}

/** A hash of 32 bits, for what hangs on nothing: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
export function quickHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Clean text of at most so many UTF-8 bytes, cut between characters. */
export function clip(text: string, bytes: number): string {
  const whole = clean(text);
  if (whole.length * 3 <= bytes) return whole;
  return whole.slice(0, encoder.encodeInto(whole, new Uint8Array(bytes)).read);
}
