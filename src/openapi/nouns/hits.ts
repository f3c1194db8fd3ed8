import { z } from 'zod';
import { HitAnswer } from '../../contract/answers.ts';
import { EnvelopeSchema, Hits, SheetHashes } from '../../contract/hit.ts';
import { LIMITS } from '../../contract/wire.ts';
import { type Noun, nothing, ok, taken } from '../route.ts';

export const hits: Noun = {
  name: 'Hits',
  says:
    'The data plane: what visitors’ browsers call, from any origin. A site’s signed key in the address is all that is ' +
    'asked for. `X-Footfall-Reason` says why a hit was left out.',
  routes: {
    'POST /e/:key': {
      id: 'sendHits',
      summary: 'Send page views and events',
      description:
        `One hit, or an array of at most ${LIMITS.batchEvents}; at most ${LIMITS.bodyBytes} bytes. The body is read as JSON ` +
        'whatever it is called: as text it needs no preflight. Send a browser’s `User-Agent`, or it counts as a program’s.',
      needs: 'nothing',
      takes: Hits,
      example: {
        name: 'purchase',
        url: 'https://shop.example/coffee?utm_source=newsletter',
        props: { product: 'mill' },
        revenue: { amount: '49.90', currency: 'EUR' },
      },
      gives: taken(HitAnswer, {
        example: { accepted: 1, ignored: [] },
        silent: 'All of it was taken, and a page’s browser sent it, which names its `Origin`.',
      }),
      refuses: ['unknown_key', 'site_deleted', 'invalid', 'too_many_requests'],
    },
    'GET /p/:key.gif': {
      id: 'sendPageview',
      route: 'GET /p/:file{.+\\.gif}',
      summary: 'Count a page view by an image',
      description:
        'For pages without JavaScript. The page is `u`, else the address that the browser names as `Referer`.',
      needs: 'nothing',
      query: z.object({
        u: z.string().exactOptional().describe('The page’s address.'),
        r: z.string().exactOptional().describe('Where the visitor came from.'),
        t: z.string().exactOptional().describe('What the page is called.'),
      }),
      gives: ok({ media: 'image/gif', says: 'A transparent pixel.' }),
      refuses: ['unknown_key', 'site_deleted', 'bad_request', 'invalid', 'too_many_requests'],
    },
    'POST /r/:key': {
      id: 'sendChunk',
      summary: 'Send a chunk of a recording',
      description:
        'What the recorder sends. 202 with `X-Footfall-Reason` when the visitor is left out, and with `X-Footfall-Watched` ' +
        'when somebody watches the visit, and would have the next chunk soon.',
      needs: 'nothing',
      takes: {
        media: 'application/octet-stream',
        says:
          'One line of JSON (`Envelope`), a newline, and a gzipped JSON array of rrweb events; at most ' +
          `${LIMITS.chunkBytes} bytes.`,
        holds: EnvelopeSchema,
      },
      gives: nothing('Taken, or left out.', 202),
      refuses: ['unknown_key', 'site_deleted', 'malformed_json', 'malformed_chunk', 'invalid', 'too_many_requests'],
    },
    'GET /r/:key/sheets/:hashes': {
      id: 'missingSheets',
      summary: 'Ask which style sheets are missing',
      description:
        'Of style sheets, named by the SHA-256 of their text in hex and joined by commas, those that the site has not. ' +
        `At most ${LIMITS.sheetsAsked} at once. A chunk may name those that it has as \`sha256-…\`, instead of holding them.`,
      needs: 'nothing',
      gives: ok(SheetHashes, { says: 'The missing ones.' }),
      refuses: ['unknown_key', 'site_deleted', 'invalid', 'too_many_requests'],
    },
    'POST /r/:key/sheets/:hash': {
      id: 'sendSheet',
      summary: 'Send a style sheet',
      description: `Once for all recordings of the site. At most ${LIMITS.sheetBytes} bytes, unpacked.`,
      needs: 'nothing',
      takes: { media: 'application/octet-stream', says: 'The text that has this hash, gzipped.' },
      gives: nothing('It is kept.', 202),
      refuses: ['unknown_key', 'site_deleted', 'malformed_chunk', 'invalid', 'too_many_requests'],
    },
    'GET /s/:key.js': {
      id: 'getSnippet',
      route: 'GET /s/:file{.+\\.m?js}',
      summary: 'Read a site’s snippet',
      description:
        'The script that stands in the site’s pages: what can’t wait, with the site’s settings; `.mjs` is a module.',
      needs: 'nothing',
      gives: ok({ media: 'text/javascript', says: 'The script.' }),
      refuses: ['unknown_key', 'site_deleted'],
    },
    'GET /s/:key/:name.js': {
      id: 'getSecondScript',
      route: 'GET /s/:key/:name{[\\w-]+\\.js}',
      summary: 'Read what the snippet fetches',
      description:
        'The other parts that the site has on. Named by what is in it, and then kept for good; by another name comes what there is.',
      needs: 'nothing',
      gives: ok({ media: 'text/javascript', says: 'The script.' }),
      refuses: ['unknown_key', 'site_deleted'],
    },
  },
};
