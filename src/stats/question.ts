import type { SQL } from 'drizzle-orm';
import type { Dimension, Filter, Metric, Query, Value } from '../contract/query.ts';
import type { GoalDefinition } from '../goals/match.ts';
import type { Blocks } from '../seals/mapping.ts';
import type { Bucket, Range } from './range.ts';

/** Whatever runs a statement: the deployment's database, or a test's own. */
export interface Sql {
  execute(statement: SQL): PromiseLike<{ rows: Record<string, unknown>[] }>;
}

/** A site as far as numbers are concerned. */
export interface Scoped {
  id: number;
  timezone: string;
  /** First day of its weeks: 1 is Monday, 7 Sunday. */
  week_start: number;
  mode: 'persistent' | 'cookieless';
  /** When single visits are kept from; null where all are. */
  kept: Date | null;
}

/**
 * Ids of the dictionary's words that filters name, by kind and value. Of a number Postgres knows how often it occurs; of one that is
 * looked up on the way it takes each to be as frequent as the others, and plans for a hundredth of a site's first page.
 */
export type Words = Record<string, number>;

/** The way that is wanted: the better one, rows alone, or, for tests, sealed days wherever there is one. */
export type Engine = 'any' | 'rows' | 'seals';

/**
 * A question with nothing left to look up: what is asked on one side, any way of answering it on the other. Names of
 * ranges have become moments, and names of goals their definitions.
 */
export interface Question {
  site: Scoped;
  metrics: Metric[];
  dimensions: Dimension[];
  filters: Filter[];
  range: Range;
  /** Where what visitors have done (`has_done`) is looked for, when that is more than the range. */
  deeds?: Range;
  /** Of the time dimension, when there is one. */
  buckets: Bucket[];
  /** Every goal that a filter or the goal dimension can mean, by name. */
  goals: GoalDefinition[];
  words: Words;
  order: Query['order_by'];
  page: Query['pagination'];
  /** Whether the rows before pagination are to be counted. */
  total: boolean;
  bots: boolean;
  /** When it is asked, milliseconds since 1970. */
  now: number;
  /** How far the site's days are sealed, milliseconds since 1970; null when none is. */
  sealed: number | null;
  /** From which day on all that are sealed have slices, a wall time of midnight; null where none has. */
  sliced: number | null;
  /** How its seals stood then, as `standing` has it: they are read while that is the same. */
  version: string | null;
  /** How far its days have bitmaps, a midnight, and in which blocks; null when none has. */
  bitmaps: { upto: number; blocks: Blocks } | null;
  /** About how many events there are in each month, of all sites: by its partition's name. */
  months: Record<string, number>;
  engine: Engine;
}

/** Rows in order; dimensions as text, missing values as their label. */
export interface Found {
  rows: { dimensions: string[]; metrics: Value[] }[];
  /** Before pagination; null where nobody asked. */
  total: number | null;
}
