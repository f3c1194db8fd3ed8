import type { SiteJson } from '../../contract/api.ts';
import { printQuery } from '../../contract/phrase.ts';
import type { Answer, QueryInput } from '../../contract/query.ts';
import { api } from '../api.ts';
import { type Data, useData } from '../data.ts';
import type { View } from './view.ts';

export type Question = Omit<QueryInput, 'site_id'>;

/** Answered alone: nothing here asks for money, which comes by currency. */
export type Answered = Answer<number | null>;

/** The answer of the numbers to a question about a site; null asks nothing. `turn` as of `useData`. */
export function useAnswer(site: SiteJson, question: Question | null, turn = 0): Data<Answered> {
  const address = question && `/query?site_id=${site.id}&${printQuery(question)}`;
  return useData<Answered>(
    address,
    // Browsers know again what is asked in an address; one that is too long for that is asked in a body.
    (signal) =>
      address && address.length <= LONGEST_ADDRESS
        ? api<Answered>('GET', address, undefined, signal)
        : api<Answered>('POST', '/query', { ...question, site_id: site.id }, signal),
    turn,
  );
}

/** What whoever stands in between should take at least: https://www.rfc-editor.org/rfc/rfc9110#section-4.1 */
const LONGEST_ADDRESS = 8_000;

/** For a question's `include`: bots where the view has them. */
export function withBots({ bots }: View): { bots?: true } {
  return bots ? { bots } : {};
}
