import { ZodError } from 'zod';
import { isUnavailable, loggable } from './db/client.ts';
import { Problem, writtenPath } from './problem.ts';

/** What somebody is told whose request ended in an error. What nobody foresaw is logged. @param request what it is logged with */
export function refusalOf(error: unknown, request: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ZodError) return invalid(error);
  console.error(request, loggable(error));
  if (isUnavailable(error)) {
    const detail = 'The database can’t be reached just now. Hits go on being taken, and land when it is back.';
    return new Problem('database_unavailable', detail, { retryAfter: 5 });
  }
  return new Problem('internal', 'Something went wrong here; it has been logged.');
}

/** A schema's complaints as a 422 that names the path of each field. */
function invalid(error: ZodError): Problem {
  const issues = error.issues.map(({ path, message }) => ({ path: writtenPath(path), message }));
  const first = issues[0];
  return new Problem('invalid', first ? `${first.path || 'body'}: ${first.message}` : 'Invalid input.', { issues });
}
