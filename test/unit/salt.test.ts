import { expect, test } from 'vitest';
import { Ledger } from '../../src/collect/ledger.ts';
import { dropSalts, saltOf } from '../../src/collect/salt.ts';
import { hashVisitor } from '../../src/collect/visitor.ts';
import { ownStorage } from '../sqlite.ts';

// Visitors without an id, by the clock: one a day, and nothing left to join two days with.

const DAY = 86_400_000;
const midnight = Date.UTC(2026, 10, 21);

/** A collector's storage, and everything that lies in it. */
function collector() {
  const storage = ownStorage();
  const ledger = new Ledger(storage, 0);
  return { ledger, all: () => JSON.stringify(storage.sql.exec('select * from meta').toArray()) };
}

test('a salt holds for its day of UTC, through restarts', () => {
  const storage = ownStorage();
  const first = saltOf(new Ledger(storage, 0), midnight);
  expect(first).toEqual({ salt: expect.stringMatching(/^[\da-f-]{72}$/), until: midnight + DAY });
  expect(saltOf(new Ledger(storage, 0), midnight + DAY - 1)).toEqual(first);
  expect(saltOf(new Ledger(storage, 0), midnight + DAY).salt).not.toBe(first.salt);
});

test('on the third day the first day’s salt is gone from storage', () => {
  const { ledger, all } = collector();
  const salts = [0, 1, 2, 3].map((day) => saltOf(ledger, midnight + day * DAY + 1).salt);
  expect(new Set(salts).size).toBe(4);
  const kept = salts.map((salt) => all().includes(salt));
  expect(kept).toEqual([false, false, true, true]);
});

test('and without anybody coming: an alarm is told when to do it, and does', () => {
  const { ledger, all } = collector();
  expect(dropSalts(ledger, midnight)).toBeNull();
  const [first, second] = [0, 1].map((day) => saltOf(ledger, midnight + day * DAY + 7).salt);
  const due = midnight + 2 * DAY;
  expect(dropSalts(ledger, due - 1)).toBe(due);
  expect(dropSalts(ledger, due)).toBe(due + DAY);
  expect([first, second].map((salt) => all().includes(String(salt)))).toEqual([false, true]);
  expect(dropSalts(ledger, due + DAY)).toBeNull();
  expect(all()).toBe('[]');
});

test('after a silence nothing of before it is kept', () => {
  const { ledger, all } = collector();
  const { salt } = saltOf(ledger, midnight);
  saltOf(ledger, midnight + 30 * DAY);
  expect(all()).not.toContain(salt);
});

test('the same visitor has one id a day, and another one at each site', () => {
  const { ledger } = collector();
  const id = (now: number, site = 1) => hashVisitor(saltOf(ledger, now).salt, site, '192.0.2.7', 'Firefox');
  const today = id(midnight);
  expect(id(midnight + DAY - 1)).toBe(today);
  expect(id(midnight + DAY)).not.toBe(today);
  expect(id(midnight, 2)).not.toBe(today);
});

test('an id is the first 53 bits of a hash', async () => {
  const text = new TextEncoder().encode('salt\n7\n192.0.2.7\nÕun \u{1f34e}');
  const bits = new DataView(await crypto.subtle.digest('SHA-256', text)).getBigUint64(0) >> 11n;
  expect(hashVisitor('salt', 7, '192.0.2.7', 'Õun \u{1f34e}')).toBe(Number(bits));
});
