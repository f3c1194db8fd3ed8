import type { ListedReplay } from '../../contract/api.ts';
import { api } from '../api.ts';
import { useData } from '../data.ts';
import { readView } from '../site/view.ts';
import { offsetOf } from '../ui/pager.tsx';
import { readChoice } from './choice.ts';

/** Recordings that the list's filters name, as the list shows them. */
export interface ReplayPage {
  results: ListedReplay[];
  total: number;
}

/** Rows of one page of the list. */
export const PAGE_ROWS = 50;
/** Recordings of a queue, from the list's page on. */
const QUEUE_ROWS = 200;

/**
 * The address's question about recordings; the same in the list and in the player, whose queue it is.
 * @param site as an address has it; null: don't ask yet
 */
export function useReplays(site: string | null, search: string, limit = PAGE_ROWS, turn = 0) {
  const { range, filters, bots, recordings } = readView(search);
  const pagination = { limit, offset: offsetOf(search) };
  const question = { date_range: range, filters, include: { bots }, ...readChoice(recordings), pagination };
  return useData(
    site && `replays ${site} ${JSON.stringify(question)}`,
    (signal) => api<ReplayPage>('POST', `/sites/${site}/replays`, question, signal),
    { turn },
  );
}

/** The recordings before and after this one in the queue. */
export function useQueue(site: string | null, session: number, search: string) {
  const { data } = useReplays(site, search, QUEUE_ROWS);
  const all = data?.results ?? [];
  const at = all.findIndex((one) => one.session === session);
  return {
    /** Counted from 1; 0 where this one isn't in it. */
    place: at < 0 ? 0 : offsetOf(search) + at + 1,
    total: data?.total ?? 0,
    previous: all[at - 1],
    next: at < 0 ? undefined : all[at + 1],
  };
}

/** An address whose queue plays by itself, one after the other. */
export function playingAll(scope: string): string {
  return `${scope}${scope ? '&' : '?'}play=all`;
}

export function isPlayingAll(search: string): boolean {
  return new URLSearchParams(search).get('play') === 'all';
}
