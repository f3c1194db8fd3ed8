import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUNDLE = join(import.meta.dirname, '../../node_modules/@rrweb/record/dist/record.umd.min.cjs');

/** As rrweb's guide says it: events gather, and every ten seconds they are posted as JSON; and when the page is left. */
const script = (url: string) => `<script src="${url}/record.js"></script><script>
  let events = [];
  rrwebRecord.record({ emit: (event) => events.push(event) });
  const save = (more) => {
    const body = JSON.stringify({ events: events.splice(0) });
    fetch('${url}/events', { method: 'POST', body, mode: 'no-cors', ...more });
  };
  setInterval(save, 10_000);
  addEventListener('pagehide', () => save({ keepalive: true }));
</script>`;

/** Serves rrweb's own bundle, and takes what it posts. */
export async function plainRecorder() {
  const bundle = readFileSync(BUNDLE);
  /** Bytes of each post, as it came and gzipped. */
  const posts: { bytes: number; packed: number }[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(bundle);
      return;
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      posts.push({ bytes: body.length, packed: gzipSync(body).length });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    tag: script(url),
    posts,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
