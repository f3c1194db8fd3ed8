import { readdirSync, readFileSync } from 'node:fs';

/** What processes cost, from `/proc` (Linux). */

/** Fields of `/proc/<pid>/stat` after the name: state, parent, … https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function stat(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

export function parentOf(pid: number): number {
  return Number(stat(pid)[1]);
}

/** What a process tells; nothing where it ended meanwhile. */
function ifThere<T>(read: () => T): T[] {
  try {
    return [read()];
  } catch {
    return [];
  }
}

/** Every process that descends from this one, by the names of their programs. */
export function descendants(pid: number): { pid: number; name: string }[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const children = new Map<number, number[]>();
  for (const each of all) {
    for (const parent of ifThere(() => parentOf(each))) children.set(parent, [...(children.get(parent) ?? []), each]);
  }
  const under = (one: number): number[] => (children.get(one) ?? []).flatMap((child) => [child, ...under(child)]);
  const named = (each: number) => ({ pid: each, name: readFileSync(`/proc/${each}/comm`, 'utf8').trim() });
  return under(pid).flatMap((each) => ifThere(() => named(each)));
}

/** CPU milliseconds that a process has used, with what its ended children had. A tick is 10 ms. */
export function cpuOf(pid: number): number {
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = stat(pid).slice(11, 15).map(Number);
  return (user + system + endedUser + endedSystem) * 10;
}

/** CPU milliseconds of a process and everything under it. */
export function cpuOfTree(pid: number): number {
  const all = [{ pid }, ...descendants(pid)].flatMap((each) => ifThere(() => cpuOf(each.pid)));
  return all.reduce((sum, each) => sum + each, 0);
}

/** Bytes of memory that a process has for itself and shares. */
export function memoryOf(pid: number): number {
  const [, resident = 0] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
  return resident * 4096;
}
