import type { Platform } from './bot.ts';

/** Where a request comes from, as far as the platform knows. */
export interface Place {
  /** ISO 3166-1 alpha-2, or `T1` for Tor. */
  country: string | null;
  /** Its name; its code (`EE-79`) only for want of a name. */
  region: string | null;
  city: string | null;
}

/** What `request.cf` says of the place; `XX` is its word for not knowing the country. */
export function placeOf(cf: Platform | undefined): Place {
  const country = cf?.country && cf.country !== 'XX' ? cf.country : null;
  const code = country && cf?.regionCode ? `${country}-${cf.regionCode}` : null;
  return { country, region: cf?.region ?? code, city: cf?.city ?? null };
}
