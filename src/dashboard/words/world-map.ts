import { plural } from '../format.ts';
import { area } from './area.ts';
import { locale } from './language.ts';

/** The map of the world. */
export const worldMap = area('world-map', {
  visitors: (n: number) => plural(n, 'visitor'),
  notLoaded: 'The map could not be loaded.',
  inWords: (countries: string[]) =>
    `A map: most visitors are in ${new Intl.ListFormat(locale()).format(countries)}. The list of countries says the same.`,
});
