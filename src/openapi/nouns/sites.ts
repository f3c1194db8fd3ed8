import { z } from 'zod';
import { ExclusionJson, LiveMessage, SiteJson } from '../../contract/answers.ts';
import { SiteInput, SitePatch } from '../../contract/api.ts';
import { made, type Noun, nothing, ok } from '../route.ts';

export const sites: Noun = {
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
};
