import type { SiteJson } from '../../contract/api.ts';
import { printQuery } from '../../contract/phrase.ts';
import type { Answer, QueryInput } from '../../contract/query.ts';
import { api } from '../api.ts';
import { type Data, useWanted, type Wanted } from '../data.ts';
import { askTogether } from './ask-together.ts';
import type { View } from './view.ts';

export type Question = Omit<QueryInput, 'site_id'>;

/** Answered alone: nothing here asks for money, which comes by currency. */
export type Answered = Answer<number | null>;

/** The site of an id or a domain, at the address of which the Worker has told the browser: `headers.ts`. */
export const siteAt = (id: string): Wanted<SiteJson> => ({
  key: `site ${id}`,
  load: (signal) => api<SiteJson>('GET', `/sites/${encodeURIComponent(id)}`, undefined, signal),
});

/** A question about the site of this domain. */
export const answerTo = (domain: string, question: Question): Wanted<Answered> => ({
  key: `query ${domain} ${printQuery(question)}`,
  load: (signal) => askTogether(domain, question, signal),
});

/** The answer of the numbers to a question about a site; null asks nothing. `turn` as of `useData`. */
export function useAnswer(site: SiteJson, question: Question | null, turn = 0): Data<Answered> {
  return useWanted(question && answerTo(site.domain, question), { turn, first: true });
}

/** For a question's `include`: bots where the view has them. */
export function withBots({ bots }: View): { bots?: true } {
  return bots ? { bots } : {};
}
