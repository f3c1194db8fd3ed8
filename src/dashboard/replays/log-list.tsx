import { useMemo, useState } from 'preact/hooks';
import { CONSOLE_LEVELS } from '../../contract/wire.ts';
import { clock, plural } from '../format.ts';
import { filtered, type Log, type LogFilter } from './logs.ts';
import { useFollow } from './use-follow.ts';
import './logs.css';

const KINDS: { value: LogFilter['kind']; label: string }[] = [
  { value: 'all', label: 'All kinds' },
  { value: 'console', label: 'Console' },
  { value: 'network', label: 'Requests' },
];

const LEVELS: Record<Log['level'], string> = {
  debug: 'All levels',
  log: 'From log on',
  info: 'From info on',
  warn: 'Warnings and errors',
  error: 'Errors',
};

interface Props {
  logs: Log[];
  /** Where the recording begins. */
  from: number;
  time: number;
  onSeek: (time: number) => void;
}

/** Console and requests beside the picture; each line a jump to its moment. */
export function LogList({ logs, from, time, onSeek }: Props) {
  const [filter, setFilter] = useState<LogFilter>({ kind: 'all', level: 'debug', text: '' });
  const shown = useMemo(() => filtered(logs, filter), [logs, filter]);
  const now = shown.findLastIndex((log) => log.time <= time);
  const follow = useFollow(now);
  const set = (more: Partial<LogFilter>) => setFilter({ ...filter, ...more });
  return (
    <>
      <div class="log-filter">
        <select
          aria-label="Kind"
          value={filter.kind}
          onChange={({ currentTarget }) => set({ kind: currentTarget.value as LogFilter['kind'] })}
        >
          {KINDS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <select
          aria-label="Level"
          value={filter.level}
          onChange={({ currentTarget }) => set({ level: currentTarget.value as Log['level'] })}
        >
          {CONSOLE_LEVELS.map((level) => (
            <option key={level} value={level}>
              {LEVELS[level]}
            </option>
          ))}
        </select>
        <input
          type="search"
          aria-label="Text"
          placeholder="Text"
          autoComplete="off"
          spellcheck={false}
          value={filter.text}
          onInput={({ currentTarget }) => set({ text: currentTarget.value })}
        />
      </div>
      <p class="sr" role="status">
        {plural(shown.length, 'line')}
      </p>
      {shown.length === 0 ? (
        <p class="story-none muted">No line is like that.</p>
      ) : (
        <ol {...follow} class="story logs" aria-label="Console and requests">
          {shown.map((log, i) => (
            <li key={`${log.time} ${i}`} class={i > now ? 'later' : ''}>
              <button
                type="button"
                class="story-line"
                data-level={log.level}
                aria-current={i === now ? 'step' : undefined}
                onClick={() => onSeek(log.time)}
              >
                <span class="story-time">{clock((log.time - from) / 1000)}</span>
                <span class="log-text">
                  <span class="sr">{log.kind === 'network' ? 'Request' : log.level}: </span>
                  <span class="story-title" title={log.text}>
                    {log.text}
                  </span>
                  {log.detail && <span class="story-detail">{log.detail}</span>}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
