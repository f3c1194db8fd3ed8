/** A random whole number below 2^53. Not of Math.random: there are pages that seed it, the same for everybody. */
export const random = (): number => Number((crypto.getRandomValues(new BigUint64Array(1))[0] as bigint) >> 11n);
