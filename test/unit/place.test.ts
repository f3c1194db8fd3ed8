import { expect, test } from 'vitest';
import { placeOf } from '../../src/collect/place.ts';

// Where a request comes from: names, as people read them; a code only for want of a name.
test.each([
  [{ country: 'EE', region: 'Tartumaa', regionCode: '79', city: 'Tartu' }, 'EE', 'Tartumaa', 'Tartu'],
  [{ country: 'EE', regionCode: '79' }, 'EE', 'EE-79', null],
  [{ regionCode: '79' }, null, null, null],
  [{ country: 'T1' }, 'T1', null, null],
  [{ country: 'XX' }, null, null, null],
  [{}, null, null, null],
  [undefined, null, null, null],
])('%j', (cf, country, region, city) => {
  expect(placeOf(cf)).toEqual({ country, region, city });
});
