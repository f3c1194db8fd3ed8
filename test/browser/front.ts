import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Envelope, Hit } from '../../src/contract/wire.ts';

/** A chunk as the collector got it, its events unpacked. */
export interface ReceivedChunk {
  envelope: Envelope;
  events: RrwebEvent[];
  /** The events as text. */
  json: string;
  bytes: number;
}

export interface RrwebEvent {
  type: number;
  timestamp: number;
  data: { source?: number; type?: number; tag?: string; payload?: Record<string, unknown>; [more: string]: unknown };
}

/**
 * Stands between a browser and the collector, notes what passes and what the collector answered, and can fail as networks
 * do. On another origin than the pages, as in life.
 */
export class Front {
  readonly hits: Hit[] = [];
  readonly chunks: ReceivedChunk[] = [];
  /** Style sheets that came apart from their chunks. */
  readonly sheets: string[] = [];
  /** Every body as it came, unpacked where it was gzip: for what must be nowhere. */
  readonly bodies: string[] = [];
  /** Refusals of the collector behind it. */
  readonly refusals: string[] = [];
  /** Answers instead of the collector: a status, or a connection cut off. Nothing is noted then. */
  failing: number | 'cut' | undefined;
  /** All requests to the data plane, and the bytes of their bodies. */
  readonly requests: { method: string; path: string; bytes: number }[] = [];
  /** Requests that were failed. */
  failed = 0;
  readonly upstream: string;
  url = '';
  #server: Server;
  #noticed = () => {};

  constructor(upstream: string) {
    this.upstream = upstream;
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch(() => response.destroy());
    });
  }

  async open(): Promise<this> {
    this.url = await listening(this.#server, '127.0.0.1');
    return this;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Waits until something that arrives makes `done` true, for ten seconds at most; then says whether it did. */
  async until(done: () => boolean, ms = 10_000): Promise<boolean> {
    const end = Date.now() + ms;
    while (!done() && Date.now() < end) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(200, end - Date.now()));
        this.#noticed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return done();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const method = request.method ?? 'GET';
    const data = method === 'POST' && /^\/[er]\//.test(path);
    if (/^\/[er]\//.test(path)) this.requests.push({ method, path, bytes: body.length });
    if (data && this.failing) {
      this.failed += 1;
      if (this.failing === 'cut') response.destroy();
      else response.writeHead(this.failing, { 'access-control-allow-origin': '*' }).end();
      this.#noticed();
      return;
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value && !/^(connection|content-length|transfer-encoding|host|accept-encoding)$/.test(name)) {
        headers.set(name, String(value));
      }
    }
    const answer = await fetch(this.upstream + path, { method, headers, ...(body.length ? { body } : {}) });
    let text: string | Buffer = Buffer.from(await answer.arrayBuffer());
    // The script names the origin it came from; to this browser that is us.
    if (path.startsWith('/s/')) text = text.toString().replaceAll(this.upstream, this.url);
    if (data && answer.ok) this.#note(path, body);
    if (data && !answer.ok) this.refusals.push(`${answer.status} ${path} ${text}`);
    const kept = [...answer.headers].filter(([name]) => !/^(content-(length|encoding)|transfer-encoding)$/.test(name));
    response.writeHead(answer.status, Object.fromEntries(kept)).end(text);
    this.#noticed();
  }

  #note(path: string, body: Buffer): void {
    if (path.startsWith('/e/')) {
      const hits = JSON.parse(body.toString()) as Hit | Hit[];
      this.hits.push(...(Array.isArray(hits) ? hits : [hits]));
      this.bodies.push(body.toString());
      return;
    }
    if (path.includes('/sheets/')) {
      this.sheets.push(gunzipSync(body).toString());
      this.bodies.push(...this.sheets.slice(-1));
      return;
    }
    const end = body.indexOf(10);
    const head = body.subarray(0, end).toString();
    const json = gunzipSync(body.subarray(end + 1)).toString();
    this.bodies.push(head, json);
    const envelope = JSON.parse(head) as Envelope;
    this.chunks.push({ envelope, json, events: JSON.parse(json) as RrwebEvent[], bytes: body.length - end - 1 });
  }
}

const TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript' };

/** A site of pages by path, on an origin of its own; what isn't there is 404. `{{TAG}}` in a page becomes the tag. */
export async function pages(tag: string, files: Record<string, string>): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const file = files[pathname];
    const type = TYPES[extname(pathname)];
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': `${type ?? 'text/html'}; charset=utf-8` });
    response.end(type ? file : file?.replaceAll('{{TAG}}', tag));
  });
  return {
    url: await listening(server, 'localhost'),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function listening(server: Server, host: string): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}
