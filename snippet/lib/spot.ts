import type { Touch } from '../../src/contract/wire.ts';

/** Ids that somebody gave by hand. One with a digit in it is made anew at each load, or somebody's own. */
const BY_HAND = /^[a-z][a-z_-]*$/i;
/** `LIMITS.elementChars` of the contract. */
const MOST_CHARS = 200;

export type Spot = Touch extends [unknown, ...infer Rest] ? Rest : never;

/**
 * Where in an element a click was, in thousandths of its width and height, and the way to that element, which fits the
 * same page at another width, too: from the last id by hand, or the page, down by kinds of elements. No text is in it, and
 * nothing of what is inside an element that isn't recorded.
 * @param element what was clicked, among what the event passed
 */
export function spotOf(event: MouseEvent, element: Element, block: string): Spot {
  let way = '';
  let at = element;
  for (const node of event.composedPath().reverse() as Element[]) {
    const { nodeType, localName, id } = node;
    if (nodeType === 11) way += '/'; // into its shadow tree, which no id leads to
    if (nodeType !== 1) continue;
    let nth = 0;
    for (let one: Element | null = node; one; one = one.previousElementSibling) if (one.localName === localName) nth++;
    way = BY_HAND.test(id) && !way.includes('/') ? `#${id}` : `${way}>${localName}${nth > 1 ? `:${nth}` : ''}`;
    at = node;
    if (node === element || node.matches(block)) break;
  }
  const { left, top, width, height } = at.getBoundingClientRect();
  const share = (part: number, whole: number) => Math.round(Math.min(Math.max(part / whole || 0, 0), 1) * 1e3);
  return [way.slice(0, MOST_CHARS), share(event.clientX - left, width), share(event.clientY - top, height)];
}
