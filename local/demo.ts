import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { CannotStart } from './cannot-start.ts';

/** A static server for the demo shop, as any site's owner has one: it knows Footfall by one tag only. */

const folder = join(import.meta.dirname, '../demo');

/** What stands for `{{HOST}}` and `{{KEY}}` in the shop's tag. */
export interface Tag {
  host: string;
  key: string;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export interface Demo {
  url: string;
  close(): Promise<void>;
}

/** Listens on `port`, or on the next one that is free; 0 picks any. */
export async function serveDemo(tag: Tag, port: number): Promise<Demo> {
  const http = createServer((request, response) => {
    serve(request.url ?? '/', tag, response).catch(() => response.writeHead(500).end());
  });
  const taken = await listen(http, port);
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

async function listen(http: Server, first: number): Promise<number> {
  for (let port = first; port < first + 100 && port < 65_536; port += 1) {
    const listening = await new Promise<boolean>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
      http.once('error', failed);
      http.listen(port, '127.0.0.1', () => {
        http.off('error', failed);
        resolve(true);
      });
    });
    const address = http.address();
    if (listening && address && typeof address === 'object') return address.port;
  }
  throw new CannotStart(`No port is free for the demo shop, from ${first} on.`);
}

async function serve(url: string, tag: Tag, response: ServerResponse): Promise<void> {
  const path = pathOf(url);
  const [file, body] = (path && (await read(path))) || [];
  if (!file || !body) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not here.\n');
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const text = file.endsWith('.html') ? filledIn(body.toString(), tag) : body;
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}

/** The file a path means, and what is in it: a folder's `index.html`; under `/app/` one page for all. */
async function read(path: string): Promise<[file: string, body: Buffer] | undefined> {
  const names = extname(path) ? [path] : [join(path, 'index.html'), ...(isApp(path) ? ['app/index.html'] : [])];
  for (const name of names) {
    const file = join(folder, name);
    if (!file.startsWith(folder + sep)) return undefined;
    const body = await readFile(file).catch(() => undefined);
    if (body) return [file, body];
  }
  return undefined;
}

const isApp = (path: string) => path === '/app' || path.startsWith('/app/');

function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://demo').pathname);
  } catch {
    return undefined;
  }
}

const filledIn = (html: string, { host, key }: Tag) => html.replaceAll('{{HOST}}', host).replaceAll('{{KEY}}', key);
