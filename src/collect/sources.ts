import type { Channel } from '../contract/words.ts';

/** What the public list of referrers doesn't know, or calls otherwise: data. */

export type Kind = 'search' | 'social' | 'video' | 'shopping' | 'email' | 'ai' | 'display';

/** A source by name, what it is, the hosts (and what lies below them) and Android apps it refers from, and how `utm_source` spells it. */
type Source = [name: string, kind: Kind, hosts: string[], spellings?: string[]];

const SOURCES: Source[] = [
  // AI assistants
  ['ChatGPT', 'ai', ['chatgpt.com', 'chat.openai.com', 'com.openai.chatgpt'], ['chatgpt.com', 'openai']],
  ['Perplexity', 'ai', ['perplexity.ai', 'perplexity.com', 'ai.perplexity.app.android'], ['perplexity.ai']],
  ['Claude', 'ai', ['claude.ai', 'claude.com', 'com.anthropic.claude'], ['claude.ai']],
  ['Gemini', 'ai', ['gemini.google.com', 'gemini.google', 'bard.google.com', 'com.google.android.apps.bard']],
  ['Google AI Studio', 'ai', ['aistudio.google.com']],
  ['NotebookLM', 'ai', ['notebooklm.google.com', 'notebooklm.google']],
  [
    'Copilot',
    'ai',
    [
      'copilot.microsoft.com',
      'copilot.com',
      'copilot.cloud.microsoft',
      'm365.cloud.microsoft',
      'com.microsoft.copilot',
    ],
    ['copilot.com'],
  ],
  ['DeepSeek', 'ai', ['chat.deepseek.com', 'deepseek.com', 'com.deepseek.chat']],
  ['Le Chat', 'ai', ['chat.mistral.ai', 'mistral.ai'], ['mistral']],
  ['Grok', 'ai', ['grok.com', 'grok.x.ai', 'x.ai', 'ai.x.grok']],
  ['Meta AI', 'ai', ['meta.ai']],
  ['Qwen', 'ai', ['chat.qwen.ai', 'chat.qwenlm.ai', 'qwen.ai', 'tongyi.aliyun.com']],
  ['Kimi', 'ai', ['kimi.com', 'kimi.moonshot.cn', 'kimi.ai']],
  ['Doubao', 'ai', ['doubao.com']],
  ['Yuanbao', 'ai', ['yuanbao.tencent.com']],
  ['Z.ai', 'ai', ['chat.z.ai', 'z.ai', 'chatglm.cn']],
  ['Poe', 'ai', ['poe.com']],
  ['You.com', 'ai', ['you.com']],
  ['Phind', 'ai', ['phind.com']],
  ['Duck.ai', 'ai', ['duck.ai']],
  ['Lumo', 'ai', ['lumo.proton.me']],
  ['Genspark', 'ai', ['genspark.ai']],
  ['Felo', 'ai', ['felo.ai']],
  ['Pi', 'ai', ['pi.ai']],
  ['Character.AI', 'ai', ['character.ai']],
  ['HuggingChat', 'ai', ['chat.huggingface.co']],
  // Search
  [
    'Google',
    'search',
    ['lens.google.com', 'syndicatedsearch.goog', 'search.google'],
    ['google', 'adwords', 'googleads'],
  ],
  ['Bing', 'search', ['bing.com'], ['bing']],
  ['DuckDuckGo', 'search', ['duckduckgo.com'], ['ddg']],
  ['Yahoo!', 'search', [], ['yahoo']],
  ['Yandex', 'search', []],
  ['Baidu', 'search', []],
  ['Brave', 'search', ['search.brave.com']],
  ['Kagi', 'search', ['kagi.com']],
  ['Ecosia', 'search', ['ecosia.org']],
  ['Qwant', 'search', ['qwant.com']],
  ['Startpage', 'search', ['startpage.com']],
  ['Seznam', 'search', ['search.seznam.cz', 'seznam.cz']],
  ['Sogou', 'search', ['sogou.com']],
  ['Naver', 'search', ['search.naver.com', 'naver.com']],
  ['Mojeek', 'search', ['mojeek.com']],
  ['Swisscows', 'search', ['swisscows.com']],
  // Social
  ['Facebook', 'social', ['facebook.com', 'fb.me', 'com.facebook.katana'], ['facebook', 'fb', 'meta']],
  ['Messenger', 'social', ['l.messenger.com', 'messenger.com', 'com.facebook.orca']],
  ['Instagram', 'social', ['instagram.com', 'com.instagram.android'], ['ig', 'insta']],
  ['Threads', 'social', ['threads.net', 'threads.com', 'com.instagram.barcelona']],
  ['X', 'social', ['x.com', 't.co', 'twitter.com', 'com.twitter.android'], ['twitter']],
  ['LinkedIn', 'social', ['linkedin.com', 'lnkd.in', 'com.linkedin.android'], ['li']],
  ['Reddit', 'social', ['reddit.com', 'com.reddit.frontpage']],
  ['Pinterest', 'social', ['pin.it', 'com.pinterest']],
  ['Bluesky', 'social', ['bsky.app'], ['bsky']],
  ['Mastodon', 'social', []],
  ['Hacker News', 'social', ['news.ycombinator.com'], ['hackernews', 'hn']],
  ['Lobsters', 'social', ['lobste.rs'], ['lobste.rs']],
  ['Product Hunt', 'social', ['producthunt.com'], ['producthunt']],
  ['GitHub', 'social', ['github.com']],
  ['Quora', 'social', ['quora.com']],
  ['Telegram', 'social', ['web.telegram.org', 't.me', 'telegram.me', 'org.telegram.messenger'], ['tg']],
  ['WhatsApp', 'social', ['wa.me', 'web.whatsapp.com', 'whatsapp.com', 'com.whatsapp']],
  ['Discord', 'social', ['discord.com', 'discord.gg', 'com.discord']],
  ['Slack', 'social', ['slack.com', 'com.slack']],
  ['Microsoft Teams', 'social', ['teams.microsoft.com', 'teams.cdn.office.net', 'teams.live.com'], ['teams']],
  ['Snapchat', 'social', ['snapchat.com', 'com.snapchat.android'], ['snap']],
  ['Tumblr', 'social', ['tumblr.com']],
  ['LINE', 'social', ['line.me', 'jp.naver.line.android']],
  ['Medium', 'social', ['medium.com']],
  ['Vkontakte', 'social', [], ['vk']],
  // Video
  ['YouTube', 'video', ['youtube.com', 'youtu.be', 'com.google.android.youtube'], ['yt']],
  ['TikTok', 'video', ['tiktok.com', 'com.zhiliaoapp.musically'], ['tik-tok']],
  ['Vimeo', 'video', ['vimeo.com']],
  ['Twitch', 'video', ['twitch.tv']],
  ['Dailymotion', 'video', ['dailymotion.com']],
  ['Rumble', 'video', ['rumble.com']],
  ['Bilibili', 'video', ['bilibili.com']],
  ['Kick', 'video', ['kick.com']],
  // Shopping
  ['Google Shopping', 'shopping', ['shopping.google.com'], ['google_shopping', 'google-shopping']],
  [
    'Amazon',
    'shopping',
    [
      ...tlds('amazon', 'com de co.uk fr it es nl se pl ca com.mx com.br com.au in co.jp ae com.be'),
      'amazon-adsystem.com',
    ],
  ],
  ['eBay', 'shopping', tlds('ebay', 'com de co.uk fr it es nl pl ca com.au at ch ie')],
  ['Etsy', 'shopping', ['etsy.com']],
  ['AliExpress', 'shopping', ['aliexpress.com', 'aliexpress.us']],
  ['Alibaba', 'shopping', ['alibaba.com']],
  ['Walmart', 'shopping', ['walmart.com']],
  ['Temu', 'shopping', ['temu.com']],
  ['Shein', 'shopping', ['shein.com']],
  ['Shop', 'shopping', ['shop.app']],
  ['Allegro', 'shopping', ['allegro.pl']],
  ['Zalando', 'shopping', tlds('zalando', 'com de co.uk fr it es nl pl at ch ee')],
  ['idealo', 'shopping', tlds('idealo', 'de at co.uk fr it es')],
  ['Rakuten', 'shopping', ['rakuten.com', 'rakuten.co.jp']],
  // E-mail
  ['Gmail', 'email', ['mail.google.com', 'com.google.android.gm']],
  [
    'Outlook.com',
    'email',
    ['outlook.live.com', 'outlook.office.com', 'outlook.office365.com', 'com.microsoft.office.outlook'],
    ['outlook'],
  ],
  ['Proton Mail', 'email', ['mail.proton.me']],
  ['Fastmail', 'email', ['app.fastmail.com']],
];

function tlds(name: string, endings: string): string[] {
  return endings.split(' ').map((ending) => `${name}.${ending}`);
}

export interface Known {
  source: string;
  kind: Kind;
}

const known = SOURCES.map(([source, kind, hosts, spellings = []]) => ({ source, kind, hosts, spellings }));

/** By host, without `www.`, and by Android package. */
export const BY_HOST = new Map<string, Known>(known.flatMap((one) => one.hosts.map((host) => [host, one] as const)));

/** By name and spelling, lower case. */
export const BY_NAME = new Map<string, Known>(
  known.flatMap((one) => [one.source.toLowerCase(), ...one.spellings].map((name) => [name, one] as const)),
);

/**
 * What ad networks and mailers add to an address, and what it tells: whose it is, and the channel where it is told by
 * nothing else. `fbclid`, `igsh` and `epik` are added to every link that leaves there, so that nobody need have paid.
 */
export const CLICK_IDS: [parameter: string, source: string, channel: Channel | null][] = [
  ['gclid', 'Google', 'Paid Search'],
  ['gbraid', 'Google', 'Paid Search'],
  ['wbraid', 'Google', 'Paid Search'],
  ['dclid', 'Google', 'Display'],
  ['msclkid', 'Bing', 'Paid Search'],
  ['yclid', 'Yandex', 'Paid Search'],
  ['ttclid', 'TikTok', 'Paid Video'],
  ['twclid', 'X', 'Paid Social'],
  ['li_fat_id', 'LinkedIn', 'Paid Social'],
  ['rdt_cid', 'Reddit', 'Paid Social'],
  ['ScCid', 'Snapchat', 'Paid Social'],
  ['fbclid', 'Facebook', null],
  ['igsh', 'Instagram', null],
  ['igshid', 'Instagram', null],
  ['epik', 'Pinterest', null],
  ['mc_cid', 'Mailchimp', 'Email'],
  ['_hsenc', 'HubSpot', 'Email'],
];
