import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Hits, ordinary, parseHits } from '../../src/contract/hit.ts';

const HIT = {
  name: 'pageview',
  url: 'https://shop.example/cups?color=red#top',
  visitor: 1,
  session: Number.MAX_SAFE_INTEGER,
  seq: 0,
  title: 'Cups · Shop',
  referrer: '',
  props: { size: 'm', count: 2, gift: false },
  width: 1280.5,
  language: 'et',
  age: 12,
  of: 3,
  engaged: 0,
  scroll: 100,
  user: 'anna',
  interactive: false,
  webdriver: false,
  ignore: false,
};

/** What a field may be sent as, right or wrong. */
const ODD = [null, '', ' ', 'x', 'a\0b', ' padded ', '\ud800', 'x'.repeat(121), 'x'.repeat(301), 'x'.repeat(5_000)];
const NUMBERS = [0, -0, -1, 1, 0.5, 1e300, 2 ** 53, 2 ** 53 - 1, Number.NaN, Number.POSITIVE_INFINITY];
const URLS = [
  'https:///',
  'http://a',
  'ftp://a/',
  'javascript:1',
  '/path',
  'HTTPS://ÕUN.example/',
  'https://a/%',
  'https://[::1]:8/',
];
const OBJECTS = [{}, [], [1], ['x'], { '': 1 }, { x: null }, JSON.parse('{"__proto__":1}'), { toString: 'x' }];
const value = fc.oneof(
  fc.constantFrom<unknown>(...ODD, ...NUMBERS, ...URLS, ...OBJECTS, true, undefined),
  fc.constant(`https://shop.example/${'x'.repeat(4_096)}`),
  fc.constant(Object.fromEntries(Array.from({ length: 31 }, (_, i) => [i, i]))),
  fc.jsonValue(),
);
const field = fc.constantFrom(...Object.keys(HIT), 'revenue', 'unknown', '__proto__', 'constructor');

test('the short way takes what a page sends', () => {
  expect(ordinary(HIT)).toEqual(HIT);
  const { name, url } = HIT;
  expect(ordinary({ name, url, unknown: 1 })).toEqual({ name, url });
});

test('the short way and the schema make the same of whatever is sent', () => {
  const wrong = fc.dictionary(field, value, { maxKeys: 3 });
  const missing = fc.array(field, { maxLength: 2 });
  const hit = fc.tuple(wrong, missing).map(([fields, gone]) => {
    const entries = Object.entries({ ...HIT, ...fields }).filter(([key]) => !gone.includes(key));
    return Object.fromEntries(entries);
  });
  fc.assert(
    fc.property(fc.oneof(hit, fc.array(hit, { maxLength: 3 }), value), (body) => {
      const { data, error } = Hits.safeParse(body);
      if (data) expect(parseHits(body)).toEqual(data);
      else expect(() => parseHits(body)).toThrow(error?.message);
    }),
    { numRuns: 5_000 },
  );
});
