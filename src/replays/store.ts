import type { Bindings } from '../env.ts';

/** Where the bytes of recordings lie: in R2 where a bucket is bound, else in the rows of their index. */
export interface ObjectStore {
  /** Keeps them. Resolves to what the index row has to hold of them: null when they lie elsewhere. */
  put(name: string, body: Uint8Array): Promise<Uint8Array | null>;
  /** An object, or a range of it; null where there is none of that name outside the index. */
  get(name: string, range?: { offset: number; length: number }): Promise<Uint8Array | null>;
  /** Forgets objects that lie outside the index. */
  drop(names: string[]): Promise<void>;
  /** Forgets all whose name begins so. */
  remove(prefix: string): Promise<void>;
}

/** Which part of which recording: see `schema.replay_part`. */
export interface PartKey {
  site_id: number;
  session_id: number;
  part: number;
}

/** Which chunk of which recording. */
export interface ChunkKey {
  site_id: number;
  session_id: number;
  stream: number;
  n: number;
}

/** What objects are called. */
export const objectName = {
  part: ({ site_id, session_id, part }: PartKey) => `${site_id}/${session_id}/${part}`,
  /** Of a chunk of part 0. */
  chunk: ({ site_id, session_id, stream, n }: ChunkKey) => `${site_id}/${session_id}/${stream}/${n}`,
  sheet: (site: number, hash: string) => `${site}/sheets/${hash}`,
  /** How those of a site begin. */
  all: (site: number) => `${site}/`,
};

/** Objects that one call to a bucket deletes at most. */
const DELETED_AT_ONCE = 1_000;

const GZIP = { httpMetadata: { contentType: 'application/gzip' } };

export function objectStore({ REPLAYS: bucket }: { REPLAYS?: Bindings['REPLAYS'] }): ObjectStore {
  if (!bucket) return IN_ROWS;
  return {
    async put(name, body) {
      await bucket.put(name, body, GZIP);
      return null;
    },

    async get(name, range) {
      const object = (await bucket.get(name, range && { range })) as Body | null;
      return object && new Uint8Array(await object.arrayBuffer());
    },

    async drop(names) {
      for (let from = 0; from < names.length; from += DELETED_AT_ONCE)
        await bucket.delete(names.slice(from, from + DELETED_AT_ONCE));
    },

    async remove(prefix) {
      for (;;) {
        // Always the first page: what it named is gone by the next turn.
        const { objects, truncated } = await bucket.list({ prefix });
        if (objects.length) await bucket.delete(objects.map((object: { key: string }) => object.key));
        if (!truncated) return;
      }
    },
  };
}

const IN_ROWS: ObjectStore = {
  put: (_name, body) => Promise.resolve(body),
  get: () => Promise.resolve(null),
  drop: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

/** One behind the other. */
export function joined(bodies: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(bodies.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const body of bodies) {
    whole.set(body, end);
    end += body.length;
  }
  return whole;
}
