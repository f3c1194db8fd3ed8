import type { Warning } from '../../contract/query.ts';
import { dates } from '../format.ts';
import { warnings as words } from '../words/warnings.ts';

/** What an answer warns of, in the language that is spoken; null of what its numbers show by themselves. Pure. */
export function warned({ code, since }: Warning): string | null {
  if (code === 'daily_visitors') return words.daily_visitors;
  if (!since || (code !== 'not_kept' && code !== 'counted_again')) return null;
  const style = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return words[code](dates(style).format(new Date(since)));
}
