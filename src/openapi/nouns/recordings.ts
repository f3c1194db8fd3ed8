import { z } from 'zod';
import {
  HeatmapJson,
  ListedReplay,
  NoteJson,
  ReplayDetail,
  SharedReplay,
  ShareJson,
  WatchedJson,
  WatchMessage,
} from '../../contract/answers.ts';
import { ChunksAsked, HeatmapInput, NoteInput, PageAsked, ReplaysInput, ShareInput } from '../../contract/api.ts';
import { perSignal } from '../../contract/wire.ts';
import { made, type Noun, nothing, ok } from '../route.ts';

export const recordings: Noun = {
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
        'What was deleted since stays in it; of which visit it was is told as long as that is kept.',
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
};
