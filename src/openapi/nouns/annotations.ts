import { z } from 'zod';
import { AnnotationJson } from '../../contract/answers.ts';
import { AnnotationInput } from '../../contract/api.ts';
import { made, type Noun, nothing, ok } from '../route.ts';

export const annotations: Noun = {
  name: 'Annotations',
  says: 'What happened when: a release, a newsletter, an outage. Flags on the chart; no number depends on them.',
  routes: {
    'GET /api/v1/sites/:site/annotations': {
      id: 'listAnnotations',
      summary: 'List annotations',
      description: 'The latest first.',
      needs: 'read',
      gives: ok(z.object({ annotations: z.array(AnnotationJson) }), { says: 'The annotations.' }),
    },
    'POST /api/v1/sites/:site/annotations': {
      id: 'createAnnotation',
      summary: 'Say what happened',
      description: '`conflict` when the site has 1,000.',
      needs: 'write',
      takes: AnnotationInput,
      example: { date: '2026-11-21', time: '14:00', text: 'The new shop is up' },
      gives: made(AnnotationJson),
      refuses: ['conflict'],
    },
    'PUT /api/v1/sites/:site/annotations/:annotation': {
      id: 'replaceAnnotation',
      summary: 'Put another annotation in its place',
      description: 'Its id stays.',
      needs: 'write',
      takes: AnnotationInput,
      example: { date: '2026-11-20', text: 'The new shop is up' },
      gives: ok(AnnotationJson),
    },
    'DELETE /api/v1/sites/:site/annotations/:annotation': {
      id: 'deleteAnnotation',
      summary: 'Delete an annotation',
      description: 'Nothing else changes.',
      needs: 'write',
      gives: nothing('Deleted.'),
    },
  },
};
