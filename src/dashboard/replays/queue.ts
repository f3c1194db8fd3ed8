import type { ReplayJson } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { readView } from '../site/view.ts';

/** Recordings that the list's filters name, as the list shows them. */
export interface ReplayPage {
  results: ReplayJson[];
  total: number;
}

/** Rows of one page of the list. */
export const PAGE_ROWS = 50;

/** The address's question about recordings; the same in the list and in the player, whose queue it is. */
export function useReplays(site: string, search: string, offset = 0, limit = PAGE_ROWS, turn = 0) {
  const { range, filters, bots } = readView(search);
  const question = { date_range: range, filters, include: { bots }, pagination: { limit, offset } };
  return useData(
    `replays ${site} ${JSON.stringify(question)}`,
    (signal) => api<ReplayPage>('POST', `/sites/${encodeURIComponent(site)}/replays`, question, signal),
    turn,
  );
}

/** The recordings before and after this one in the queue. */
export function useQueue(site: string, session: number, search: string) {
  const { data } = useReplays(site, search, 0, 200);
  const all = data?.results ?? [];
  const at = all.findIndex((one) => one.session === session);
  return { place: at + 1, total: data?.total ?? 0, previous: all[at - 1], next: at < 0 ? undefined : all[at + 1] };
}
