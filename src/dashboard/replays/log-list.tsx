import { useMemo, useState } from 'preact/hooks';
import { CONSOLE_LEVELS } from '../../contract/wire.ts';
import { clock } from '../format.ts';
import { logs as words } from '../words/logs.ts';
import { filtered, type Log, type LogFilter } from './logs.ts';
import { useFollow } from './use-follow.ts';
import './logs.css';

const KINDS: LogFilter['kind'][] = ['all', 'console', 'network'];

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
          aria-label={words.kind}
          value={filter.kind}
          onChange={({ currentTarget }) => set({ kind: currentTarget.value as LogFilter['kind'] })}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </select>
        <select
          aria-label={words.level}
          value={filter.level}
          onChange={({ currentTarget }) => set({ level: currentTarget.value as Log['level'] })}
        >
          {CONSOLE_LEVELS.map((level) => (
            <option key={level} value={level}>
              {words.levels[level]}
            </option>
          ))}
        </select>
        <input
          type="search"
          aria-label={words.text}
          placeholder={words.text}
          autoComplete="off"
          spellcheck={false}
          value={filter.text}
          onInput={({ currentTarget }) => set({ text: currentTarget.value })}
        />
      </div>
      <p class="sr" role="status">
        {words.lines(shown.length)}
      </p>
      {shown.length === 0 ? (
        <p class="story-none muted">{words.none}</p>
      ) : (
        <ol {...follow} class="story logs" aria-label={words.logs}>
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
                  <span class="sr">{log.kind === 'network' ? words.request : log.level}: </span>
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
