import type { QuarantineJson } from '../../contract/api.ts';
import { duration } from '../format.ts';

/** An event in quarantine, as a person would call it. */
export interface Held {
  title: string;
  /** What else is known of it, in a few words. */
  more: string[];
  /** When it happened; null when it doesn't say. */
  time: number | null;
  /** Whether it can be tried again: a recording's piece is kept without its bytes. */
  releasable: boolean;
}

export function held({ event }: QuarantineJson): Held {
  const text = (key: string) => (typeof event[key] === 'string' ? event[key] : '');
  const number = (key: string) => (typeof event[key] === 'number' ? event[key] : null);
  const time = number('time');
  if (event.type === 'chunk') return { title: 'A piece of a recording', more: [], time, releasable: false };
  if (event.type === 'engagement') {
    const more = [`${duration((number('engaged') ?? 0) / 1000)} engaged`, `${number('scroll') ?? 0} % scrolled`];
    return { title: 'Time spent on a page', more, time, releasable: true };
  }
  const page = text('page');
  const more: string[] = [];
  if (text('hostname')) more.push(text('hostname'));
  if (text('amount')) more.push(`${text('amount')} ${text('currency')}`.trim());
  const props = event.props && typeof event.props === 'object' ? Object.entries(event.props) : [];
  for (const [key, value] of props.slice(0, 3)) more.push(`${key}: ${String(value)}`);
  if (props.length > 3) more.push(`${props.length - 3} more`);
  const title =
    event.view === true ? `Page view of ${page}` : `${text('name') || 'An event'}${page ? ` on ${page}` : ''}`;
  return { title, more, time, releasable: true };
}

/** What Postgres meant by its SQLSTATE's class. */
export function meant(reason: string): string {
  const known: Record<string, string> = {
    22: 'A value does not fit where it belongs.',
    23: 'It contradicts what is stored already.',
    54: 'It is larger than Postgres can hold.',
  };
  return known[reason.slice(0, 2)] ?? 'Postgres refused it.';
}
