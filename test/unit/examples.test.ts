import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Query, type QueryInput } from '../../src/contract/query.ts';
import type { GoalDefinition } from '../../src/goals/match.ts';
import { answer } from '../../src/stats/answer.ts';
import type { Scoped } from '../../src/stats/question.ts';
import { type Visit, write } from '../oracle/history.ts';
import { ownPostgres } from '../pglite.ts';

/**
 * The examples of `docs/examples.md`, asked as they stand there. `UPDATE_EXAMPLES=1` writes the answers of now into the page, to
 * be read by a person before they are believed.
 */

const PAGE = 'docs/examples.md';
const EXAMPLE = /## (.+)\n[^`]*(?:`[^`\n]+`[^`]*)*```json\n([\s\S]+?)\n```\n\n```json\n([\s\S]+?)\n```/g;
const NOW = Date.parse('2026-11-21T12:00:00+02:00');
const on = (day: number, clock: string) => Date.parse(`2026-11-${String(day).padStart(2, '0')}T${clock}:00+02:00`);

const GOALS: GoalDefinition[] = [
  { name: 'Purchase', event: 'purchase', path: null, props: [] },
  { name: 'Read the docs', event: null, path: '/docs/**', props: [] },
  { name: 'Signup', event: 'signup', path: null, props: [] },
];

/** What happened on dummy.site. */
const VISITS: Visit[] = [
  {
    visitor: 1,
    facts: { country: 'EE', city: 'Tallinn', os: 'Linux', source: 'Google', utm_medium: 'cpc', utm_source: 'google' },
    happened: [
      { time: on(21, '08:10'), page: '/', engaged: 12_000, scroll: 40 },
      { time: on(21, '08:12'), page: '/pricing', engaged: 34_000, scroll: 100, props: { is_customer: false } },
      { time: on(21, '08:14'), page: '/pricing', name: 'signup', props: { is_customer: true } },
    ],
  },
  {
    visitor: 2,
    facts: {
      country: 'EE',
      city: 'Tartu',
      os: 'macOS',
      source: 'newsletter',
      utm_medium: 'email',
      utm_source: 'letter',
    },
    happened: [
      { time: on(21, '09:30'), page: '/Blog/privacy', engaged: 95_000, scroll: 88 },
      { time: on(21, '09:33'), page: '/docs/start', engaged: 41_000, scroll: 62, props: { is_customer: true } },
      { time: on(21, '10:02'), page: '/docs/start', name: 'purchase', revenue: { amount: '49.90', currency: 'EUR' } },
    ],
  },
  {
    visitor: 3,
    facts: { country: 'US', city: 'Boston', os: 'Windows', source: 'Google' },
    happened: [{ time: on(20, '23:40'), page: '/blog/replays', engaged: 20_000, scroll: 55 }],
  },
  {
    visitor: 3,
    facts: { country: 'US', city: 'Boston', os: 'Windows', source: 'Google' },
    happened: [
      { time: on(19, '15:00'), page: '/pricing', engaged: 9_000 },
      { time: on(19, '15:01'), page: '/docs/api', engaged: 120_000, scroll: 100 },
      { time: on(19, '15:05'), page: '/docs/api', name: 'Web Vitals', props: { lcp: 1840, cls: 0.02 } },
    ],
  },
  {
    visitor: 4,
    facts: {
      country: 'DE',
      city: 'Berlin',
      os: 'Linux',
      utm_medium: 'email',
      utm_source: 'letter',
      source: 'newsletter',
    },
    happened: [
      { time: on(17, '11:20'), page: '/' },
      { time: on(17, '11:21'), page: '/', name: 'Web Vitals', props: { lcp: 2310, cls: 0.11 } },
      { time: on(17, '11:22'), page: '/pricing', engaged: 15_000, scroll: 80 },
      { time: on(17, '11:25'), page: '/pricing', name: 'signup' },
      { time: on(17, '11:31'), page: '/pricing', name: 'purchase', revenue: { amount: '120.00', currency: 'USD' } },
    ],
  },
  { visitor: 5, facts: { os: 'iOS' }, happened: [{ time: on(16, '07:00'), page: '/' }] },
  {
    visitor: 6,
    facts: { country: 'EE', city: 'Tallinn', os: 'Android', source: 'Google' },
    happened: [
      { time: on(12, '18:00'), page: '/' },
      { time: on(12, '18:02'), page: '/docs/start' },
      { time: on(12, '18:09'), page: '/docs/start', name: 'purchase', revenue: { amount: '9.90', currency: 'EUR' } },
    ],
  },
  { visitor: 7, bot: true, facts: { country: 'US' }, happened: [{ time: on(21, '03:00'), page: '/' }] },
];

let postgres: Awaited<ReturnType<typeof ownPostgres>>;
let site: Scoped & { segments: number[] };
beforeAll(async () => {
  postgres = await ownPostgres();
  const segments = [[['is', 'visit:country', ['EE']]]] satisfies Query['filters'][];
  site = await write(postgres.rows, 'Europe/Tallinn', VISITS, GOALS, { segments });
});
afterAll(() => postgres.close());

const text = readFileSync(PAGE, 'utf8');
const examples = [...text.matchAll(EXAMPLE)].map(([, name = '', query = '', expected = '']) => ({
  name,
  query,
  expected,
}));

async function ask(query: string) {
  const { results, meta } = await answer(postgres.db, site, Query.parse(JSON.parse(query) as QueryInput), NOW);
  return { results, meta };
}

test('the page has as many examples as headings', () => {
  expect(examples.map(({ name }) => name)).toEqual([...text.matchAll(/^## (.+)$/gm)].map(([, name]) => name));
});

test.each(examples)('$name', async ({ name, query, expected }) => {
  const found = await ask(query);
  if (process.env.UPDATE_EXAMPLES) update(name, query, found);
  else expect(found).toEqual(JSON.parse(expected));
});

function update(name: string, query: string, { results, meta }: Awaited<ReturnType<typeof ask>>): void {
  const line = (value: unknown) =>
    JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "').replaceAll('],[', '], [');
  const rows = results.map((row) => `    ${line(row)}`).join(',\n');
  const told = `{\n  "results": [\n${rows}\n  ],\n  "meta": ${line(meta)}\n}`;
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(query, page.indexOf(`## ${name}\n`)) + query.length;
  const start = page.indexOf('```json\n', from) + '```json\n'.length;
  writeFileSync(PAGE, page.slice(0, start) + told + page.slice(page.indexOf('\n```', start)));
}
