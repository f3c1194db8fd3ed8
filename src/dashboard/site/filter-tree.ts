import type { Filter } from '../../contract/words.ts';
import { positive } from './filter-words.ts';

/** A filter as the dialog has it: conditions and groups of them, the groups in a group joined the other way round than itself. */
export interface Tree {
  by: By;
  members: Member[];
}

export type By = 'and' | 'or';

/** One of those that a filter joins. Its key tells it from others while the dialog is open. */
export type Member = Condition | Group;

export interface Condition {
  key: number;
  /** Null while it is being made. */
  filter: Filter | null;
}

export interface Group {
  key: number;
  members: Member[];
}

export const isGroup = (member: Member): member is Group => 'members' in member;

export const otherWay = (by: By): By => (by === 'and' ? 'or' : 'and');

let keys = 0;

export function condition(filter: Filter | null = null): Condition {
  keys += 1;
  return { key: keys, filter };
}

/** Two or more conditions in one place. */
export function group(members: Member[]): Group {
  keys += 1;
  return { key: keys, members };
}

export function treeOf(filter: Filter | undefined): Tree {
  if (!filter) return { by: 'or', members: [condition()] };
  const drawn = positive(filter);
  const by = drawn[0] === 'and' ? 'and' : 'or';
  return grown({ by, members: membersOf(drawn, by) });
}

/** What stands for a filter in a group that is joined `by`. */
function membersOf(filter: Filter, by: By): Member[] {
  if (filter[0] !== 'and' && filter[0] !== 'or') return [condition(filter)];
  const inner = filter[1].flatMap((one) => membersOf(one, filter[0]));
  return filter[0] === by || inner.length < 2 ? inner : [group(inner)];
}

/** What a member says, or all of them; null where nothing is said yet. */
export function filterOf(member: Member | Tree, by: By): Filter | null {
  if ('filter' in member) return member.filter;
  const said = member.members.flatMap((one) => {
    const inner = filterOf(one, otherWay(by));
    if (!inner) return [];
    return inner[0] === by ? inner[1] : [inner];
  });
  return said.length > 1 ? [by, said] : (said[0] ?? null);
}

/** All conditions, however deep. */
export const conditionsOf = (members: Member[]): Condition[] =>
  members.flatMap((one) => (isGroup(one) ? conditionsOf(one.members) : [one]));

/** Another thing, or several, or none, where a member was. */
export function changed(tree: Tree, key: number, to: (member: Member) => Member[]): Tree {
  return grown({ ...tree, members: tree.members.flatMap((one) => changedIn(one, key, to)) });
}

function changedIn(member: Member, key: number, to: (member: Member) => Member[]): Member[] {
  if (member.key === key) return to(member);
  if (!isGroup(member)) return [member];
  const members = member.members.flatMap((one) => changedIn(one, key, to));
  const [only] = members;
  // What is left of a group alone joins those around it, which are joined as its own members are.
  if (members.length === 1 && only) return isGroup(only) ? only.members : [only];
  return members.length > 0 ? [{ ...member, members }] : [];
}

/** A group that is all there is, is the filter. */
function grown(tree: Tree): Tree {
  const [only] = tree.members;
  return tree.members.length === 1 && only && isGroup(only) ? { by: otherWay(tree.by), members: only.members } : tree;
}

/** What was begun and says nothing yet goes, but for the one that is open. */
export function pruned(tree: Tree, open: number | null): Tree {
  const empty = conditionsOf(tree.members).filter(({ key, filter }) => filter === null && key !== open);
  return empty.reduce((left, { key }) => changed(left, key, () => []), tree);
}

/** Whether a member is open, or one within it. */
export const isOpen = (member: Member, open: number | null): boolean =>
  member.key === open || (isGroup(member) && member.members.some((one) => isOpen(one, open)));

/** What must hold besides the open condition. */
export function besides({ by, members }: Tree, open: number | null): Filter[] {
  return members.flatMap((one) => {
    if (isOpen(one, open)) return isGroup(one) ? besides({ by: otherWay(by), members: one.members }, open) : [];
    const filter = by === 'and' && members.some((other) => isOpen(other, open)) && filterOf(one, otherWay(by));
    return filter ? [filter] : [];
  });
}
