import type { GoalJson } from '../../contract/api.ts';
import { filters } from '../words/filters.ts';
import { goals as words } from '../words/goals.tsx';

/** What a goal counts, as a sentence: Event “signup” where plan is pro; Page /shop/**. */
export function definition({ event, path, props }: Pick<GoalJson, 'event' | 'path' | 'props'>): string {
  if (path) return words.pageOf(path);
  const conditions = props.map(({ key, op, value }) => `${key} ${filters.operators[op]} ${value}`);
  return words.eventOf(event ?? '', conditions);
}
