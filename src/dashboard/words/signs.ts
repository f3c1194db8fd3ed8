import { BOT_RULES, type BotRule, RULE_NAMES } from '../../contract/bots.ts';
import { area } from './area.ts';

/** What gives a bot away, by rule; the API says it in English, too. */
export const signs = area(
  'signs',
  Object.fromEntries(RULE_NAMES.map((rule) => [rule, BOT_RULES[rule].says])) as Record<BotRule, string>,
);
