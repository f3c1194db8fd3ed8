import { z } from 'zod';
import { accounts } from './nouns/accounts.ts';
import { annotations } from './nouns/annotations.ts';
import { bots } from './nouns/bots.ts';
import { compat } from './nouns/compat.ts';
import { document } from './nouns/document.ts';
import { goals } from './nouns/goals.ts';
import { hits } from './nouns/hits.ts';
import { numbers } from './nouns/numbers.ts';
import { recordings } from './nouns/recordings.ts';
import { segments } from './nouns/segments.ts';
import { sites } from './nouns/sites.ts';
import { status } from './nouns/status.ts';
import type { Noun } from './route.ts';

/**
 * Every route: what it is for, what it takes, what it gives, how it refuses. The schemas are those that the handlers parse
 * with. A route that is missing here, or does something else than it says, fails `test/worker/openapi.test.ts`.
 */

/** The nouns of the API, in the order in which a newcomer meets them. */
export const NOUNS: Noun[] = [
  numbers,
  segments,
  annotations,
  goals,
  recordings,
  sites,
  bots,
  status,
  accounts,
  hits,
  compat,
  document,
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
