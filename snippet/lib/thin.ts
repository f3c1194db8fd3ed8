/** An animated node's style is told so often, at most. */
const WAIT_MS = 100;

/**
 * Thins animations out: of the changes of a node's style within so long, the first is handled at once and all others as
 * one, later. A record says what was before it, and the node what is now: so the first record of those that wait speaks
 * for all.
 */
export function thin(): (records: MutationRecord[], later: (records: MutationRecord[]) => void) => MutationRecord[] {
  interface Told {
    at: number;
  }
  const waits: Told = { at: 0 };
  const told = new WeakMap<Node, Record<string, Told>>();
  let held: MutationRecord[] = [];
  return (records, later) => {
    const now: Told = { at: performance.now() };
    const tellHeld = () => {
      const all = held;
      held = [];
      for (const { target, attributeName } of all)
        (told.get(target) || {})[attributeName as string] = { at: performance.now() };
      later(all);
    };
    return records.filter((record) => {
      const { target, attributeName: name } = record;
      // What is drawn in SVG moves by attributes of its own.
      if (!name || (name !== 'style' && !('ownerSVGElement' in target))) return true;
      const own = told.get(target) || {};
      told.set(target, own);
      const before = own[name];
      if (before === now || before === waits) return false;
      own[name] = now;
      if (!before || now.at - before.at >= WAIT_MS) return true;
      own[name] = waits;
      if (held.push(record) === 1) setTimeout(tellHeld, WAIT_MS);
      return false;
    });
  };
}
