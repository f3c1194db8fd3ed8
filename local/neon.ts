import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PGlite, types } from '@electric-sql/pglite';
import pg from 'pg';
import { CannotStart, reason } from './cannot-start.ts';
import { migrateEmbedded } from './migrate.ts';

/**
 * Neon's HTTP protocol over a Postgres of one's own, so that the production path (drizzle, Neon's driver, fetch) runs
 * unchanged: `POST /sql` with `{ query, params }` or `{ queries }`; rows as arrays of text; errors with their SQLSTATE.
 */

interface Query {
  query: string;
  params?: unknown[];
}

/** One answered query, as the driver reads it. */
interface Answer {
  fields: { name: string; dataTypeID: number }[];
  rows: (string | null)[][];
  rowCount: number;
  command: string;
  rowAsArray: true;
}

/** A Postgres that answers queries in text, several as one transaction. */
export interface Backend {
  run(queries: Query[], options: TransactionOptions): Promise<Answer[]>;
  close(): Promise<void>;
}

interface TransactionOptions {
  /** `ReadUncommitted` … `Serializable`, as the driver's header has it. */
  isolation?: string | undefined;
  readOnly?: boolean;
}

/**
 * An embedded Postgres, kept in `folder` and migrated. It has one connection: queries wait for each other. What it
 * answered survives a killed process (the system has it), not a power cut (it never calls fsync).
 */
export async function embedded(folder: string): Promise<Backend> {
  const identity = (value: unknown) => value;
  // The driver parses text by itself, and a Proxy is not seen by PGlite: each type is named.
  const ids = [...Object.values(types), ...Array.from({ length: 20_000 }, (_, id) => id)] as number[];
  const plain = Object.fromEntries(ids.map((id) => [id, identity]));
  // PGlite sends null as null before it asks a serializer.
  const text = Object.fromEntries(ids.map((id) => [id, (value: unknown) => asText(value) ?? '']));
  const db = await PGlite.create(folder, { parsers: plain, serializers: text }).catch((error: unknown) => {
    throw new CannotStart(`The embedded database in ${folder} can't be opened: ${reason(error)}`);
  });
  await migrateEmbedded(db);
  // A server does it by itself; without, plans are those for empty tables.
  await db.exec('analyze');
  const one = (query: Query, runner: Pick<PGlite, 'query'>) =>
    runner
      .query<(string | null)[]>(query.query, query.params ?? [], { rowMode: 'array' })
      .then(({ rows, fields, affectedRows }) => answer(rows, fields, affectedRows ?? rows.length));
  return {
    run: (queries, options) =>
      queries.length === 1 && queries[0]
        ? one(queries[0], db).then((only) => [only])
        : db.transaction(async (transaction) => {
            const begin = isolation(options);
            if (begin) await transaction.exec(begin);
            const answers: Answer[] = [];
            for (const query of queries) answers.push(await one(query, transaction as unknown as PGlite));
            return answers;
          }),
    close: () => db.close(),
  };
}

/** A real Postgres server. */
export function server(url: string): Backend {
  // Text, as it comes: the driver on the other side parses.
  const pool = new pg.Pool({ connectionString: url, max: 8, types: { getTypeParser: () => (value: string) => value } });
  pool.on('error', () => undefined); // an idle connection that was cut is replaced by the next query
  const one = (query: Query, runner: pg.Pool | pg.PoolClient) =>
    runner
      .query<(string | null)[]>({ text: query.query, values: (query.params ?? []).map(asText), rowMode: 'array' })
      .then(({ rows, fields, rowCount, command }) => answer(rows, fields, rowCount ?? 0, command));
  return {
    async run(queries, options) {
      if (queries.length === 1 && queries[0]) return [await one(queries[0], pool)];
      const client = await pool.connect();
      try {
        await client.query(`begin; ${isolation(options)}`);
        const answers: Answer[] = [];
        for (const query of queries) answers.push(await one(query, client));
        await client.query('commit');
        client.release();
        return answers;
      } catch (error) {
        await client.query('rollback').then(
          () => client.release(),
          () => client.release(true),
        );
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

function answer(rows: (string | null)[][], fields: Answer['fields'], rowCount: number, command = ''): Answer {
  const named = fields.map(({ name, dataTypeID }) => ({ name, dataTypeID }));
  return { fields: named, rows, rowCount, command, rowAsArray: true };
}

/** A bound value as Postgres reads it. */
function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isolation({ isolation: level, readOnly }: TransactionOptions): string {
  const levels: Record<string, string> = {
    ReadUncommitted: 'read uncommitted',
    ReadCommitted: 'read committed',
    RepeatableRead: 'repeatable read',
    Serializable: 'serializable',
  };
  const named = level ? levels[level] : undefined;
  return [named && `set transaction isolation level ${named};`, readOnly && 'set transaction read only;']
    .filter(Boolean)
    .join(' ');
}

/** A served database. Stopping cuts every connection, as a server that falls over does; it can start again. */
export interface Neon {
  endpoint: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether the answer to a statement that was carried out gets lost on its way back. Tests set it. */
  loses: (query: string) => boolean;
}

/** Serves the protocol on a free loopback port, which stays the same when it is stopped and started. */
export async function serveNeon(backend: Backend): Promise<Neon> {
  // One that was quiet for some seconds would else be cut off just when a busy Worker takes it up again.
  const http = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    handle(backend, request).then(
      ({ text, answer }) => (neon.loses(text) ? response.destroy() : reply(200, answer)),
      (error: unknown) => reply(400, problem(error)),
    );
  });
  let port = 0;
  const start = () =>
    new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(port, '127.0.0.1', resolve);
    });
  await start();
  port = (http.address() as AddressInfo).port;
  const neon: Neon = {
    endpoint: `http://127.0.0.1:${port}/sql`,
    loses: () => false,
    start,
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return neon;
}

/** Carries out what a request asks: its text, and what to answer. */
async function handle(backend: Backend, request: IncomingMessage): Promise<{ text: string; answer: unknown }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const body = JSON.parse(text) as Query | { queries: Query[] };
  const header = (name: string) => request.headers[name] as string | undefined;
  const options = {
    isolation: header('neon-batch-isolation-level'),
    readOnly: header('neon-batch-read-only') === 'true',
  };
  if ('queries' in body) return { text, answer: { results: await backend.run(body.queries, options) } };
  return { text, answer: (await backend.run([body], options))[0] };
}

/** What Neon tells of an error: the server's own fields. */
function problem(error: unknown): Record<string, unknown> {
  const { message, ...rest } = error as Error & Record<string, unknown>;
  const names = [
    'severity',
    'code',
    'detail',
    'hint',
    'position',
    'schema',
    'table',
    'column',
    'dataType',
    'constraint',
  ];
  return { message, ...Object.fromEntries(names.map((name) => [name, rest[name]])) };
}
