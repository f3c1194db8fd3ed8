import { type SQL, sql } from 'drizzle-orm';

/**
 * A click as one number: the element's id in the dictionary, the kind (a place in `TOUCHES`), and where in the element, in
 * thousandths of its width and height. A row of twenty clicks takes 160 bytes, and Postgres sums them up as they are.
 */
export const packed = (element: SQL, kind: SQL, x: SQL, y: SQL): SQL =>
  sql`((${element}::bigint << 22) | (${kind}::bigint << 20) | (${x}::bigint << 10) | ${y}::bigint)`;

export const elementIn = (point: SQL): SQL => sql`(${point} >> 22)::int`;
export const kindIn = (point: SQL): SQL => sql`((${point} >> 20) & 3)::int`;
export const xIn = (point: SQL): SQL => sql`((${point} >> 10) & 1023)::int`;
export const yIn = (point: SQL): SQL => sql`(${point} & 1023)::int`;
