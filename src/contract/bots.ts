/**
 * How a program is told from a person: rules, each with a name and a confidence. What fired is stored with the visit; what
 * that means is decided by the site's settings, and can be decided anew. Pure.
 */

/**
 * Bits of `session.bot_rules`, stored: never reuse one. `confidence` is in percent, the default of it. A rule that a person
 * can fire too (a server that passes hits on, a browser whose engagement never arrives) isn't enough by itself.
 */
export const BOT_RULES = {
  user_agent: { bit: 1, confidence: 100, says: 'The user agent names a program, or there is none' },
  webdriver: { bit: 2, confidence: 100, says: 'The browser says that a program drives it' },
  verified: { bit: 4, confidence: 100, says: 'Cloudflare knows it as a well-behaved bot' },
  score: { bit: 8, confidence: 80, says: 'Cloudflare takes it for a bot: a score below 30' },
  no_language: { bit: 16, confidence: 25, says: 'No Accept-Language, which every browser sends' },
  no_accept: { bit: 32, confidence: 15, says: 'No Accept, which every browser sends' },
  no_client_hints: { bit: 64, confidence: 25, says: 'Calls itself Chrome, and sends no Sec-CH-UA' },
  hints_differ: { bit: 128, confidence: 50, says: 'Sec-CH-UA and the user agent contradict each other' },
  no_fetch_metadata: { bit: 256, confidence: 10, says: 'A recent browser without Sec-Fetch headers' },
  data_center: { bit: 512, confidence: 40, says: 'Comes from a network where servers live, not people' },
  old_protocol: { bit: 1024, confidence: 60, says: 'TLS 1.0 or 1.1, or HTTP 1.0: no browser of today speaks them' },
  screen: { bit: 2048, confidence: 60, says: 'A screen that there isn’t: no pixel wide, or too many' },
  no_engagement: {
    bit: 4096,
    confidence: 45,
    says: 'Many pages, and not a second looked at any; known when the visit is over',
  },
} as const;

export type BotRule = keyof typeof BOT_RULES;

export const RULE_NAMES = Object.keys(BOT_RULES) as BotRule[];

/** From this score on a visit is a bot's. */
export const BOT_THRESHOLD = 60;

/** Page views from which on a visit without a second of engagement is odd. */
export const UNENGAGED_VIEWS = 10;

/** What a site thinks of the rules. */
export interface BotSettings {
  bot_threshold: number;
  /** Confidences where they differ from the default; 0: the rule doesn't count. */
  bot_rules: Partial<Record<BotRule, number>>;
}

/** How sure a site is of a rule, in percent. */
export function confidenceOf(rule: BotRule, { bot_rules }: Pick<BotSettings, 'bot_rules'>): number {
  return bot_rules[rule] ?? BOT_RULES[rule].confidence;
}

/** The rules whose bits are set. */
export function rulesOf(bits: number): BotRule[] {
  return RULE_NAMES.filter((rule) => (bits & BOT_RULES[rule].bit) !== 0);
}

export interface Verdict {
  rules: { rule: BotRule; confidence: number }[];
  /** Confidences added up, at most 100. */
  score: number;
  bot: boolean;
}

/** What a site makes of the rules that fired. */
export function verdict(bits: number, settings: BotSettings): Verdict {
  if (bits === 0) return { rules: [], score: 0, bot: settings.bot_threshold <= 0 };
  const rules = rulesOf(bits).map((rule) => ({ rule, confidence: confidenceOf(rule, settings) }));
  const score = Math.min(
    100,
    rules.reduce((sum, { confidence }) => sum + confidence, 0),
  );
  return { rules, score, bot: score >= settings.bot_threshold };
}
