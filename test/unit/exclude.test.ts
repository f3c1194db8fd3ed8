import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashAddress, network } from '../../src/collect/address.ts';
import { type Excludable, excluded, NOTHING_EXCLUDED } from '../../src/contract/exclude.ts';
import { matchesPath, pathPattern } from '../../src/contract/pattern.ts';

const hit = (more: Partial<Excludable> & { page?: string } = {}): Excludable => ({
  url: new URL(more.page ?? 'https://shop.example/'),
  country: 'EE',
  address: null,
  ignore: false,
  ...more,
});

// Who is left out, and why. A new case costs one line.
test.each([
  [{}, hit(), null],
  [{}, hit({ ignore: true }), 'excluded_self'],
  [{ addresses: ['a', 'b'] }, hit({ address: 'b' }), 'excluded_address'],
  [{ addresses: ['a', 'b'] }, hit({ address: 'c' }), null],
  [{ countries: ['FI', 'EE'] }, hit(), 'excluded_country'],
  [{ countries: ['FI'] }, hit(), null],
  [{ countries: ['FI'] }, hit({ country: null }), null],
  [{ hostnames: ['localhost'] }, hit({ page: 'http://localhost:3000/' }), 'excluded_hostname'],
  [{ hostnames: ['shop.example'] }, hit({ page: 'https://www.shop.example/' }), 'excluded_hostname'],
  [{ hostnames: ['shop.example'] }, hit({ page: 'https://myshop.example/' }), null],
  [{ hostnames: ['*.shop.example'] }, hit({ page: 'https://staging.shop.example/' }), 'excluded_hostname'],
  [{ hostnames: ['*.shop.example'] }, hit(), null],
  [{ paths: ['/admin/**'] }, hit({ page: 'https://shop.example/admin/users/7' }), 'excluded_path'],
  [{ paths: ['/admin/*'] }, hit({ page: 'https://shop.example/admin/users/7' }), null],
  [{ paths: ['/admin'] }, hit({ page: 'https://shop.example/admin?tab=1#top' }), 'excluded_path'],
  [{ paths: ['/kohv/õ*'] }, hit({ page: 'https://shop.example/kohv/%C3%B5un' }), 'excluded_path'],
  [{ paths: ['/a.c'] }, hit({ page: 'https://shop.example/abc' }), null],
])('%j leaves out %o: %s', (exclude, what, reason) => {
  expect(excluded({ ...NOTHING_EXCLUDED, ...exclude }, what)).toBe(reason);
});

test('a path matches as the same pattern does in a regular expression', () => {
  const path = fc.string({ unit: fc.constantFrom('/', 'a', 'b', '.'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('/', 'a', 'b', '.', '*', '**'), maxLength: 6 });
  fc.assert(
    fc.property(pattern, path, (pattern, path) => {
      expect(matchesPath(pattern, path)).toBe(new RegExp(pathPattern(pattern), 's').test(path));
    }),
    { numRuns: 5_000 },
  );
});

test('many wildcards over a long path cost little', () => {
  const before = performance.now();
  expect(matchesPath(`/${'**a'.repeat(10)}b`, `/${'a'.repeat(4_000)}`)).toBe(false);
  expect(performance.now() - before).toBeLessThan(500);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2:ffff::9', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
])('the network of %s is %s', (address, prefix) => {
  expect(network(address)).toBe(prefix);
});

test('an address’s hash is its site’s and its deployment’s', async () => {
  const hash = await hashAddress('secret', 1, '192.0.2.7');
  expect(hash).toMatch(/^[\w-]{16}$/);
  expect(await hashAddress('secret', 1, '192.0.2.7')).toBe(hash);
  expect(await hashAddress('secret', 2, '192.0.2.7')).not.toBe(hash);
  expect(await hashAddress('other', 1, '192.0.2.7')).not.toBe(hash);
  expect(await hashAddress('secret', 1, '192.0.2.8')).not.toBe(hash);
});
