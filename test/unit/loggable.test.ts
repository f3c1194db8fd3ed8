import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { loggable } from '../../src/db/client.ts';

it('an error of the database is logged with its reason and its statement, never with the values bound to it', () => {
  const error = new DrizzleQueryError('insert into event values ($1)', ['/secret'], new Error('no such partition'));
  expect(loggable(error)).toBe('Error: no such partition; in: insert into event values ($1)');
  const other = new Error('something else');
  expect(loggable(other)).toBe(other);
});
