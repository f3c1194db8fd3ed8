import { z } from 'zod';
import { type Noun, ok } from '../route.ts';

export const document: Noun = {
  name: 'This document',
  says: 'The API, described.',
  routes: {
    'GET /api/v1/openapi.json': {
      id: 'getOpenApi',
      summary: 'Read this document',
      description: 'Open to everybody, from any origin; it has an `ETag`.',
      needs: 'nothing',
      gives: ok(z.looseObject({ openapi: z.string() }), { says: 'OpenAPI 3.1.' }),
    },
  },
};
