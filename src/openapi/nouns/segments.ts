import { z } from 'zod';
import { SegmentJson } from '../../contract/answers.ts';
import { SegmentInput } from '../../contract/api.ts';
import { made, type Noun, nothing, ok } from '../route.ts';

export const segments: Noun = {
  name: 'Segments',
  says:
    'Filters kept under a name. Shared ones are for all who see the site, and for `["is", "segment", [id]]` in a query. Somebody’s ' +
    'own are for them alone, signed in to the dashboard: to everybody else, and to every API key, they are not there. In an address ' +
    'of the dashboard they stand as the filters that they are, so that it opens the same view for whoever gets it.',
  routes: {
    'GET /api/v1/sites/:site/segments': {
      id: 'listSegments',
      summary: 'List segments',
      description: 'By name: the shared ones, and with a session one’s own.',
      needs: 'read',
      gives: ok(z.object({ segments: z.array(SegmentJson) }), { says: 'The segments.' }),
    },
    'POST /api/v1/sites/:site/segments': {
      id: 'createSegment',
      summary: 'Keep filters under a name',
      description:
        '`conflict` for a name that is taken, among the shared ones or one’s own, and for the 101st of either.',
      needs: 'write',
      takes: SegmentInput,
      example: { name: 'Estonians', filters: [['is', 'visit:country', ['EE']]] },
      gives: made(SegmentJson),
      refuses: ['conflict'],
    },
    'GET /api/v1/sites/:site/segments/:segment': {
      id: 'getSegment',
      summary: 'Read a segment',
      description: 'Its name and filters.',
      needs: 'read',
      gives: ok(SegmentJson),
    },
    'PUT /api/v1/sites/:site/segments/:segment': {
      id: 'replaceSegment',
      summary: 'Put another segment in its place',
      description:
        'Its id stays. With `shared` it passes from one’s own to all who see the site, or, to everybody else as if it were ' +
        'deleted, from them to whoever asks. `conflict` as when one is created.',
      needs: 'write',
      takes: SegmentInput,
      example: { name: 'Finns', filters: [['is', 'visit:country', ['FI']]] },
      gives: ok(SegmentJson),
      refuses: ['conflict'],
    },
    'DELETE /api/v1/sites/:site/segments/:segment': {
      id: 'deleteSegment',
      summary: 'Delete a segment',
      description: 'Questions that name it are refused from then on.',
      needs: 'write',
      gives: nothing('Deleted.'),
    },
  },
};
