import type { Visit } from './footfall.ts';
import { random } from './random.ts';

/** `VISIT_IDLE_MS` of the contract: the snippet imports types only. */
const IDLE = 18e5;

/**
 * The visit now, made or renewed: `visitor.session.last` in one item of localStorage, so that all tabs share it.
 * A clock that went back ends a visit just as half an hour of silence does. Where nothing can be stored there are
 * no ids, and the edge derives them as in cookieless mode: better than a new visitor at every page.
 */
export function storedVisit(): Visit {
  try {
    const now = Date.now();
    let [visitor, session, last = 0] = (localStorage.getItem('footfall') || '').split('.').map(Number);
    visitor ||= random();
    if (!session || !(Math.abs(now - last) < IDLE)) session = random();
    localStorage.setItem('footfall', `${visitor}.${session}.${now}`);
    return { visitor, session };
  } catch {
    return {};
  }
}
