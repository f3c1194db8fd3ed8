import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api.ts';

/** What a page knows of an answer. */
export interface Data<T> {
  /** The last answer: this question's, or the one before until this one's has come. */
  data: T | undefined;
  /** Why there is nothing newer. */
  error: ApiError | null;
  /** `data` answers an earlier question: dim it, keep its place. */
  stale: boolean;
  /** Asks again; the old answer stays meanwhile. */
  refresh: () => void;
}

const known = new Map<string, unknown>();
const KEPT = 'footfall.data.';
const KEPT_CHARS = 200_000;

/**
 * The answer to `load`, named by `key` (null: don't ask). Answers are remembered, in the session's storage too, so that
 * a page is painted with its last numbers at once. What passes by itself (offline, 429, 5xx) is asked again by itself.
 */
export function useData<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Data<T> {
  const [state, setState] = useState<{ key: string | null; data: T | undefined; error: ApiError | null }>(() => ({
    key,
    data: key === null ? undefined : recall<T>(key),
    error: null,
  }));
  const [turn, setTurn] = useState(0);
  const loading = useRef(load);
  loading.current = load;

  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    setState((old) => (old.key === key ? old : settle(old, key)));
    const attempt = () => {
      loading.current(abort.signal).then(
        (data) => {
          if (abort.signal.aborted) return;
          remember(key, data);
          setState({ key, data: data as T, error: null });
        },
        (thrown: unknown) => {
          if (abort.signal.aborted) return;
          const error =
            thrown instanceof ApiError ? thrown : new ApiError({ status: 0, code: 'internal', detail: String(thrown) });
          setState((old) => ({ ...old, error }));
          if (error.passing) timer = setTimeout(attempt, (error.retryAfter ?? Math.min(30, 2 ** tries++)) * 1000);
        },
      );
    };
    attempt();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, turn]);

  const refresh = useCallback(() => setTurn((n) => n + 1), []);
  const remembered = key !== null && state.key !== key ? recall<T>(key) : undefined;
  const data = remembered ?? state.data;
  return { data, error: state.error, stale: data !== undefined && state.key !== key && !remembered, refresh };
}

/** The new question's remembered answer if there is one, else the old answer under the old key, which makes it stale. */
function settle<T>(old: { key: string | null; data: T | undefined; error: ApiError | null }, key: string) {
  const data = recall<T>(key);
  return data === undefined ? { ...old, error: null } : { key, data, error: null };
}

/** The last answer to a question, if this tab has ever had one. */
export function recall<T>(key: string): T | undefined {
  if (known.has(key)) return known.get(key) as T;
  try {
    const text = sessionStorage.getItem(KEPT + key);
    if (text === null) return undefined;
    const data = JSON.parse(text) as T;
    known.set(key, data);
    return data;
  } catch {
    return undefined;
  }
}

export function remember(key: string, data: unknown): void {
  known.set(key, data);
  try {
    const text = JSON.stringify(data);
    if (text.length < KEPT_CHARS) sessionStorage.setItem(KEPT + key, text);
  } catch {
    forget(false);
  }
}

/** Empties the session's storage of answers; with `all`, the memory too (at sign-out). */
export function forget(all = true): void {
  if (all) known.clear();
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(KEPT)) sessionStorage.removeItem(key);
  } catch {
    // Storage is switched off.
  }
}
