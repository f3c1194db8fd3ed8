import { z } from 'zod';
import { GoalJson, GoalResult, warnings } from '../../contract/answers.ts';
import { GoalInput, GoalReportInput } from '../../contract/api.ts';
import { made, type Noun, nothing, ok } from '../route.ts';

export const goals: Noun = {
  name: 'Goals',
  says: 'What visitors are to do: an event or a page. What reached a goal is worked out from the events themselves, all of history included.',
  routes: {
    'GET /api/v1/sites/:site/goals': {
      id: 'listGoals',
      summary: 'List goals',
      description: 'In the order of their making.',
      needs: 'read',
      gives: ok(z.object({ goals: z.array(GoalJson) }), { says: 'The goals.' }),
    },
    'POST /api/v1/sites/:site/goals': {
      id: 'createGoal',
      summary: 'Define a goal',
      description: '`conflict` when the site has a goal of this name, and when it has 100.',
      needs: 'write',
      takes: GoalInput,
      example: {
        name: 'Coffee bought',
        event: 'purchase',
        props: [{ key: 'product', op: 'contains', value: 'coffee' }],
      },
      gives: made(GoalJson),
      refuses: ['conflict'],
    },
    'GET /api/v1/sites/:site/goals/:goal': {
      id: 'getGoal',
      summary: 'Read a goal',
      description: 'Its definition alone; what reached it is in the report.',
      needs: 'read',
      gives: ok(GoalJson),
    },
    'PUT /api/v1/sites/:site/goals/:goal': {
      id: 'replaceGoal',
      summary: 'Change a goal',
      description: 'Puts a whole goal in the place of another, whose id stays. `conflict` when the name is taken.',
      needs: 'write',
      takes: GoalInput,
      example: { name: 'Coffee pages', path: '/coffee**' },
      gives: ok(GoalJson),
      refuses: ['conflict'],
    },
    'DELETE /api/v1/sites/:site/goals/:goal': {
      id: 'deleteGoal',
      summary: 'Delete a goal',
      description: 'The definition goes; the events that reached it stay.',
      needs: 'write',
      gives: nothing('It is gone.'),
    },
    'POST /api/v1/sites/:site/goals/report': {
      id: 'reportGoals',
      summary: 'Ask what reached the goals',
      description:
        'Of every goal: who converted, how often, at which rate, for how much; beside another range if need be.',
      needs: 'read',
      takes: GoalReportInput,
      example: { date_range: '30d', filters: [['is', 'visit:source', ['newsletter']]] },
      refuses: ['too_costly'],
      gives: ok(
        z.object({ results: z.array(GoalResult), visitors: z.int().describe('Seen in the range.'), warnings }),
        {
          says: 'Every goal, in the order of their making.',
          example: {
            results: [
              {
                goal: {
                  id: 3,
                  name: 'Purchase',
                  event: 'purchase',
                  path: null,
                  props: [],
                  created: '2026-11-01T09:30:00.000Z',
                },
                visitors: 12,
                events: 14,
                conversion_rate: 3.28,
                revenue: [{ currency: 'EUR', total: '318.60', average: '22.76' }],
              },
            ],
            visitors: 366,
          },
        },
      ),
    },
  },
};
