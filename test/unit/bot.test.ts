import { describe, expect, test } from 'vitest';
import { hitRules, type Platform, requestRules } from '../../src/collect/bot.ts';
import { BOT_RULES, BOT_THRESHOLD, type BotRule, RULE_NAMES, rulesOf, verdict } from '../../src/contract/bots.ts';
import type { Hit } from '../../src/contract/wire.ts';

// Who is a program, and by which rules. A new rule costs one line.

const DEFAULT = { bot_threshold: BOT_THRESHOLD, bot_rules: {} };

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const HEADLESS = CHROME.replace('Chrome/', 'HeadlessChrome/');
const WEBVIEW =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/113.0.0.0 Mobile Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1';
const OLD_SAFARI = SAFARI.replace('Version/18.6', 'Version/14.1');
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

const HINTS = '"Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"';
const browser = { accept: '*/*', 'accept-language': 'et', 'sec-fetch-mode': 'cors' };
const chrome = { ...browser, 'user-agent': CHROME, 'sec-ch-ua': HINTS };
const firefox = { ...browser, 'user-agent': FIREFOX };
const bare = { 'user-agent': CHROME };
const not = <T extends object>(headers: T, name: keyof T) => ({ ...headers, [name]: '' });

interface From extends Platform {
  insecure?: boolean;
}

type Row = [
  what: string,
  headers: Record<string, string>,
  from: From,
  hit: Partial<Hit>,
  rules: BotRule[],
  bot: boolean,
];

test.each<Row>([
  ['Chrome', chrome, { asn: 3249, tlsVersion: 'TLSv1.3', httpProtocol: 'HTTP/2' }, { width: 1920 }, [], false],
  ['Firefox', firefox, {}, { width: 1280, webdriver: false }, [], false],
  ['Safari', { ...browser, 'user-agent': SAFARI }, { tlsVersion: 'TLSv1.2' }, { width: 390 }, [], false],
  ['Safari before fetch metadata', not({ ...browser, 'user-agent': OLD_SAFARI }, 'sec-fetch-mode'), {}, {}, [], false],
  ['an app’s web view before hints', { ...browser, 'user-agent': WEBVIEW }, {}, {}, [], false],
  ['Chrome without TLS', not(not(chrome, 'sec-ch-ua'), 'sec-fetch-mode'), { insecure: true }, {}, [], false],
  ['curl', { 'user-agent': 'curl/8.5.0', accept: '*/*' }, {}, {}, ['user_agent', 'no_language'], true],
  ['nobody', { ...browser }, {}, {}, ['user_agent'], true],
  ['Googlebot', { ...browser, 'user-agent': GOOGLEBOT }, { asn: 15169 }, {}, ['user_agent', 'data_center'], true],
  ['headless Chrome', { ...chrome, 'user-agent': HEADLESS, 'sec-ch-ua': '' }, {}, {}, ['user_agent'], true],
  [
    'headless by its hints',
    { ...chrome, 'sec-ch-ua': '"HeadlessChrome";v="140", "Chromium";v="140"' },
    {},
    {},
    ['user_agent'],
    true,
  ],
  ['a driven browser', chrome, {}, { webdriver: true }, ['webdriver'], true],
  ['a verified bot', chrome, { botManagement: { verifiedBot: true, score: 1 } }, {}, ['verified', 'score'], true],
  ['a low score', chrome, { botManagement: { score: 12 } }, {}, ['score'], true],
  ['a human’s score', chrome, { botManagement: { score: 80 } }, {}, [], false],
  ['no score', chrome, { botManagement: { score: 0, verifiedBot: false } }, {}, [], false],
  ['Chrome behind a filter of hints', not(chrome, 'sec-ch-ua'), {}, {}, ['no_client_hints'], false],
  [
    '… and of metadata',
    not(not(chrome, 'sec-ch-ua'), 'sec-fetch-mode'),
    {},
    {},
    ['no_client_hints', 'no_fetch_metadata'],
    false,
  ],
  [
    'Chrome’s name and nothing else',
    bare,
    {},
    {},
    ['no_language', 'no_accept', 'no_client_hints', 'no_fetch_metadata'],
    true,
  ],
  ['another version in the hints', { ...chrome, 'sec-ch-ua': '"Chromium";v="99"' }, {}, {}, ['hints_differ'], false],
  ['Firefox with hints', { ...firefox, 'sec-ch-ua': HINTS }, {}, {}, ['hints_differ'], false],
  [
    '… out of a data centre',
    { ...firefox, 'sec-ch-ua': HINTS },
    { asn: 24940 },
    {},
    ['hints_differ', 'data_center'],
    true,
  ],
  ['a person behind a company’s VPN', chrome, { asn: 16509 }, {}, ['data_center'], false],
  [
    'a server with Chrome’s name',
    not(chrome, 'sec-ch-ua'),
    { asn: 16509 },
    {},
    ['no_client_hints', 'data_center'],
    true,
  ],
  ['no language', not(firefox, 'accept-language'), {}, {}, ['no_language'], false],
  [
    'neither language nor accept',
    not(not(firefox, 'accept-language'), 'accept'),
    {},
    {},
    ['no_language', 'no_accept'],
    false,
  ],
  ['TLS of 1999', chrome, { tlsVersion: 'TLSv1' }, {}, ['old_protocol'], true],
  ['HTTP of 1996', chrome, { httpProtocol: 'HTTP/1.0' }, {}, ['old_protocol'], true],
  ['no TLS, as on a machine of one’s own', chrome, { tlsVersion: '' }, {}, [], false],
  ['no screen', chrome, {}, { width: 0 }, ['screen'], true],
  ['a screen of minus one', chrome, {}, { width: -1 }, ['screen'], true],
  ['an absurd screen', chrome, {}, { width: 99_999 }, ['screen'], true],
  ['a wall of screens', chrome, {}, { width: 15_360 }, [], false],
])('%s', (_, written, { insecure = false, ...cf }, hit, rules, bot) => {
  const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== ''));
  const headers = new Headers(given);
  const userAgent = headers.get('user-agent') ?? '';
  const language = headers.get('accept-language');
  const bits = requestRules({ headers, userAgent, language, secure: !insecure, cf }) | hitRules(hit);
  expect([rulesOf(bits), verdict(bits, DEFAULT).bot]).toEqual([rules, bot]);
});

describe('the verdict', () => {
  const bits = BOT_RULES.data_center.bit | BOT_RULES.no_language.bit;

  test('names its rules, each with its confidence, and the sum', () => {
    expect(verdict(bits, DEFAULT)).toEqual({
      rules: [
        { rule: 'no_language', confidence: 25 },
        { rule: 'data_center', confidence: 40 },
      ],
      score: 65,
      bot: true,
    });
    expect(verdict(0, DEFAULT)).toEqual({ rules: [], score: 0, bot: false });
    expect(verdict(BOT_RULES.user_agent.bit | bits, DEFAULT).score).toBe(100);
  });

  test.each([
    [{ bot_threshold: 81, bot_rules: {} }, 65, false],
    [{ bot_threshold: 60, bot_rules: { data_center: 0 } }, 25, false],
    [{ bot_threshold: 60, bot_rules: { data_center: 100 } }, 100, true],
  ])('is the site’s: %j', (settings, score, bot) => {
    expect(verdict(bits, settings)).toMatchObject({ score, bot });
  });

  test('every rule has a bit of its own, and all fit a smallint', () => {
    const all = RULE_NAMES.reduce((sum, rule) => sum + BOT_RULES[rule].bit, 0);
    expect(all).toBe(2 ** RULE_NAMES.length - 1);
    expect(all).toBeLessThan(32_768);
  });
});
