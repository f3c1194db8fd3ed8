import { z } from 'zod';
import { readQuery } from './phrase.ts';
import { Query, type View } from './query.ts';

export { printQuery } from './phrase.ts';

/**
 * A query as an address that a person can read and edit:
 * `period=30d&filters=is:country:EE,FI&filters=contains:page:/shop&compare=previous_period`.
 * `printQuery` and `parseQuery` are inverse. Other parameters are nobody's business here.
 */

/**
 * @param search a query string, with or without `?`
 * @throws ZodError as `Query` does, for what can't be understood
 */
export function parseQuery(search: string): View {
  const { site_id: _, ...view } = Query.parse({ site_id: 1, ...formed(() => readQuery(search)) });
  return view;
}

function formed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The one that is an `Error`, too: what routes throw has to be.
    throw new z.ZodRealError([{ code: 'custom', path: ['filters'], message, input: undefined }]);
  }
}
