import { z } from 'zod';
import { ProblemJson } from '../contract/answers.ts';
import { PROBLEMS, type ProblemCode } from '../problem.ts';
import { isBytes, isControl, type Route } from './route.ts';

/** What each code of the closed list means, wherever it occurs. */
export const MEANS: Record<ProblemCode, string> = {
  malformed_json: 'The body is not valid JSON in UTF-8.',
  malformed_chunk:
    'The body is not what it should be: a line of JSON, a newline and gzip; of a style sheet gzip alone.',
  bad_request: 'Something that the address needs is missing; `detail` says what.',
  unknown_website: 'No site here has this Umami website id.',
  not_signed_in: 'No credentials, or none that hold.',
  bad_credentials: 'E-mail and password do not match.',
  unknown_key: 'This deployment never issued that site key.',
  read_only_key: 'The API key may only read.',
  wrong_origin: 'With a cookie, this works only from the pages of the dashboard itself.',
  forbidden: 'No API key may do this: it is done in the dashboard, signed in.',
  not_found: 'There is no such thing, or it is not yours: the two are not told apart.',
  method_not_allowed: 'The address takes other methods: `Allow` names them.',
  already_set_up: 'The deployment has its owner already.',
  conflict: 'It contradicts what is there; `detail` says how.',
  site_deleted: 'The site of this key is gone.',
  body_too_large: 'The body is larger than is taken here.',
  invalid: 'Understood, and wrong: `issues` names the path of each fault.',
  too_costly: 'Cut off: it would read too much; `detail` says how much, and how to ask for less.',
  too_many_requests: 'Too much at once: `Retry-After` says how many seconds to wait.',
  internal: 'Something went wrong here; it has been logged.',
  database_unavailable: 'The database can’t be reached just now; hits go on being taken.',
};

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

export const Problem = ProblemJson.extend({
  code: z.enum(CODES).describe(ProblemJson.shape.code.description ?? ''),
}).meta({ id: 'Problem', description: 'A refusal, as RFC 9457 has it.' });

/** Every code that a route may answer with, by status: its own, and those that follow from what it needs and takes. */
export function refusals(address: string, { needs, query, takes, refuses = [] }: Route): Map<number, ProblemCode[]> {
  const control = isControl(address);
  const codes = new Set<ProblemCode>([...refuses, 'internal']);
  const add = (when: boolean, ...more: ProblemCode[]) => {
    if (when) for (const code of more) codes.add(code);
  };
  add(needs !== 'nothing' && needs !== 'share', 'not_signed_in');
  add(needs !== 'nothing' && !address.startsWith('GET '), 'wrong_origin');
  add(needs === 'share', 'not_found');
  add(needs === 'write' || needs === 'session', 'read_only_key');
  add(needs === 'session', 'forbidden');
  add(control && address.includes('/:'), 'not_found');
  add(takes !== undefined, 'body_too_large');
  add(takes !== undefined && !isBytes(takes), 'malformed_json');
  add(control && (query ?? takes) !== undefined, 'invalid');
  // The document itself is a file.
  add(control && !address.endsWith('.json'), 'database_unavailable');
  const by = new Map<number, ProblemCode[]>();
  for (const code of CODES.filter((one) => codes.has(one))) {
    by.set(PROBLEMS[code], [...(by.get(PROBLEMS[code]) ?? []), code]);
  }
  return by;
}
