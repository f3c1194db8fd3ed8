import type { TermKind } from '../src/db/schema.ts';

/** What a made-up site is like: how many come, from where, with what, and what they do there. */

/** Words of the dictionary with how often each is met; `null` stands for none. */
export type Weighted = [value: string | null, weight: number][];

export interface Profile {
  /** Visits in all, and the days that they are spread over, up to now. */
  visits: number;
  days: number;
  /** Different visitors, as a share of visits. */
  visitors: number;
  /** Page views of a visit: 1 to 20, about this many on average. */
  views: number;
  /** How much more (2: twice as many) come on the last day than on the first. */
  growth: number;
  /** Share of the usual that comes on a Saturday or Sunday. */
  weekend: number;
  /** Days before now on which something made many come, and how many times the usual. */
  bursts: [daysAgo: number, times: number][];
  hostname: string;
  pages: Weighted;
  /** What a page is called. */
  titles: (path: string) => string;
  /** Where a visit came from: what the edge would have made of it. */
  origins: { weight: number; facts: Partial<Record<TermKind, string>>; lands?: string; converts?: number }[];
  /** By visitor. */
  places: { weight: number; facts: Partial<Record<TermKind, string>> }[];
  agents: { weight: number; facts: Partial<Record<TermKind, string>> }[];
  languages: Weighted;
  /** What visits end in: an event's name, the share of visits, its properties, and what it earns. */
  deeds: { name: string; share: number; props?: [key: string, values: string[]]; amounts?: number[]; page: string }[];
}

/** The nth of many things is met 1/n times as often as the first: https://en.wikipedia.org/wiki/Zipf%27s_law */
const zipf = <T>(items: T[], power = 1): [T, number][] => items.map((item, i) => [item, 1 / (i + 1) ** power]);

const SECTIONS = ['blog', 'docs', 'shop', 'guide', 'news', 'product', 'help', 'events'];
const TOPICS = 'analytics edge privacy sessions replay postgres worker coffee tallinn release notes how why fast'.split(
  ' ',
);

/** `/coffee/night-ferry/` as `Night Ferry`. */
const spoken = (path: string): string =>
  (path.split('/').findLast(Boolean) ?? 'home').replace(
    /(^|-)(\w)/g,
    (_, dash, first) => (dash && ' ') + first.toUpperCase(),
  );

/** A large site with realistic skew: 500 paths, 30 referrers, 100 countries, 10 browsers, 6 systems. */
export function large(events: number, days: number): Profile {
  const views = 5.2;
  const paths = Array.from({ length: 500 }, (_, i) => {
    const topic = (n: number) => TOPICS[(i * 7 + n * 5 + (i >> 3)) % TOPICS.length];
    return i === 0 ? '/' : `/${SECTIONS[i % 8]}/${topic(0)}-${topic(1)}-${i}`;
  });
  const referrers = Array.from({ length: 29 }, (_, i) => `referrer-${i + 1}.example`);
  const channels = ['Organic Search', 'Organic Social', 'Referral', 'AI Assistants', 'Email'];
  const codes = Array.from({ length: 100 }, (_, i) => String.fromCharCode(65 + Math.floor(i / 26), 65 + (i % 26)));
  const systems = ['Windows', 'Android', 'iOS', 'macOS', 'Linux', 'ChromeOS'];
  const browsers = [
    'Chrome',
    'Safari',
    'Edge',
    'Firefox',
    'Samsung Internet',
    'Opera',
    'Brave',
    'Vivaldi',
    'DuckDuckGo',
    'Yandex',
  ];
  return {
    visits: Math.round(events / 5),
    days,
    visitors: 0.6,
    views,
    growth: 1.5,
    weekend: 0.6,
    bursts: [],
    hostname: 'seed.example',
    pages: zipf(paths),
    titles: spoken,
    origins: [
      { weight: 2, facts: { channel: 'Direct' } },
      ...zipf(referrers).map(([source, weight], i) => ({
        weight,
        facts: { source, referrer: `${source}/`, channel: channels[i % channels.length] ?? '' },
      })),
    ],
    places: zipf(codes).map(([country, weight]) => ({
      weight,
      facts: { country, region: `${country} region`, city: `${country} city` },
    })),
    agents: zipf(browsers).flatMap(([browser, often]) =>
      zipf(systems).map(([os, weight]) => ({
        weight: weight * often,
        facts: {
          browser,
          os,
          browser_version: `${browser.length + 120}`,
          os_version: '14',
          device: os === 'Android' || os === 'iOS' ? 'Mobile' : 'Desktop',
          screen: os === 'Android' || os === 'iOS' ? 'Small' : 'Large',
        },
      })),
    ),
    languages: zipf(['en-US', 'de', 'fr', 'et', 'pt-BR', 'ja', null]),
    deeds: [
      { name: 'signup', share: 0.04, props: ['plan', ['free', 'pro', 'team']], page: '/' },
      { name: 'purchase', share: 0.02, amounts: [9.9, 49, 120], page: '/' },
    ],
  };
}

/** A small shop that is believed: it grows, has a newsletter, a campaign and a day in the news. */
export function small(hostname: string): Profile {
  const device = (os: string) =>
    os === 'iOS' || os === 'Android' ? { device: 'Mobile', screen: 'Small' } : { device: 'Desktop', screen: 'Large' };
  const agents: [string, string, string, string, number][] = [
    ['Chrome', '142', 'Windows', '11', 26],
    ['Safari', '26', 'iOS', '26', 24],
    ['Chrome', '142', 'Android', '16', 18],
    ['Safari', '26', 'macOS', '26', 11],
    ['Chrome', '142', 'macOS', '26', 8],
    ['Firefox', '145', 'Windows', '11', 5],
    ['Edge', '142', 'Windows', '11', 5],
    ['Firefox', '145', 'Linux', '', 3],
    ['Samsung Internet', '29', 'Android', '15', 3],
  ];
  const places: [string, string, string, number][] = [
    ['EE', 'Harjumaa', 'Tallinn', 30],
    ['EE', 'Tartumaa', 'Tartu', 14],
    ['FI', 'Uusimaa', 'Helsinki', 14],
    ['DE', 'Berlin', 'Berlin', 9],
    ['SE', 'Stockholm', 'Stockholm', 7],
    ['GB', 'England', 'London', 7],
    ['US', 'New York', 'New York', 6],
    ['LV', 'Riga', 'Riga', 5],
    ['NL', 'North Holland', 'Amsterdam', 4],
    ['FR', 'Île-de-France', 'Paris', 2],
    ['JP', 'Tokyo', 'Tokyo', 2],
  ];
  /** As the demo shop calls them. */
  const called: Record<string, string> = {
    '/coffee/lighthouse/': 'Lighthouse Decaf',
    '/app/': 'Brew guide',
    '/app/aeropress': 'AeroPress',
    '/cart/': 'Your cart',
    '/thanks/': 'Thank you',
  };
  return {
    visits: 14_000,
    days: 120,
    visitors: 0.68,
    views: 2.6,
    growth: 1.8,
    weekend: 0.72,
    bursts: [
      [34, 3.2],
      [33, 2],
      [12, 1.6],
    ],
    hostname,
    pages: [
      ['/', 30],
      ['/coffee/harbour-blend/', 14],
      ['/coffee/night-ferry/', 9],
      ['/coffee/lighthouse/', 7],
      ['/coffee/slow-tide/', 5],
      ['/coffee/salt-wind/', 4],
      ['/coffee/fog-signal/', 3],
      ['/app/', 8],
      ['/app/v60', 7],
      ['/app/aeropress', 5],
      ['/app/french-press', 3],
      ['/cart/', 6],
    ],
    titles: (path) =>
      path === '/' ? 'Harbour Coffee: roasted on quay 4' : `${called[path] ?? spoken(path)} · Harbour Coffee`,
    origins: [
      { weight: 26, facts: { channel: 'Direct' } },
      {
        weight: 28,
        facts: { source: 'Google', referrer: 'google.com/', channel: 'Organic Search' },
        lands: '/coffee/harbour-blend/',
      },
      { weight: 5, facts: { source: 'DuckDuckGo', referrer: 'duckduckgo.com/', channel: 'Organic Search' } },
      { weight: 4, facts: { source: 'Bing', referrer: 'bing.com/', channel: 'Organic Search' } },
      {
        weight: 9,
        facts: { source: 'Instagram', referrer: 'l.instagram.com/', channel: 'Organic Social' },
        converts: 0.6,
      },
      {
        weight: 8,
        facts: {
          source: 'newsletter',
          utm_source: 'newsletter',
          utm_medium: 'email',
          utm_campaign: 'harvest',
          channel: 'Email',
        },
        lands: '/coffee/night-ferry/',
        converts: 3,
      },
      {
        weight: 6,
        facts: {
          source: 'Google',
          utm_source: 'google',
          utm_medium: 'cpc',
          utm_campaign: 'fresh-roast',
          channel: 'Paid Search',
        },
        lands: '/coffee/lighthouse/',
        converts: 1.8,
      },
      {
        weight: 5,
        facts: { source: 'Reddit', referrer: 'reddit.com/r/Coffee', channel: 'Organic Social' },
        lands: '/app/v60',
      },
      {
        weight: 4,
        facts: { source: 'Hacker News', referrer: 'news.ycombinator.com/', channel: 'Referral' },
        converts: 0.3,
      },
      { weight: 3, facts: { source: 'ChatGPT', referrer: 'chatgpt.com/', channel: 'AI Assistants' }, converts: 1.5 },
      { weight: 2, facts: { source: 'Perplexity', referrer: 'perplexity.ai/', channel: 'AI Assistants' } },
    ],
    places: places.map(([country, region, city, weight]) => ({ weight, facts: { country, region, city } })),
    agents: agents.map(([browser, browser_version, os, os_version, weight]) => ({
      weight,
      facts: { browser, browser_version, os, ...(os_version && { os_version }), ...device(os) },
    })),
    languages: [
      ['et', 34],
      ['en-GB', 22],
      ['fi', 14],
      ['de', 10],
      ['sv', 7],
      ['en-US', 10],
      ['ja', 2],
    ],
    deeds: [
      { name: 'signup', share: 0.045, props: ['plan', ['newsletter', 'newsletter', 'account']], page: '/' },
      {
        name: 'purchase',
        share: 0.032,
        props: ['product', ['harbour-blend', 'night-ferry', 'lighthouse']],
        amounts: [12.5, 14.9, 25, 29.8],
        page: '/thanks/',
      },
    ],
  };
}
