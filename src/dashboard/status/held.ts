import type { QuarantineJson } from '../../contract/api.ts';
import { duration } from '../format.ts';
import { status as words } from '../words/status.tsx';

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
  if (event.type === 'chunk') return { title: words.held.recording, more: [], time, releasable: false };
  if (event.type === 'engagement') {
    const more = [
      words.held.engaged(duration((number('engaged') ?? 0) / 1000)),
      words.held.scrolled(number('scroll') ?? 0),
    ];
    return { title: words.held.engagement, more, time, releasable: true };
  }
  const page = text('page');
  const more: string[] = [];
  if (text('hostname')) more.push(text('hostname'));
  if (text('amount')) more.push(`${text('amount')} ${text('currency')}`.trim());
  const props = event.props && typeof event.props === 'object' ? Object.entries(event.props) : [];
  for (const [key, value] of props.slice(0, 3)) more.push(`${key}: ${String(value)}`);
  if (props.length > 3) more.push(words.held.more(props.length - 3));
  const name = text('name') || words.held.event;
  const happened = page ? words.held.on(name, page) : name;
  return { title: event.view === true ? words.held.view(page) : happened, more, time, releasable: true };
}

/** What Postgres meant by its SQLSTATE's class. */
export function meant(reason: string): string {
  const known: Record<string, string> = words.meant;
  return known[reason.slice(0, 2)] ?? words.refused;
}
