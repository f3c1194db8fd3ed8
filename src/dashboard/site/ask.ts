import type { SiteJson } from '../../contract/api.ts';
import type { Answer, QueryInput } from '../../contract/query.ts';
import { api } from '../api.ts';
import { type Data, useData } from '../data.ts';
import type { View } from './view.ts';

export type Question = Omit<QueryInput, 'site_id'>;

/** Answered alone: nothing here asks for money, which comes by currency. */
export type Answered = Answer<number | null>;

/** The answer of the numbers to a question about a site; null asks nothing. `turn` as of `useData`. */
export function useAnswer(site: SiteJson, question: Question | null, turn = 0): Data<Answered> {
  const key = question && `query ${site.id} ${JSON.stringify(question)}`;
  return useData<Answered>(
    key,
    (signal) => api<Answered>('POST', '/query', { ...question, site_id: site.id }, signal),
    turn,
  );
}

/** For a question's `include`: bots where the view has them. */
export function withBots({ bots }: View): { bots?: true } {
  return bots ? { bots } : {};
}
