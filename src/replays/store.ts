import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { replay_chunk, replay_sheet } from '../db/schema.ts';
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
  /** The bytes as they came, of this chunk and those numbered after it, one behind the other; null when one is missing. */
  get(first: ChunkKey, count?: number): Promise<Uint8Array | null>;
  /** The same of a style sheet of the site, by the hash of its text. */
  putSheet(site: number, hash: string, body: Uint8Array): Promise<Uint8Array | null>;
  getSheet(site: number, hash: string): Promise<ReadableStream | Uint8Array | null>;
  /** Forgets the bytes of style sheets that lie outside their index rows. */
  removeSheets(site: number, hashes: string[]): Promise<void>;
  /** Forgets the bytes of at most a thousand chunks that lie outside their index rows. */
  drop(keys: ChunkKey[]): Promise<void>;
  /** Forgets all bytes of one recording, or of all of a site's, that lie outside their index rows. */
  remove(site: number, session?: number): Promise<void>;
}

/** R2 where a bucket is bound, else Postgres. Bytes from before a bucket was bound are still found in Postgres. */
export function chunkStore(env: Pick<Bindings, 'REPLAYS'> | { REPLAYS?: undefined }, db: Db): ChunkStore {
  const rows = rowStore(db);
  return env.REPLAYS ? bucketStore(env.REPLAYS, rows) : rows;
}

/** One object a chunk, `<site>/<session>/<stream>/<n>`, and one a style sheet, `<site>/sheets/<hash>`. */
function bucketStore(bucket: Bindings['REPLAYS'], rows: ChunkStore): ChunkStore {
  return {
    async put(key, body) {
      await bucket.put(objectName(key), body, GZIP);
      return null;
    },

    async get(first, count = 1) {
      const names = Array.from({ length: count }, (_, i) => objectName({ ...first, n: first.n + i }));
      const found = await Promise.all(names.map(async (name) => (await bucket.get(name)) as Body | null));
      const bodies = await Promise.all(found.map((object) => object?.arrayBuffer()));
      if (!bodies.every((body) => body !== undefined)) return rows.get(first, count);
      return new Uint8Array(await new Blob(bodies).arrayBuffer());
    },

    async putSheet(site, hash, body) {
      await bucket.put(sheetName(site, hash), body, GZIP);
      return null;
    },

    async getSheet(site, hash) {
      const object = await bucket.get(sheetName(site, hash));
      return object?.body ?? rows.getSheet(site, hash);
    },

    async removeSheets(site, hashes) {
      await bucket.delete(hashes.map((hash) => sheetName(site, hash)));
    },

    async drop(keys) {
      await bucket.delete(keys.map(objectName));
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

const GZIP = { httpMetadata: { contentType: 'application/gzip' } };

const sheetName = (site: number, hash: string) => `${site}/sheets/${hash}`;

function objectName({ site_id, session_id, stream, n }: ChunkKey): string {
  return `${site_id}/${session_id}/${stream}/${n}`;
}

/** The index row holds the bytes itself. Over Neon's HTTP protocol they travel as base64. */
function rowStore(db: Db): ChunkStore {
  return {
    put: (_key, body) => Promise.resolve(body),

    async get({ site_id, session_id, stream, n }, count = 1) {
      const { rows } = await db.execute<{ body: string | null; found: number }>(sql`
        select encode(string_agg(body, ''::bytea order by n), 'base64') as body, count(body)::int as found
        from ${replay_chunk}
        where site_id = ${site_id} and session_id = ${session_id} and stream = ${stream}
          and n >= ${n} and n < ${n}::bigint + ${count}::int`);
      const { body, found } = rows[0] ?? {};
      return body && found === count ? Uint8Array.fromBase64(body) : null;
    },

    putSheet: (_site, _hash, body) => Promise.resolve(body),

    async getSheet(site, hash) {
      const { rows } = await db.execute<{ body: string | null }>(sql`
        select encode(body, 'base64') as body from ${replay_sheet} where site_id = ${site} and hash = ${hash}`);
      const body = rows[0]?.body;
      return body ? Uint8Array.fromBase64(body) : null;
    },

    removeSheets: () => Promise.resolve(),

    drop: () => Promise.resolve(),

    remove: () => Promise.resolve(),
  };
}
