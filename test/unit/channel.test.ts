import { expect, test } from 'vitest';
import { origin } from '../../src/collect/channel.ts';

// Where visits come from: page, referrer → source, channel. A new rule costs one line.
test.each([
  ['/', null, null, 'Direct'],
  ['/', 'https://shop.example/cart', null, 'Direct'],
  ['/', 'https://www.shop.example/', null, 'Direct'],
  ['/', 'https://www.google.com/', 'Google', 'Organic Search'],
  ['/', 'https://www.google.co.uk/', 'Google', 'Organic Search'],
  ['/', 'https://duckduckgo.com/', 'DuckDuckGo', 'Organic Search'],
  ['/', 'https://search.brave.com/', 'Brave', 'Organic Search'],
  ['/', 'https://chatgpt.com/', 'ChatGPT', 'AI Assistants'],
  ['/', 'https://www.perplexity.ai/search', 'Perplexity', 'AI Assistants'],
  ['/', 'https://gemini.google.com/app', 'Gemini', 'AI Assistants'],
  ['/', 'https://t.co/abc', 'X', 'Organic Social'],
  ['/', 'https://l.facebook.com/l.php', 'Facebook', 'Organic Social'],
  ['/', 'https://old.reddit.com/r/coffee', 'Reddit', 'Organic Social'],
  ['/', 'https://news.ycombinator.com/item?id=1', 'Hacker News', 'Organic Social'],
  ['/', 'https://m.youtube.com/watch', 'YouTube', 'Organic Video'],
  ['/', 'https://mail.google.com/', 'Gmail', 'Email'],
  ['/', 'android-app://com.google.android.gm/', 'Gmail', 'Email'],
  ['/', 'https://blog.example/post', 'blog.example', 'Referral'],
  ['/', 'https://thankyou.com/', 'thankyou.com', 'Referral'],
  ['/?utm_source=google&utm_medium=cpc', null, 'Google', 'Paid Search'],
  ['/?gclid=x', 'https://www.google.com/', 'Google', 'Paid Search'],
  ['/?msclkid=x', null, 'Bing', 'Paid Search'],
  ['/?utm_source=fb&utm_medium=paid-social', null, 'Facebook', 'Paid Social'],
  ['/?utm_source=tiktok&utm_medium=cpc', null, 'TikTok', 'Paid Video'],
  ['/?utm_source=partner&utm_medium=cpc', null, 'partner', 'Paid Other'],
  ['/?utm_source=partner&utm_medium=banner', null, 'partner', 'Display'],
  ['/?utm_source=partner&utm_medium=affiliate', null, 'partner', 'Affiliates'],
  ['/?utm_source=newsletter', null, 'newsletter', 'Email'],
  ['/?utm_source=spring&utm_medium=email', null, 'spring', 'Email'],
  ['/?utm_campaign=cross-network&utm_source=google&utm_medium=cpc', null, 'Google', 'Cross-network'],
  ['/?ref=producthunt', null, 'producthunt', 'Referral'],
  ['/?utm_source=chatgpt.com', null, 'ChatGPT', 'AI Assistants'],
  ['/?utm_medium=sms', null, null, 'SMS'],
])('%s from %s is %s, %s', (path, referrer, source, channel) => {
  const found = origin(new URL(path, 'https://shop.example'), referrer === null ? null : new URL(referrer));
  expect([found.source, found.channel]).toEqual([source, channel]);
});

test('a referrer is kept as host and path, without its query', () => {
  const from = new URL('https://news.ycombinator.com/item?id=1#top');
  expect(origin(new URL('https://shop.example/'), from).referrer).toBe('news.ycombinator.com/item');
});
