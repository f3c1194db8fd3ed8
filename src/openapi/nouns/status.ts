import { z } from 'zod';
import { PageCheck, QuarantineJson, StatusJson } from '../../contract/answers.ts';
import { CollectorsInput, PageInput } from '../../contract/api.ts';
import { type Noun, nothing, ok } from '../route.ts';

export const status: Noun = {
  name: 'Status',
  says: '“Why is my hit missing”: what became of a site’s hits.',
  routes: {
    'GET /api/v1/sites/:site/status': {
      id: 'getStatus',
      summary: 'Read what becomes of hits',
      description: 'How many were accepted, left out and refused, and why; what waits, and when it will be written.',
      needs: 'read',
      gives: ok(StatusJson),
    },
    'POST /api/v1/sites/:site/installation': {
      id: 'checkPage',
      summary: 'Look whether a page has the snippet',
      description:
        'Fetches it, as a visitor without cookies would, follows at most three redirects, and reads 512 kB of it within five ' +
        'seconds. What scripts put into a page later, such as a tag manager, isn’t seen. `invalid` for a host that isn’t the site’s.',
      needs: 'write',
      takes: PageInput,
      example: { url: 'https://shop.example/' },
      gives: ok(PageCheck),
    },
    'POST /api/v1/sites/:site/collectors': {
      id: 'raiseCollectors',
      summary: 'Share the traffic among more collectors',
      description:
        'While it flows. A site does so by itself when one has 300 events a second for a minute. `conflict` when there are ' +
        'more already: their number can only grow.',
      needs: 'write',
      takes: CollectorsInput,
      example: { count: 2 },
      gives: ok(z.object({ count: z.int() }), { says: 'How many there are now.' }),
      refuses: ['conflict'],
    },
    'GET /api/v1/sites/:site/quarantine': {
      id: 'listQuarantine',
      summary: 'List the events that Postgres refused',
      description: 'Newest first, at most 100.',
      needs: 'read',
      gives: ok(z.object({ results: z.array(QuarantineJson) }), { says: 'The events.' }),
    },
    'POST /api/v1/sites/:site/quarantine/:id/release': {
      id: 'releaseQuarantined',
      summary: 'Try an event again',
      description:
        'It lands once, however often it is released. `conflict` for a chunk, which is kept without its bytes, and for an event ' +
        'of days of which there are numbers alone.',
      needs: 'write',
      gives: nothing('It is on its way.'),
      refuses: ['conflict'],
    },
    'DELETE /api/v1/sites/:site/quarantine/:id': {
      id: 'dropQuarantined',
      summary: 'Drop an event',
      description: 'For good.',
      needs: 'write',
      gives: nothing('It is gone.'),
    },
  },
};
