import { place } from '../router.ts';

// The moment that the player's own address names: `?t=83`, in seconds, or `?t=live`.

/** In the place of a moment: as it happens. */
export const LIVE = 'live';

/** In milliseconds; of what happens now there is no end. */
export function startOf(): number {
  const t = new URLSearchParams(place().search).get('t');
  const seconds = Number(t);
  if (t === LIVE) return Number.POSITIVE_INFINITY;
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

/** This address at a moment: seconds, or as it happens. */
export function withTime(t: string): string {
  const { path, search } = place();
  const scope = withoutTime(search);
  return `${path}${scope}${t === '0' ? '' : `${scope ? '&' : '?'}t=${t}`}${location.hash}`;
}

/** What an address says besides the moment: the list's range and filters. */
export function withoutTime(search: string): string {
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair && !pair.startsWith('t='));
  return kept.length ? `?${kept.join('&')}` : '';
}
