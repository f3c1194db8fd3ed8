import type { Size } from '../replays/projector.ts';

/** In pixels of this screen, from the upper left corner of what is in sight. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What is said of an element, by its way. */
interface Said {
  way: string;
  text: string;
}

/** At most; and fewer on a small picture, which they would hide. */
const MOST = 20;
const ROOM = 70;
const HEIGHT = 18;
const widthOf = (text: string) => 10 + 8 * text.length;

/**
 * Where counts stand: each at a corner of its element, within sight and beside those before it. Where nothing is free none
 * does: the list has it.
 * @param said the most important first
 */
export function badges(said: (Said & { box: Box })[], view: Size): (Said & Box)[] {
  const shown: (Said & Box)[] = [];
  const most = Math.floor(Math.min(MOST, view.width / ROOM));
  for (const { way, text, box } of said) {
    if (shown.length === most) break;
    if (!meet(box, { left: 0, top: 0, ...view })) continue;
    const free = corners(box, widthOf(text), view).find((place) => !shown.some((other) => meet(place, other)));
    if (free) shown.push({ way, text, ...free });
  }
  return shown;
}

/** The places of a badge, the best first: over a corner, but of a low element no more than a quarter. */
function corners({ left, top, width: wide, height: high }: Box, width: number, view: Size): Box[] {
  const over = Math.min(HEIGHT / 2, high / 4);
  const within = (at: number, room: number) => Math.max(1, Math.min(at, room - 1));
  return [top - HEIGHT + over, top + high - over].flatMap((y) =>
    [left - 4, left + wide + 4 - width].map((x) => ({
      ...{ left: within(x, view.width - width), top: within(y, view.height - HEIGHT) },
      ...{ width, height: HEIGHT },
    })),
  );
}

function meet(one: Box, other: Box): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}
