import { plural } from '../format.ts';
import { area } from './area.ts';

const count =
  (one: string, many = `${one}s`) =>
  (n: number): string =>
    plural(n, one, many);

/** So many of what visits and recordings are made of. */
export const counts = area('counts', {
  visits: count('visit'),
  visitors: count('visitor'),
  pages: count('page'),
  views: count('page view'),
  conversions: count('conversion'),
  recordings: count('recording'),
  clicks: count('click'),
  errors: count('error'),
  rage_clicks: count('rage click'),
  dead_clicks: count('dead click'),
  quick_backs: count('quick back'),
  abandoned_forms: count('abandoned form'),
  slow_interactions: count('slow interaction'),
});
