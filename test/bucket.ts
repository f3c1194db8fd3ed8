import type { ObjectStore } from '../src/replays/store.ts';

/** A store with its objects in sight, and what was asked of it; for statements that need no Worker around them. */
export function bucket() {
  const objects = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const store: ObjectStore = {
    async put(name, body) {
      objects.set(name, body);
      return null;
    },
    async get(name, range) {
      asked.push(range ? `${name} ${range.offset}+${range.length}` : name);
      const body = objects.get(name) ?? null;
      return body && range ? body.slice(range.offset, range.offset + range.length) : body;
    },
    async drop(names) {
      for (const name of names) objects.delete(name);
    },
    async remove(prefix) {
      for (const name of objects.keys()) if (name.startsWith(prefix)) objects.delete(name);
    },
  };
  return { store, objects, asked };
}
