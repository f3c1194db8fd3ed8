import type { ProblemJson } from '../../contract/api.ts';
import { QUERY_LIMITS } from '../../contract/words.ts';
import { ApiError, answerOf, unreachable } from '../api.ts';
import type { Answered, Question } from './ask.ts';

/** Questions that a page asks in one go are one request; each is answered as soon as its answer comes. */

interface Asked {
  /** Its domain. */
  site: string;
  question: Question;
  signal: AbortSignal | undefined;
  answer: PromiseWithResolvers<Answered>;
}

let gathered: Asked[] = [];

/** Asks a question of a site together with all others of this moment. Rejects with `ApiError`. */
export function askTogether(site: string, question: Question, signal?: AbortSignal): Promise<Answered> {
  const answer = Promise.withResolvers<Answered>();
  if (gathered.push({ site, question, signal, answer }) === 1) queueMicrotask(send);
  return answer.promise;
}

function send(): void {
  const wanted = gathered.filter(({ signal }) => !signal?.aborted);
  gathered = [];
  for (const [site, all] of Map.groupBy(wanted, (one) => one.site)) {
    for (let from = 0; from < all.length; from += QUERY_LIMITS.together) {
      void ask(site, all.slice(from, from + QUERY_LIMITS.together));
    }
  }
}

async function ask(site: string, asked: Asked[]): Promise<void> {
  let lacking = unreachable();
  // Nobody is told not to answer any more: Postgres would go on all the same.
  try {
    const body = { site_id: site, queries: asked.map(({ question }) => question) };
    const response = await answerOf('POST', '/queries', body);
    for await (const line of lines(response)) {
      const { n, answer, problem, retry_after } = JSON.parse(line) as Line;
      if (answer) asked[n]?.answer.resolve(answer);
      else if (problem) asked[n]?.answer.reject(new ApiError(problem, retry_after ?? null));
    }
  } catch (error) {
    if (error instanceof ApiError) lacking = error;
  }
  // Of those that have their answer this changes nothing.
  for (const { answer } of asked) answer.reject(lacking);
}

interface Line {
  n: number;
  answer?: Answered;
  problem?: ProblemJson;
  retry_after?: number;
}

/** Each line of an array of objects as it comes, without what stands between them. */
async function* lines(response: Response): AsyncGenerator<string> {
  let text = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    const whole = (text + part.value).split('\n');
    text = whole.pop() ?? '';
    for (const line of whole) yield line.replace(/^\[/, '').replace(/[,\]]$/, '');
  }
}
