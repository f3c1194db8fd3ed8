import type { StatusJson } from '../../contract/api.ts';
import { ago, exact } from '../format.ts';

/** How a site is, in one line and one sentence. */
export interface Health {
  mood: 'good' | 'waiting' | 'bad';
  title: string;
  text: string;
}

/** The gravest thing first. */
export function healthOf(status: StatusJson, now: number): Health {
  const { last_error: error, last_flush: flush, quarantined, buffered } = status;
  if (error && (!flush || error.at > flush)) {
    const waiting = buffered.events === 1 ? 'One event waits' : `${exact(buffered.events)} events wait`;
    return {
      mood: 'bad',
      title: 'Postgres did not take what was last written to it',
      text: `Nothing is lost: ${waiting} at the edge, hits are still taken, and writing is tried again by itself.`,
    };
  }
  if (quarantined > 0) {
    return {
      mood: 'bad',
      title: quarantined === 1 ? 'One event needs a decision' : `${exact(quarantined)} events need a decision`,
      text: 'Postgres refused them for good. Everything that came with them has landed; they are kept below.',
    };
  }
  const day = (fate: string) => status.counts.reduce((sum, count) => (count.fate === fate ? sum + count.day : sum), 0);
  if (day('accepted') + day('ignored') + day('refused') === 0) {
    return {
      mood: 'waiting',
      title: 'Nothing has arrived for a day',
      text: 'No request with this site’s key reached Footfall in the last 24 hours. Below is what may have stopped them.',
    };
  }
  if (day('accepted') === 0) {
    return {
      mood: 'waiting',
      title: 'Hits arrive, but none was taken for a day',
      text: 'What they were left out or refused for stands below, with what to do about it.',
    };
  }
  return {
    mood: 'good',
    title: 'All is well',
    text: flush
      ? `What was taken is safe. Postgres was last written to ${ago(flush, now)}.`
      : 'What was taken is safe at the edge. Postgres has not been written to yet.',
  };
}

/** In 12 min; any moment. */
export function until(time: string, now: number): string {
  const minutes = Math.ceil((Date.parse(time) - now) / 60_000);
  if (minutes < 1) return 'any moment';
  return minutes < 60 ? `in ${minutes} min` : `in ${Math.ceil(minutes / 60)} h`;
}
