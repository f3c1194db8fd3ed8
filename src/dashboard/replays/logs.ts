import type { ReplayChunkJson } from '../../contract/api.ts';
import { CONSOLE_LEVELS, type ConsoleLevel } from '../../contract/wire.ts';
import { bytes, duration } from '../format.ts';
import { logs as words } from '../words/logs.ts';
import type { Facts } from './facts.ts';
import type { Timeline } from './timeline.ts';

/** One line of the console, or one request. */
export interface Log {
  /** Milliseconds since 1970, server clock. */
  time: number;
  kind: 'console' | 'network';
  level: ConsoleLevel;
  text: string;
  /** Of a request: status, time, sizes. */
  detail: string;
  /** An error that nobody caught: the story has it, too. */
  uncaught?: boolean;
}

/** What the recorder says in a custom event, as far as it is what that should be; anybody may have made it. */
export function logsOf(tag: string, payload: unknown, time: number, skew: number): Log[] {
  if (tag !== 'console' && tag !== 'network') return [];
  const given = (payload ?? {}) as Record<string, unknown>;
  const number = (name: string) => (typeof given[name] === 'number' ? (given[name] as number) : undefined);
  const left = number('left');
  if (left !== undefined) {
    const text = left > 0 ? words.left(left) : words.noMore;
    return [{ time, kind: tag, level: 'info', text, detail: words.tooMany }];
  }
  if (tag === 'console') {
    const level = CONSOLE_LEVELS.find((one) => one === given.level) ?? 'log';
    return [{ time, kind: tag, level, text: typeof given.text === 'string' ? given.text : '', detail: '' }];
  }
  const [at, status, ms, up, down] = ['at', 'status', 'ms', 'up', 'down'].map(number);
  const detail = [
    status === 0 ? words.noAnswer : status,
    ms !== undefined && (ms < 10_000 ? `${ms} ms` : duration(ms / 1_000)),
    up && words.sent(bytes(up)),
    down && words.received(bytes(down)),
  ];
  const asked = [given.method, given.url].filter((word) => typeof word === 'string');
  return [
    {
      time: at === undefined ? time : at + skew,
      kind: tag,
      level: status === 0 || (status ?? 0) >= 400 ? 'error' : 'log',
      text: asked.join(' '),
      detail: detail.filter(Boolean).join(' · '),
    },
  ];
}

/** All that is known of console and requests, in order; errors that nobody caught among them. */
export function logs(
  { strips, from, to }: Timeline,
  factsOf: (chunk: ReplayChunkJson) => Facts | undefined,
): { all: Log[]; any: boolean } {
  const all: Log[] = [];
  let any = false;
  for (const chunk of strips.flatMap((strip) => strip.chunks)) {
    const known = factsOf(chunk);
    any ||= Boolean(known?.logs.length);
    for (const log of known?.logs ?? []) all.push({ ...log, time: Math.max(from, Math.min(to, log.time)) });
    for (const { kind, time, text } of known?.moments ?? [])
      if (kind === 'error')
        all.push({ time, kind: 'console', level: 'error', text: words.uncaught(text), detail: '', uncaught: true });
  }
  return { all: all.sort((a, b) => a.time - b.time), any };
}

export interface LogFilter {
  kind: 'all' | Log['kind'];
  /** This level and those above. */
  level: ConsoleLevel;
  text: string;
}

/** Those that a filter lets through. */
export function filtered(all: Log[], { kind, level, text }: LogFilter): Log[] {
  const least = CONSOLE_LEVELS.indexOf(level);
  const wanted = text.trim().toLowerCase();
  return all.filter(
    (log) =>
      (kind === 'all' || log.kind === kind) &&
      CONSOLE_LEVELS.indexOf(log.level) >= least &&
      `${log.text} ${log.detail}`.toLowerCase().includes(wanted),
  );
}
