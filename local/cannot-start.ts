/** Why the local stack can't start, in one line for the person at the terminal. */
export class CannotStart extends Error {}

/** What went wrong, as text. An error that gathers several (each address of a host) has no message of its own. */
export function reason(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return error.errors.map(reason).join('; ');
  return error instanceof Error ? error.message.split('\n', 1).join() : String(error);
}
