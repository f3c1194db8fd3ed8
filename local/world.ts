import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { geoEqualEarth, geoPath } from 'd3-geo';
import { iso31661 } from 'iso-3166';
import { feature } from 'topojson-client';
import type { World } from '../src/dashboard/site/world.ts';

/**
 * The map of the world as the dashboard draws it: shapes at whole units of a drawing that is 960 wide, which are 15 kB; and
 * the middle of each country that is too small for them, of a finer atlas. In the Equal Earth projection, whose areas are
 * true. Nobody is counted in Antarctica.
 */
export function world(): World {
  const coarse = countries('110m');
  const whole = { type: 'FeatureCollection' as const, features: coarse.map(({ shape }) => shape) };
  const projection = geoEqualEarth().fitWidth(WIDE, whole);
  const path = geoPath(projection).digits(0);
  const [[, top], [, floor]] = path.bounds(whole);
  projection.translate([projection.translate()[0], projection.translate()[1] - top]);
  const lands: World['lands'] = {};
  for (const { code, shape } of coarse) lands[code] = `${lands[code] ?? ''}${path(shape) ?? ''}`;
  const dots = countries('50m')
    .filter(({ code }) => code && !(code in lands))
    .map(({ code, shape }) => [code, path.centroid(shape).map(Math.round)]);
  return { size: [WIDE, Math.ceil(floor - top)], lands, dots: Object.fromEntries(dots) };
}

const WIDE = 960;

/** In the atlas without a number; visitors come from the countries that the platform knows. */
const UNNUMBERED: Record<string, string> = { Kosovo: 'XK', Somaliland: 'SO', 'N. Cyprus': 'CY' };

type Atlas = Parameters<typeof feature>[0];

function countries(scale: '110m' | '50m') {
  const file = join(import.meta.dirname, `../node_modules/world-atlas/countries-${scale}.json`);
  const atlas = JSON.parse(readFileSync(file, 'utf8')) as Atlas;
  const all = atlas.objects.countries;
  if (all?.type !== 'GeometryCollection') throw new Error(`${file} is no map of countries`);
  const codes = new Map(iso31661.map(({ numeric, alpha2 }) => [numeric, alpha2]));
  return feature(atlas, all)
    .features.map((shape) => ({
      code: codes.get(String(shape.id)) ?? UNNUMBERED[(shape.properties as { name: string }).name] ?? '',
      shape,
    }))
    .filter(({ code }) => code !== 'AQ');
}
