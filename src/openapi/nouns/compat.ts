import { z } from 'zod';
import { LIMITS } from '../../contract/wire.ts';
import { type Noun, ok, taken } from '../route.ts';

export const compat: Noun = {
  name: 'Other products’ clients',
  says: 'Plausible’s and Umami’s clients may stay in the pages: what they send lands as ordinary events.',
  routes: {
    'POST /api/event': {
      id: 'sendPlausible',
      summary: 'Send an event as Plausible’s clients do',
      description:
        'Trackers and [Events API](https://plausible.io/docs/events-api) clients; a site is found by its domain. ' +
        'What is left out is answered 202 too, and counted in `X-Plausible-Dropped`.',
      needs: 'nothing',
      takes: z.looseObject({}).meta({ description: 'An event in Plausible’s words.' }),
      example: { name: 'pageview', url: 'https://shop.example/coffee', domain: 'shop.example' },
      gives: taken({ media: 'text/plain', says: '`ok`' }),
      refuses: ['bad_request', 'site_deleted', 'too_many_requests'],
    },
    'POST /api/send': {
      id: 'sendUmami',
      summary: 'Send an event as Umami’s tracker does',
      description:
        'As [Umami takes it](https://umami.is/docs/api/sending-stats); a site is found by its `umami_id`. `cache` is the ' +
        'token to be sent as `x-umami-cache` with the next event.',
      needs: 'nothing',
      takes: z.looseObject({}).meta({ description: 'An event in Umami’s words: `type` and `payload`.' }),
      gives: ok(
        z.union([
          z.object({ cache: z.string(), sessionId: z.string(), visitId: z.string() }),
          z.object({ disabled: z.literal(true) }),
        ]),
        { says: 'It landed; or this browser is to send nothing.' },
      ),
      refuses: ['bad_request', 'unknown_website', 'too_many_requests', 'site_deleted'],
    },
    'POST /api/batch': {
      id: 'sendUmamiBatch',
      summary: 'Send many events of Umami’s',
      description: `An array of at most ${LIMITS.batchEvents}; one that is wrong doesn’t keep the others out.`,
      needs: 'nothing',
      takes: z.array(z.looseObject({})).meta({ description: 'Events in Umami’s words.' }),
      gives: ok(
        z.object({
          size: z.int(),
          processed: z.int(),
          errors: z.int(),
          details: z.array(z.object({ index: z.int(), response: z.looseObject({}).describe('A `Problem`.') })),
          cache: z.string().exactOptional(),
        }),
        { says: 'How many landed, and what was wrong with the others.' },
      ),
      refuses: ['bad_request', 'too_many_requests'],
    },
  },
};
