/** What has a sign of its own on the bar, by where it stands; clicks and what failed are dots, and may lie upon each other. */
const LANES: Record<string, 'above' | 'below'> = {
  page: 'above',
  event: 'above',
  note: 'above',
  error: 'below',
  rage_click: 'below',
  dead_click: 'below',
  quick_back: 'below',
  abandoned_form: 'below',
  slow_interaction: 'below',
};

export interface Mark {
  time: number;
  kind: string;
}

/**
 * Marks of several kinds that would hide each other stand side by side: those within `near` of the first of them, each kind in
 * a place of its own. Of one kind the first hides the others, and says the same.
 * @param marks in order
 * @returns the place of each: 0 for its own moment's, 1 for the one beside it
 */
export function places(marks: Mark[], near: number): number[] {
  const open = new Map<string, { from: number; kinds: string[] }>();
  return marks.map(({ time, kind }) => {
    const lane = LANES[kind];
    if (!lane) return 0;
    const last = open.get(lane);
    const group = last && time - last.from < near ? last : { from: time, kinds: [] };
    open.set(lane, group);
    if (!group.kinds.includes(kind)) group.kinds.push(kind);
    return group.kinds.indexOf(kind);
  });
}
