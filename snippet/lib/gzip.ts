import { gzipNow } from './gzipNow.ts';

/** The text as UTF-8, gzipped by the browser, off the main thread where it can. */
export async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!window.CompressionStream) return gzipNow(text);
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
