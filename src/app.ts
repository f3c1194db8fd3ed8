import { Hono } from 'hono';
import { accounts } from './accounts/routes.ts';
import { annotations } from './annotations/routes.ts';
import { bots } from './bots/routes.ts';
import { collect } from './collect/routes.ts';
import { compat } from './compat/routes.ts';
import type { Bindings } from './env.ts';
import { goals } from './goals/routes.ts';
import { forAnyOrigin, isDoor, isFile, securityHeaders } from './headers.ts';
import { heatmaps } from './heatmap/routes.ts';
import { Problem } from './problem.ts';
import { refusalOf } from './refusal.ts';
import { replays } from './replays/routes.ts';
import { segments } from './segments/routes.ts';
import { stats } from './stats/routes.ts';
import { status } from './status/routes.ts';
import { visits } from './visits/routes.ts';

/** What a request carries through the Worker: bindings and, once the guard has run, who asks. */
export interface Context {
  Bindings: Bindings;
}

export const app = new Hono<Context>();

app.use(securityHeaders);
app.route('/', collect);
app.route('/', compat);
app.route('/api/v1', accounts);
app.route('/api/v1', stats);
app.route('/api/v1', status);
app.route('/api/v1', bots);
app.route('/api/v1', goals);
app.route('/api/v1', segments);
app.route('/api/v1', annotations);
app.route('/api/v1', visits);
app.route('/api/v1', replays);
app.route('/api/v1', heatmaps);
// A file that the build makes of `src/openapi/`. What the API is, is the same for everybody, and theirs to know.
app.get('/api/v1/openapi.json', forAnyOrigin('ETag'), (c) => c.env.ASSETS.fetch(c.req.raw));

app.notFound(async (c) => {
  const { path, method } = c.req;
  const allowed = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((other) => isRoute(other, path));
  if (allowed.length > 0) {
    const problem = new Problem('method_not_allowed', `This address takes ${allowed.join(', ')}.`).toResponse();
    problem.headers.set('allow', allowed.join(', '));
    return problem;
  }
  if (path.startsWith('/api/')) return notFound('The API has nothing at this address.');
  if (isDoor(path)) return notFound('Hits have no such address; a site’s key ends it.');
  if (method !== 'GET' && method !== 'HEAD') return notFound('Only pages are here, to be read.');
  const answer = await c.env.ASSETS.fetch(c.req.raw);
  // Any address is a page of the dashboard's; but a script that is gone must not come as one.
  if (!isFile(path) || !answer.headers.get('content-type')?.startsWith('text/html')) return answer;
  return notFound('There is no such file; it may be of a version before this one.');
});

/** Whether a route, and not only what stands before all of them, answers this. */
function isRoute(method: string, path: string): boolean {
  return app.router.match(method, path)[0].some(([[, route]]) => route.method === method);
}

function notFound(detail: string): Response {
  return new Problem('not_found', detail).toResponse();
}

app.onError((error, c) => refusalOf(error, `${c.req.method} ${c.req.path}`).toResponse());
