import { expect, test } from 'vitest';
import { agent, screenClass } from '../../src/collect/agent.ts';

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.7339.80';

test.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`, 'Chrome', '140', 'Windows', 'Desktop'],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36 Edg/140.0.0.0`,
    'Edge',
    '140',
    'Windows',
    'Desktop',
  ],
  [`Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`, 'Chrome', '140', 'Android', 'Mobile'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'Safari',
    '18',
    'iOS',
    'Mobile',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari',
    '17',
    'iOS',
    'Tablet',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0', 'Firefox', '141', 'Linux', 'Desktop'],
  ['', null, null, null, null],
  ['x'.repeat(1_000), null, null, null, null],
])('%.80s', (userAgent, browser, version, os, device) => {
  const found = agent(userAgent);
  expect([found.browser, found.browser_version, found.os, found.device]).toEqual([browser, version, os, device]);
});

test.each([
  [undefined, null],
  [-3, null],
  [390, 'Mobile'],
  [800, 'Tablet'],
  [1280, 'Laptop'],
  [1920, 'Desktop'],
])('%s pixels wide is %s', (width, name) => {
  expect(screenClass(width)).toBe(name);
});
