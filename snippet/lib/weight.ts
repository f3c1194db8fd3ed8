/**
 * How many changes and added nodes these are; each node counts once, with all that is in it.
 * @param enough stops counting there
 */
export function weight(records: MutationRecord[], enough: number): number {
  const added = new Set<Node>();
  let sum = records.length;
  for (const { target, addedNodes } of records)
    for (const node of addedNodes) {
      if (sum > enough) return sum;
      if (!added.has(target)) sum += 1 + ((node as Element).getElementsByTagName?.('*').length || 0);
      added.add(node);
    }
  return sum;
}
