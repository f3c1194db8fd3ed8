import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { replay_chunk } from '../db/schema.ts';
import type { Bindings } from '../env.ts';

/** Which chunk of which recording. */
export interface ChunkKey {
  site_id: number;
  session_id: number;
  stream: number;
  n: number;
}

/** Where the bytes of recordings lie. */
export interface ChunkStore {
  /** Keeps the bytes. Resolves to what the chunk's index row has to hold of them: null when they lie elsewhere. */
  put(key: ChunkKey, body: Uint8Array): Promise<Uint8Array | null>;
  /** The bytes as they came, or null when there are none. */
  get(key: ChunkKey): Promise<ReadableStream | Uint8Array | null>;
  /** Forgets all bytes of one recording, or of all of a site's, that lie outside their index rows. */
  remove(site: number, session?: number): Promise<void>;
}

/** R2 where a bucket is bound, else Postgres. Bytes from before a bucket was bound are still found in Postgres. */
export function chunkStore(env: Pick<Bindings, 'REPLAYS'> | { REPLAYS?: undefined }, db: Db): ChunkStore {
  const rows = rowStore(db);
  return env.REPLAYS ? bucketStore(env.REPLAYS, rows) : rows;
}

/** One object a chunk, `<site>/<session>/<stream>/<n>`. */
function bucketStore(bucket: Bindings['REPLAYS'], rows: ChunkStore): ChunkStore {
  return {
    async put(key, body) {
      await bucket.put(objectName(key), body, { httpMetadata: { contentType: 'application/gzip' } });
      return null;
    },

    async get(key) {
      const object = await bucket.get(objectName(key));
      return object?.body ?? rows.get(key);
    },

    async remove(site, session) {
      const prefix = session === undefined ? `${site}/` : `${site}/${session}/`;
      for (;;) {
        // Always the first page: what it named is gone by the next turn.
        const { objects, truncated } = await bucket.list({ prefix });
        if (objects.length) await bucket.delete(objects.map((object: { key: string }) => object.key));
        if (!truncated) return;
      }
    },
  };
}

function objectName({ site_id, session_id, stream, n }: ChunkKey): string {
  return `${site_id}/${session_id}/${stream}/${n}`;
}

/** The index row holds the bytes itself. Over Neon's HTTP protocol they travel as base64. */
function rowStore(db: Db): ChunkStore {
  return {
    put: (_key, body) => Promise.resolve(body),

    async get({ site_id, session_id, stream, n }) {
      const { rows } = await db.execute<{ body: string | null }>(sql`
        select encode(body, 'base64') as body from ${replay_chunk}
        where site_id = ${site_id} and session_id = ${session_id} and stream = ${stream} and n = ${n}`);
      const body = rows[0]?.body;
      return body ? Uint8Array.fromBase64(body) : null;
    },

    remove: () => Promise.resolve(),
  };
}
