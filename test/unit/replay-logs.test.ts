import { expect, test } from 'vitest';
import { filtered, type LogFilter, logsOf } from '../../src/dashboard/replays/logs.ts';

// Console and requests as the player tells them.

test.each([
  [
    'console',
    { level: 'warn', text: 'Low on beans' },
    { level: 'warn', text: 'Low on beans', detail: '', time: 5_100 },
  ],
  [
    'network',
    { at: 4_000, method: 'POST', url: 'https://shop.example/cart', status: 201, ms: 84, up: 12, down: 2_400 },
    {
      level: 'log',
      text: 'POST https://shop.example/cart',
      detail: '201 · 84 ms · 12 B sent · 2 kB received',
      time: 4_100,
    },
  ],
  [
    'network',
    { at: 4_000, url: '/early', ms: 1_500 },
    { level: 'log', text: '/early', detail: '1500 ms', time: 4_100 },
  ],
  ['network', { at: 4_000, url: '/a', status: 404, ms: 1 }, { level: 'error', detail: '404 · 1 ms' }],
  ['network', { at: 4_000, url: '/a', status: 0, ms: 1 }, { level: 'error', detail: 'no answer · 1 ms' }],
  ['console', { left: 12 }, { level: 'info', text: '12 more were not recorded' }],
  ['network', { left: 0 }, { level: 'info', text: 'No more are recorded of this visit' }],
  // What anybody may have sent.
  ['console', null, { level: 'log', text: '' }],
  ['console', { level: 'fatal', text: { toString: 1 } }, { level: 'log', text: '' }],
  ['network', { at: 'soon', method: {}, url: [], status: 'ok' }, { level: 'log', text: '', detail: '', time: 5_100 }],
  ['navigation', { url: '/' }, undefined],
])('%s %j', (tag, payload, told) => {
  const found = logsOf(tag, payload, 5_100, 100);
  if (told) expect(found).toEqual([expect.objectContaining({ kind: tag, ...told })]);
  else expect(found).toEqual([]);
});

test.each<[Partial<LogFilter>, string[]]>([
  [{}, ['a', 'b', 'GET /c']],
  [{ kind: 'network' }, ['GET /c']],
  [{ level: 'warn' }, ['b', 'GET /c']],
  [{ level: 'error', kind: 'console' }, []],
  [{ text: ' 404 ' }, ['GET /c']],
])('what %j lets through', (filter, texts) => {
  const all = [
    { time: 1, kind: 'console', level: 'log', text: 'a', detail: '' },
    { time: 2, kind: 'console', level: 'warn', text: 'b', detail: '' },
    { time: 3, kind: 'network', level: 'error', text: 'GET /c', detail: '404' },
  ] as const;
  const found = filtered([...all], { kind: 'all', level: 'debug', text: '', ...filter });
  expect(found.map(({ text }) => text)).toEqual(texts);
});
