import { BotsJson, RejudgingJson } from '../../contract/answers.ts';
import { RangeAsked } from '../../contract/api.ts';
import { type Noun, ok } from '../route.ts';

export const bots: Noun = {
  name: 'Bots',
  says: 'Programs are kept, flagged and left out of numbers. What fired is stored, so that history can be judged anew.',
  routes: {
    'GET /api/v1/sites/:site/bots': {
      id: 'reportBots',
      summary: 'Ask how much was programs',
      description: 'Of visits and requests in the range, and which rules say so. `?period=30d`, or `?from=…&to=…`.',
      needs: 'read',
      query: RangeAsked,
      gives: ok(BotsJson),
    },
    'POST /api/v1/sites/:site/bots/rejudge': {
      id: 'rejudge',
      summary: 'Judge all visits anew',
      description:
        'By the site’s settings of now, a part of them with each call: ask again until `finished`; what is left is done at ' +
        'night. Settings put back bring the old verdicts back.',
      needs: 'write',
      gives: ok(RejudgingJson.nullable(), { says: 'How far it is.' }),
    },
  },
};
