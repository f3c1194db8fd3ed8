import type { z } from 'zod';
import type { ProblemCode } from '../problem.ts';

/** A route as the API's document describes it. */
export interface Route {
  /** What a generated client calls it: unique. */
  id: string;
  summary: string;
  description: string;
  /** The credentials that it asks for. `session`: signed in, no key will do; `share`: a recording's link. */
  needs: 'nothing' | 'read' | 'write' | 'session' | 'share';
  /** What may stand behind the `?`. */
  query?: z.ZodType;
  /** The body: the schema that the handler parses it with, or bytes of a kind of their own. */
  takes?: z.ZodType | Bytes;
  /** A body that is taken as it stands, but for the site's id. */
  example?: object;
  gives: Gives;
  /** Its own refusals; those that follow from the rest are in `problems.ts`. */
  refuses?: ProblemCode[];
  /** The route's address where the Worker writes it in another way. */
  route?: string;
}

/** What belongs together of the API: its routes by method and address. */
export interface Noun {
  name: string;
  says: string;
  routes: Record<string, Route>;
}

/** Bytes that are no JSON: their media type, and what they are. `holds` is JSON in them that `says` speaks of by its name. */
export interface Bytes {
  media: string;
  says: string;
  holds?: z.ZodType;
}

/** The answer when all went well. */
export interface Gives {
  status: number;
  /** JSON, or bytes; neither: no body. */
  body?: z.ZodType | Bytes;
  /** In one sentence, where the body's schema doesn't say it. */
  says?: string;
  example?: unknown;
  /** It has an `ETag`: with that, a GET asks whether it is still the same. */
  tagged?: true;
  /** When there is nothing to say, and it is 204. */
  silent?: string;
}

type More = Pick<Gives, 'says' | 'example' | 'tagged' | 'silent'>;

export const ok = (body: z.ZodType | Bytes, more: More = {}): Gives => ({ status: 200, body, ...more });
export const made = (body: z.ZodType, more: More = {}): Gives => ({ status: 201, body, ...more });
export const taken = (body: z.ZodType | Bytes, more: More = {}): Gives => ({ status: 202, body, ...more });
export const nothing = (says: string, status = 204): Gives => ({ status, says });

export const isBytes = (body: z.ZodType | Bytes): body is Bytes => 'media' in body;

/** Whether it is the owner's, and not what strangers' browsers call. */
export const isControl = (address: string) => address.includes(' /api/v1/');
