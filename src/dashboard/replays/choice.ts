import { FRICTION, type Friction, REPLAY_ORDERS, type ReplayOrder } from '../../contract/replay.ts';

/** What the list of recordings is asked besides the range and the filters; `View.recordings` carries it as text. */
export interface Choice {
  order: ReplayOrder;
  with: Friction[];
  /** Only what one had not watched then, in ISO 8601: the list stays while it is watched. */
  unseen: string | false;
  /** Seconds that they are long, at least. */
  min_duration: number;
}

export function readChoice(text: string): Choice {
  const asked = new URLSearchParams(text);
  const seconds = Number(asked.get('min_duration'));
  const since = Number(asked.get('unseen'));
  const wanted = (asked.get('with') ?? '').split(',');
  return {
    order: REPLAY_ORDERS.find((order) => order === asked.get('order')) ?? 'newest',
    with: FRICTION.filter((one) => wanted.includes(one)),
    unseen: since > 0 && since < 8.64e15 && new Date(since).toISOString(),
    min_duration: seconds > 0 && seconds <= 86_400 ? seconds : 0,
  };
}

export function printChoice({ order, with: wanted, unseen, min_duration }: Choice): string {
  const pairs: string[] = [];
  if (order !== 'newest') pairs.push(`order=${order}`);
  if (wanted.length) pairs.push(`with=${wanted.join()}`);
  if (unseen) pairs.push(`unseen=${Date.parse(unseen)}`);
  if (min_duration) pairs.push(`min_duration=${min_duration}`);
  return pairs.join('&');
}
