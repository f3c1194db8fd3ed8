const encoder = new TextEncoder();

/** Text that any Postgres type takes: no NUL, no lone surrogates. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}

/** Clean text of at most so many UTF-8 bytes, cut between characters. */
export function clip(text: string, bytes: number): string {
  const whole = clean(text);
  if (whole.length * 3 <= bytes) return whole;
  return whole.slice(0, encoder.encodeInto(whole, new Uint8Array(bytes)).read);
}
