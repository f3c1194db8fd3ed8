import { z } from 'zod';
import {
  AnnotationJson,
  Answer,
  ApiKey,
  BotsJson,
  ExclusionJson,
  GoalJson,
  GoalResult,
  HeatmapJson,
  HitAnswer,
  ListedReplay,
  LiveMessage,
  Me,
  NoteJson,
  PageCheck,
  PropertyJson,
  QuarantineJson,
  RejudgingJson,
  ReplayDetail,
  SegmentJson,
  SessionJson,
  Setup,
  SharedReplay,
  ShareJson,
  SiteJson,
  StatusJson,
  VisitDetail,
  VisitorForgotten,
  WatchedJson,
  WatchMessage,
  warnings,
} from '../contract/answers.ts';
import {
  AnnotationInput,
  ApiKeyInput,
  ChunksAsked,
  CollectorsInput,
  GoalInput,
  GoalReportInput,
  HeatmapInput,
  NoteInput,
  PageAsked,
  PageInput,
  RangeAsked,
  ReplaysInput,
  SegmentInput,
  SetupInput,
  ShareInput,
  SignInInput,
  SiteInput,
  SitePatch,
  VisitorInput,
} from '../contract/api.ts';
import { EnvelopeSchema, Hits, SheetHashes } from '../contract/hit.ts';
import { QUERY_LIMITS, Query } from '../contract/query.ts';
import { LIMITS, perSignal } from '../contract/wire.ts';
import { EngineAddress, QueryAddress, SessionsAddress } from './by-hand.ts';
import { made, nothing, ok, type Route, taken } from './route.ts';

/**
 * Every route: what it is for, what it takes, what it gives, how it refuses. The schemas are those that the handlers parse
 * with. A route that is missing here, or does something else than it says, fails `test/worker/openapi.test.ts`.
 */

/** The nouns of the API, in the order in which a newcomer meets them. */
export const NOUNS: { name: string; says: string; routes: Record<string, Route> }[] = [
  {
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
        description:
          'Whether it is recorded or not: its page views and events in order, and the visitor’s other visits.',
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
  },
  {
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
  },
  {
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
  },
  {
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
        description: 'Of every goal: who converted, how often, at which rate, for how much.',
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
  },
  {
    name: 'Recordings',
    says: 'Recorded visits: their list, their index and their bytes.',
    routes: {
      'POST /api/v1/sites/:site/replays': {
        id: 'listReplays',
        summary: 'List recordings',
        description:
          'Those of the visits that fit, newest first unless `order` says otherwise. A filter on events asks for a visit that ' +
          'has such an event.',
        needs: 'read',
        takes: ReplaysInput,
        example: {
          date_range: '28d',
          filters: [['is', 'event:page', ['/checkout']]],
          order: 'friction',
          pagination: { limit: 20 },
        },
        gives: ok(
          z.object({
            results: z.array(ListedReplay),
            total: z.int().describe('Before pagination.'),
            friction: z.object(perSignal(z.int().min(0))).describe('How many of them have any of each signal.'),
          }),
          { says: 'The recordings.' },
        ),
      },
      'POST /api/v1/sites/:site/heatmap': {
        id: 'heatmap',
        summary: 'See where a page was clicked, and how far down it was seen',
        description:
          'Clicks are those of recorded visits that fit, as for `listReplays`, each tied to an element, so that it can be drawn over ' +
          'any picture of the page; that a moment of a recording serves as such is written down: see `listWatched`. How far ' +
          'down it was seen is known of all visits.',
        needs: 'read',
        takes: HeatmapInput,
        example: { date_range: '28d', page: '/checkout', device: 'Mobile' },
        gives: ok(HeatmapJson),
      },
      'GET /api/v1/sites/:site/replays/:session': {
        id: 'getReplay',
        summary: 'Read a recording’s index',
        description:
          'The recording, its chunks, its notes, and the story of its visit: at most 5,000 events. That it was opened is ' +
          'written down: see `listWatched`.',
        needs: 'read',
        gives: ok(ReplayDetail),
      },
      'GET /api/v1/sites/:site/replays/:session/live': {
        id: 'watchVisit',
        summary: 'Watch a visit as it happens',
        description:
          'A WebSocket: each chunk of the recording as it comes, a second after it was begun for as long as somebody listens. ' +
          'What was before is in the index, to be read once the socket is open. A recording that is still held back in the ' +
          'visitor’s browser is `not_found`. That it was watched is written down: see `listWatched`. With a cookie, only from ' +
          'the dashboard’s own pages. `bad_request` without an upgrade.',
        needs: 'read',
        gives: {
          status: 101,
          body: WatchMessage,
          says:
            'A WebSocket. A text is JSON of this kind; a chunk is binary: one line of JSON (`ReplayChunk`), a newline, and its ' +
            'gzipped events.',
        },
        refuses: ['bad_request', 'wrong_origin'],
      },
      'POST /api/v1/sites/:site/replays/:session/notes': {
        id: 'addNote',
        summary: 'Note something at a moment of a recording',
        description: 'The index has the notes. `conflict` when there are 200 of them.',
        needs: 'write',
        takes: NoteInput,
        example: { time: 1_795_600_000_000, text: 'The button is below the fold here' },
        gives: made(NoteJson),
        refuses: ['conflict'],
      },
      'DELETE /api/v1/sites/:site/replays/:session/notes/:note': {
        id: 'deleteNote',
        summary: 'Delete a note',
        description: 'Whoever wrote it.',
        needs: 'write',
        gives: nothing('It is gone.'),
      },
      'GET /api/v1/sites/:site/replays/:session/shares': {
        id: 'listShares',
        summary: 'List a recording’s links',
        description: 'Newest first, those that have run out or were taken back too.',
        needs: 'read',
        gives: ok(z.object({ shares: z.array(ShareJson) }), { says: 'The links.' }),
      },
      'POST /api/v1/sites/:site/replays/:session/shares': {
        id: 'shareReplay',
        summary: 'Give a link to a recording',
        description:
          'It opens this one recording and nothing else, for whoever has it, until it runs out or is taken back. The answer ' +
          'has the token: it is shown once.',
        needs: 'write',
        takes: ShareInput,
        example: { name: 'For the designers', hours: 72 },
        gives: made(ShareJson),
      },
      'DELETE /api/v1/sites/:site/replays/:session/shares/:share': {
        id: 'unshareReplay',
        summary: 'Take a link back',
        description: 'It opens nothing from now on. A deleted recording’s links are taken back by themselves.',
        needs: 'write',
        gives: nothing('It opens nothing any more.'),
      },
      'GET /api/v1/shared': {
        id: 'getShared',
        summary: 'Read the recording that a link opens',
        description: 'As the recording’s index, without whose visit it was and without notes.',
        needs: 'share',
        gives: ok(SharedReplay),
      },
      'GET /api/v1/shared/chunks/:stream/:n': {
        id: 'getSharedChunk',
        summary: 'Read a chunk of the recording that a link opens',
        description: 'As a chunk of a recording.',
        needs: 'share',
        query: ChunksAsked,
        gives: ok({ media: 'application/gzip', says: 'Gzipped JSON arrays of rrweb events, one a chunk.' }),
      },
      'GET /api/v1/shared/sheets/:hash': {
        id: 'getSharedSheet',
        summary: 'Read a style sheet of the recording that a link opens',
        description: 'As a style sheet of recordings.',
        needs: 'share',
        gives: ok({ media: 'application/gzip', says: 'The gzipped style sheet.' }),
      },
      'GET /api/v1/sites/:site/watched': {
        id: 'listWatched',
        summary: 'List who watched what',
        description:
          'Each time a recording was opened, newest first; opened again by the same within half an hour is the same time. ' +
          'What was deleted since stays in it.',
        needs: 'read',
        query: PageAsked,
        gives: ok(z.object({ results: z.array(WatchedJson), total: z.int().min(0) }), { says: 'The log.' }),
      },
      'DELETE /api/v1/sites/:site/replays/:session': {
        id: 'deleteReplay',
        summary: 'Delete a recording',
        description: 'Index and bytes. The visit itself stays in the numbers.',
        needs: 'write',
        gives: nothing('It is gone.'),
      },
      'GET /api/v1/sites/:site/replays/:session/chunks/:stream/:n': {
        id: 'getReplayChunk',
        summary: 'Read a chunk of a recording',
        description:
          'The bytes as they were recorded. They never change and may be kept for good. With `count`, those of the chunks ' +
          'after it too, one behind the other: the index has their lengths. `not_found` when one of them is missing.',
        needs: 'read',
        query: ChunksAsked,
        gives: ok({ media: 'application/gzip', says: 'Gzipped JSON arrays of rrweb events, one a chunk.' }),
      },
      'GET /api/v1/sites/:site/sheets/:hash': {
        id: 'getSheet',
        summary: 'Read a style sheet of recordings',
        description:
          'Where a recording’s `_cssText` is `sha256-…`, what follows is the hash of a style sheet that is kept once for all ' +
          'of the site’s recordings. It may be kept for good.',
        needs: 'read',
        gives: ok({ media: 'application/gzip', says: 'The gzipped style sheet.' }),
      },
    },
  },
  {
    name: 'Sites',
    says: 'What is measured, and how.',
    routes: {
      'GET /api/v1/sites': {
        id: 'listSites',
        summary: 'List sites',
        description: 'Those of whoever asks, by domain.',
        needs: 'read',
        gives: ok(z.object({ sites: z.array(SiteJson) }), { says: 'The sites.' }),
      },
      'POST /api/v1/sites': {
        id: 'createSite',
        summary: 'Add a site',
        description: '`conflict` when the domain, or the Umami website id, is taken.',
        needs: 'write',
        takes: SiteInput,
        example: { domain: 'shop.example', timezone: 'Europe/Tallinn', track: { vitals: true } },
        gives: made(SiteJson),
        refuses: ['conflict'],
      },
      'GET /api/v1/sites/:site': {
        id: 'getSite',
        summary: 'Read a site',
        description: 'Its settings and its key.',
        needs: 'read',
        gives: ok(SiteJson),
      },
      'PATCH /api/v1/sites/:site': {
        id: 'changeSite',
        summary: 'Change a site',
        description:
          'Any part of its settings; the edge hears of it at once and believes it within five seconds. A change of what is ' +
          'thought of bots judges the site’s visits anew. `conflict` when the domain, or the Umami website id, is taken, and ' +
          'for another time zone where there are numbers alone of days gone by.',
        needs: 'write',
        takes: SitePatch,
        example: { record: 0.25, exclude: { paths: ['/drafts/**'], hostnames: ['*.staging.example'], countries: [] } },
        gives: ok(SiteJson),
        refuses: ['conflict'],
      },
      'DELETE /api/v1/sites/:site': {
        id: 'deleteSite',
        summary: 'Delete a site',
        description: 'With everything that was measured and recorded. Asked twice, it does what is left.',
        needs: 'write',
        gives: nothing('It is gone.'),
      },
      'GET /api/v1/sites/:site/live': {
        id: 'watchSite',
        summary: 'Watch a site live',
        description:
          'A WebSocket: who is here and what they do, as it happens; Postgres isn’t touched for it. With a cookie, only from ' +
          'the dashboard’s own pages. `bad_request` without an upgrade.',
        needs: 'read',
        gives: { status: 101, body: LiveMessage, says: 'A WebSocket; each message is JSON of this kind.' },
        refuses: ['bad_request', 'wrong_origin'],
      },
      'GET /api/v1/sites/:site/exclusions/me': {
        id: 'amIExcluded',
        summary: 'Ask whether one’s own hits are left out',
        description: 'By the address that the question comes from. It is kept as a keyed hash only.',
        needs: 'read',
        gives: ok(ExclusionJson),
        refuses: ['bad_request'],
      },
      'POST /api/v1/sites/:site/exclusions/me': {
        id: 'excludeMe',
        summary: 'Leave one’s own hits out',
        description:
          'Hits from the asker’s address are not counted from now on. `conflict` when 100 addresses are left out.',
        needs: 'write',
        gives: ok(ExclusionJson),
        refuses: ['bad_request', 'conflict'],
      },
      'DELETE /api/v1/sites/:site/exclusions/me': {
        id: 'includeMe',
        summary: 'Count one’s own hits again',
        description: 'Hits from the asker’s address are counted from now on.',
        needs: 'write',
        gives: ok(ExclusionJson),
        refuses: ['bad_request'],
      },
      'DELETE /api/v1/sites/:site/exclusions/addresses': {
        id: 'includeAll',
        summary: 'Count all addresses again',
        description: 'Forgets every address whose hits were left out.',
        needs: 'write',
        gives: nothing('All are counted.'),
      },
    },
  },
  {
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
  },
  {
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
  },
  {
    name: 'Accounts',
    says: 'The owner, and the keys of the API.',
    routes: {
      'GET /api/v1/setup': {
        id: 'getSetup',
        summary: 'Ask whether the deployment has its owner',
        description: 'That, and nothing else.',
        needs: 'nothing',
        gives: ok(Setup),
      },
      'POST /api/v1/setup': {
        id: 'setUp',
        summary: 'Create the owner',
        description: 'Works once; signs in by cookie.',
        needs: 'nothing',
        takes: SetupInput,
        example: { name: 'Mari', email: 'mari@shop.example', password: 'correct horse battery' },
        gives: made(Me),
        refuses: ['wrong_origin', 'already_set_up', 'too_many_requests'],
      },
      'POST /api/v1/sign-in': {
        id: 'signIn',
        summary: 'Sign in',
        description: 'Sets the session’s cookie. Guessing is slowed down: `too_many_requests`.',
        needs: 'nothing',
        takes: SignInInput,
        example: { email: 'mari@shop.example', password: 'correct horse battery' },
        gives: ok(Me),
        refuses: ['wrong_origin', 'bad_credentials', 'too_many_requests'],
      },
      'POST /api/v1/sign-out': {
        id: 'signOut',
        summary: 'Sign out',
        description: 'Ends the session of the cookie that comes with it, if any.',
        needs: 'nothing',
        gives: nothing('Signed out.'),
        refuses: ['wrong_origin'],
      },
      'GET /api/v1/me': {
        id: 'getMe',
        summary: 'Ask who one is',
        description: 'The owner who is signed in, or whose key it is.',
        needs: 'read',
        gives: ok(Me),
      },
      'GET /api/v1/keys': {
        id: 'listKeys',
        summary: 'List API keys',
        description: 'Newest first, revoked ones too; never the keys themselves.',
        needs: 'read',
        gives: ok(z.object({ keys: z.array(ApiKey) }), { says: 'The keys.' }),
      },
      'POST /api/v1/keys': {
        id: 'createKey',
        summary: 'Make an API key',
        description: 'The key stands in this answer and in no other. A key can’t make keys.',
        needs: 'session',
        takes: ApiKeyInput,
        example: { name: 'Monthly report', scope: 'read' },
        gives: made(ApiKey),
      },
      'DELETE /api/v1/keys/:id': {
        id: 'revokeKey',
        summary: 'Revoke an API key',
        description: 'At once and for good.',
        needs: 'session',
        gives: nothing('It is revoked.'),
      },
    },
  },
  {
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
        gives: taken(HitAnswer, { example: { accepted: 1, ignored: [] } }),
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
  },
  {
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
  },
  {
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
  },
];

/** What stands in an address, by its name there. */
export const PARTS: Record<string, z.ZodType> = {
  site: z.union([z.int().min(1), z.string().min(1)]).describe('A site’s id, or its domain.'),
  annotation: z.int().describe('An annotation’s id.'),
  goal: z.int().describe('A goal’s id.'),
  hash: z.string().describe('SHA-256 of a style sheet’s text, in hex.'),
  hashes: z.string().describe('The same of several, joined by commas.'),
  segment: z.int().describe('A segment’s id.'),
  session: z.int().describe('A visit’s id.'),
  share: z.int().describe('The id of a recording’s link.'),
  note: z.int().describe('A note’s id.'),
  stream: z.int().describe('The page load that recorded the chunk.'),
  n: z.int().describe('The chunk’s number within its stream.'),
  id: z.int().describe('An id, as the list has it.'),
  key: z.string().describe('A site’s signed public key.'),
  name: z.string().describe('The script’s name, as the snippet has it.'),
};
