/** A random whole number below 2^53. Not of Math.random: there are pages that seed it, the same for everybody. */
export function random(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return high * 2 ** 21 + (low >>> 11);
}
