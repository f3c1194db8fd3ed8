import { plural } from '../../format.ts';
import type { Translated } from '../area.ts';
import { locale } from '../language.ts';
import type * as english from '../world-map.ts';

export const worldMap: Translated<typeof english.worldMap> = {
  visitors: (n) => plural(n, 'Besucher', 'Besucher'),
  notLoaded: 'Die Karte ließ sich nicht laden.',
  inWords: (countries) =>
    `Eine Karte: Die meisten Besucher sind in ${new Intl.ListFormat(locale()).format(countries)}. Die Liste der Länder sagt dasselbe.`,
};
