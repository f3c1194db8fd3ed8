import type { Context as HonoContext } from 'hono';
import type { Context } from '../app.ts';
import type { Problem } from '../problem.ts';
import { refusalOf } from '../refusal.ts';

/**
 * One JSON array with an answer, or the reason why there is none, to each of several questions, in the order in which they come
 * to be there: `[{"n":2,"answer":{…}},⏎{"n":0,"problem":{…}}]`. Each is a line, so that who reads along has the first before the last is there.
 * @param answer an answer as JSON
 */
export function asTheyCome<T>(
  c: HonoContext<Context>,
  questions: T[],
  answer: (question: T) => Promise<string>,
): Response {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  let before = '[';
  const write = (text: string) => {
    const line = encoder.encode(before + text);
    before = ',\n';
    return writer.write(line);
  };
  const each = questions.map(async (question, n) => {
    const told = await answer(question).then(
      (json) => `"answer":${json}`,
      (error) => problem(refusalOf(error, `${c.req.method} ${c.req.path} ${n}`)),
    );
    await write(`{"n":${n},${told}}`);
  });
  // Who left early reads nothing of the rest.
  const done = Promise.all(each)
    .then(() => writer.write(encoder.encode(']\n')))
    .then(() => writer.close());
  c.executionCtx.waitUntil(done.catch(() => undefined));
  return new Response(readable, { headers: { 'content-type': 'application/json' } });
}

const problem = (refusal: Problem): string => {
  const { retryAfter } = refusal;
  const after = retryAfter === undefined ? '' : `,"retry_after":${retryAfter}`;
  return `"problem":${JSON.stringify(refusal)}${after}`;
};
