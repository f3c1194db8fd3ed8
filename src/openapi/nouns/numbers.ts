import { z } from 'zod';
import {
  Answer,
  Answers,
  PropertyJson,
  SessionJson,
  VisitDetail,
  VisitorForgotten,
  warnings,
} from '../../contract/answers.ts';
import { RangeAsked, VisitorInput } from '../../contract/api.ts';
import { QUERY_LIMITS, Queries, Query } from '../../contract/query.ts';
import { EngineAddress, QueryAddress, SessionsAddress } from '../by-hand.ts';
import { type Noun, ok } from '../route.ts';

export const numbers: Noun = {
  name: 'Numbers',
  says: 'Every question to a site’s numbers is one grammar, that of [Plausible’s Stats API v2](https://plausible.io/docs/stats-api).',
  routes: {
    'POST /api/v1/query': {
      id: 'query',
      summary: 'Ask for numbers',
      description:
        `Metrics of a site over a range, divided by at most ${QUERY_LIMITS.dimensions} dimensions, of the visits and events ` +
        'that fit the filters. What the edge still holds is written out first: the visit of a second ago counts. No sampling.',
      needs: 'read',
      query: EngineAddress,
      takes: Query,
      example: {
        site_id: 'shop.example',
        metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'],
        date_range: '7d',
        dimensions: ['visit:source'],
        filters: [['is_not', 'visit:country', ['FI']]],
        include: { comparisons: { mode: 'previous_period' }, total_rows: true },
      },
      gives: ok(Answer, {
        tagged: true,
        example: {
          results: [
            {
              dimensions: ['newsletter'],
              metrics: [12, 14, 40, 36, 95],
              comparison: { dimensions: ['newsletter'], metrics: [8, 10, 30, 40, 80], change: [50, 40, 33, -4, 19] },
            },
          ],
          meta: {
            total_rows: 1,
            comparison_date_range: ['2026-11-08T00:00:00+02:00', '2026-11-14T23:59:59+02:00'],
            engine: { answered_by: 'rows', because: 'of several dimensions at once' },
          },
          query: {
            site_id: 'shop.example',
            metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'],
            date_range: ['2026-11-15T00:00:00+02:00', '2026-11-21T23:59:59+02:00'],
            dimensions: ['visit:source'],
            filters: [['is_not', 'visit:country', ['FI']]],
            order_by: [],
            include: {
              time_labels: false,
              total_rows: true,
              comparisons: { mode: 'previous_period' },
              trim_relative_date_range: false,
              bots: false,
            },
            pagination: { limit: 10_000, offset: 0 },
          },
        },
      }),
      refuses: ['not_found', 'too_costly'],
    },
    'POST /api/v1/queries': {
      id: 'queries',
      summary: 'Ask several questions at once',
      description:
        `At most ${QUERY_LIMITS.together} questions of one site. Each answer stands in the array as soon as it is there, on a line of its own, so not in the ` +
        'order of the questions: `n` says whose it is. One that can’t be answered has its problem in the place of its answer.',
      needs: 'read',
      query: EngineAddress,
      takes: Queries,
      example: {
        site_id: 'shop.example',
        queries: [
          { metrics: ['visitors'], date_range: '7d' },
          { metrics: ['visitors'], date_range: '7d', dimensions: ['visit:source'] },
        ],
      },
      gives: ok(Answers),
      refuses: ['not_found'],
    },
    'GET /api/v1/query': {
      id: 'queryByAddress',
      summary: 'Ask for numbers in an address',
      description:
        'The same question as the dashboard’s own address has it. Asked again with `If-None-Match`, it is answered in full only ' +
        'when the answer is another; of days that are long over, nothing is reckoned for that.',
      needs: 'read',
      query: QueryAddress,
      gives: ok(Answer, { tagged: true }),
      refuses: ['not_found', 'too_costly'],
    },
    'GET /api/v1/sites/:site/properties': {
      id: 'listProperties',
      summary: 'List the properties of events',
      description:
        'The keys that `event:props:KEY` can name: those of people’s events in the range, the most frequent first, at most 100.',
      needs: 'read',
      query: RangeAsked,
      gives: ok(z.object({ properties: z.array(PropertyJson) }), { says: 'The properties.' }),
      refuses: ['too_costly'],
    },
    'GET /api/v1/sites/:site/sessions': {
      id: 'listVisits',
      summary: 'List the visits behind a number',
      description:
        'Those that `visits` counts in a row of the question’s answer, newest first, each with how much of it is recorded. ' +
        '`total` is that number, as far as single visits are kept, `recorded` how many of them are recorded. `metrics`, `order_by` ' +
        'and what is compared make no difference.',
      needs: 'read',
      query: SessionsAddress,
      gives: ok(
        z.object({ results: z.array(SessionJson), total: z.int().min(0), recorded: z.int().min(0), warnings }),
        {
          says: 'The visits.',
        },
      ),
      refuses: ['too_costly'],
    },
    'GET /api/v1/sites/:site/sessions/:session': {
      id: 'getVisit',
      summary: 'Read a visit and its story',
      description: 'Whether it is recorded or not: its page views and events in order, and the visitor’s other visits.',
      needs: 'read',
      gives: ok(VisitDetail),
    },
    'POST /api/v1/sites/:site/visitors/forget': {
      id: 'forgetVisitor',
      summary: 'Delete a visitor',
      description:
        'His visits with all that happened in them, their recordings down to the bytes, and what of them still waits at the ' +
        'edge. Numbers of days gone by change with it; of days of which single visits are no longer kept there are sums alone, ' +
        'in which nobody can be found. What the site’s pages were called, and the log of who watched what, stay. If he comes ' +
        'again, he is counted again. Asked again, it deletes what is left.',
      needs: 'write',
      takes: VisitorInput,
      example: { user: 'jane@example.com' },
      gives: ok(VisitorForgotten),
    },
  },
};
