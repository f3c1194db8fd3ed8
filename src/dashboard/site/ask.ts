import type { SiteJson } from '../../contract/api.ts';
import { printQuery } from '../../contract/phrase.ts';
import type { Answer, QueryInput } from '../../contract/query.ts';
import { type Data, useData } from '../data.ts';
import { askTogether } from './ask-together.ts';
import type { View } from './view.ts';

export type Question = Omit<QueryInput, 'site_id'>;

/** Answered alone: nothing here asks for money, which comes by currency. */
export type Answered = Answer<number | null>;

/** The answer of the numbers to a question about a site; null asks nothing. `turn` as of `useData`. */
export function useAnswer(site: SiteJson, question: Question | null, turn = 0): Data<Answered> {
  const key = question && `query ${site.id} ${printQuery(question)}`;
  return useData<Answered>(
    key,
    (signal) => (question ? askTogether(site.id, question, signal) : Promise.reject(signal.reason)),
    { turn, first: true },
  );
}

/** For a question's `include`: bots where the view has them. */
export function withBots({ bots }: View): { bots?: true } {
  return bots ? { bots } : {};
}
