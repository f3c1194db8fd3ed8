import { expect, test } from 'vitest';
import { type Bindings, vars } from '../../src/env.ts';

const given = (more: Partial<Bindings>) =>
  vars({ DATABASE_URL: 'postgresql://here', FOOTFALL_SECRET: 'x'.repeat(32), ...more } as Bindings);

test.each([
  [undefined, undefined],
  ['35', 35],
  ['365', 365],
])('single visits are kept for RAW_RETENTION_DAYS=%s days', (text, days) => {
  expect(given(text === undefined ? {} : { RAW_RETENTION_DAYS: text }).RAW_RETENTION_DAYS).toBe(days);
});

test.each(['34', '0', '-90', '90.5', '90d', '', '99999'])('and not for %j', (text) => {
  expect(() => given({ RAW_RETENTION_DAYS: text })).toThrow('RAW_RETENTION_DAYS');
});
