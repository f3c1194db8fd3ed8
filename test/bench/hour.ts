import type { Event } from '../browser/replay-visit.ts';
import { element, moved, snapshot, text } from '../browser/replay-visit.ts';
import { seeded } from './traffic.ts';

/** An hour in one page, as the recorder tells it: a chunk in five seconds, a whole picture in four minutes. */
export const HOUR = { ms: 3_600_000, chunkMs: 5_000, checkoutMs: 240_000 } as const;

/** Nodes of the page that change: rows of text. */
const ROWS = 700;
const CHANGES = 12;

/** Its chunks in order. The heading says how many seconds have gone by, which tells whether a picture is the right one. */
export function* hour(start: number): Generator<Event[]> {
  const random = seeded(7);
  const words = Array.from({ length: 400 }, () => Math.floor(random() * 36 ** 5).toString(36));
  const some = (n: number) => Array.from({ length: n }, () => words[Math.floor(random() * words.length)]).join(' ');
  const css = Array.from({ length: 700 }, (_, i) => `.c${i} a.${some(1)} > span { margin: ${i}px; color: #${i} }`);
  const rows = Array.from({ length: ROWS }, () => [some(3), some(9)]);
  for (let at = 0; at < HOUR.ms; at += HOUR.chunkMs) {
    const heading = `${at / 1000}`;
    const events: Event[] = [];
    if (at % HOUR.checkoutMs === 0) {
      const body = rows.map(([title = '', line = '']) =>
        element('li', { class: 'row' }, element('b', {}, text(title)), element('span', {}, text(line))),
      );
      const head = [element('style', {}, text(css.join('\n')))];
      events.push(...snapshot(start + at, head, [element('h1', {}, text(heading)), element('ul', {}, ...body)]));
    }
    // Ids are given in the document's order: what stands before the heading's text, and before each row's.
    const first = 9;
    const texts = [{ id: first, value: heading }];
    for (let i = 0; i < CHANGES; i++) {
      const row = Math.floor(random() * ROWS);
      const line = some(9);
      (rows[row] as string[])[1] = line;
      texts.push({ id: first + 1 + row * 5 + 5, value: line });
    }
    const data = { source: 0, texts, attributes: [], removes: [], adds: [] };
    events.push({ type: 3, timestamp: start + at + 2, data });
    for (let i = 1; i <= 9; i++) events.push(moved(start + at + i * 500));
    for (let i = 1; i <= 3; i++) events.push(scrolled(start + at + 4_500 + i * 150, Math.floor(random() * 9_000)));
    yield events;
  }
}

const scrolled = (timestamp: number, y: number): Event => ({ type: 3, timestamp, data: { source: 3, id: 1, x: 0, y } });
