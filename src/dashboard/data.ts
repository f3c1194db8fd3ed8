import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
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

interface Asking {
  /** Asks again whenever it changes; while an answer is on its way, after that one, so that nothing starves. */
  turn?: number;
  /** Asks before others do: because more is asked of its answer, or it is what somebody came for. */
  first?: boolean;
}

interface Known<T> {
  /** The question that `data` answers. */
  key: string | null;
  data: T | undefined;
  error: ApiError | null;
}

/**
 * The answer to `load`, named by `key` (null: don't ask). Answers are remembered, in the session's storage too, so that
 * a page is painted with its last numbers at once. What passes by itself (offline, 429, 5xx) is asked again by itself.
 */
export function useData<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  { turn = 0, first = false }: Asking = {},
): Data<T> {
  const [state, setState] = useState<Known<T>>(() => ({ key, data: key ? recall<T>(key) : undefined, error: null }));
  const ask = useRef<() => void>(() => {});
  const loading = useRef(load);
  const lastTurn = useRef(turn);
  loading.current = load;

  useEffect(() => {
    if (key !== null) setState((old) => (old.key === key ? old : settle(old, key)));
  }, [key]);

  const begin = (key: string) => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let tries = 0;
    let busy = false;
    let again = false;
    const attempt = () => {
      clearTimeout(timer);
      busy = true;
      again = false;
      (taken<T>(key) ?? loading.current(abort.signal)).then(done, failed);
    };
    const done = (data: T) => {
      if (abort.signal.aborted) return;
      busy = false;
      tries = 0;
      remember(key, data);
      setState({ key, data, error: null });
      if (again) attempt();
    };
    const failed = (thrown: unknown) => {
      if (abort.signal.aborted) return;
      busy = false;
      const error =
        thrown instanceof ApiError ? thrown : new ApiError({ status: 0, code: 'internal', detail: String(thrown) });
      setState((old) => ({ ...old, error }));
      if (error.passing) timer = setTimeout(attempt, (error.retryAfter ?? Math.min(30, 2 ** tries++)) * 1000);
    };
    ask.current = () => {
      if (busy) again = true;
      else attempt();
    };
    const askAgain = () => ask.current();
    shown.add(askAgain);
    attempt();
    return () => {
      shown.delete(askAgain);
      abort.abort();
      clearTimeout(timer);
      ask.current = () => {};
    };
  };
  // What was asked ahead is taken at once; asking takes a while, and what changes is to be seen before.
  const early = useRef(false);
  useLayoutEffect(() => {
    early.current = key !== null && (first || ahead.has(key));
    return early.current && key !== null ? begin(key) : undefined;
  }, [key]);
  useEffect(() => (key === null || early.current ? undefined : begin(key)), [key]);

  useEffect(() => {
    if (lastTurn.current !== turn) ask.current();
    lastTurn.current = turn;
  }, [turn]);

  const refresh = useCallback(() => ask.current(), []);
  if (state.key === key) return { ...state, stale: false, refresh };
  // The effect has not run yet, or the answer is on its way.
  const remembered = key === null ? undefined : recall<T>(key);
  if (remembered !== undefined) return { data: remembered, error: null, stale: false, refresh };
  return { data: state.data, error: state.error, stale: state.data !== undefined, refresh };
}

/** The same of what is wanted; null asks nothing. */
export const useWanted = <T>(wanted: Wanted<T> | null, asking?: Asking): Data<T> =>
  useData<T>(wanted?.key ?? null, wanted?.load ?? ((signal) => Promise.reject(signal.reason)), asking);

/** The new question's remembered answer if there is one, else the old answer under the old key, which makes it stale. */
function settle<T>(old: Known<T>, key: string): Known<T> {
  const data = recall<T>(key);
  return data === undefined ? { ...old, error: null } : { key, data, error: null };
}

/** Something to ask: by which name its answer is kept, and how. */
export interface Wanted<T> {
  key: string;
  load: (signal?: AbortSignal) => Promise<T>;
}

/** Answers that were asked for before there was what shows them. */
const ahead = new Map<string, Promise<unknown>>();
/** What nobody took by then is old. */
const AHEAD_MS = 10_000;

/** Asks what a page will ask. */
export function askAhead({ key, load }: Wanted<unknown>): void {
  const answer = load();
  // Told to whoever takes it.
  answer.catch(() => undefined);
  ahead.set(key, answer);
  setTimeout(() => ahead.get(key) === answer && ahead.delete(key), AHEAD_MS);
}

function taken<T>(key: string): Promise<T> | undefined {
  const answer = ahead.get(key);
  ahead.delete(key);
  return answer as Promise<T> | undefined;
}

/** Asks again, one for each answer that is shown somewhere. */
const shown = new Set<() => void>();

/** Something was changed that any answer may depend on: what is kept goes, what is shown is asked anew. */
export function renew(): void {
  forget();
  for (const ask of shown) ask();
}

const known = new Map<string, unknown>();
const KEPT = 'footfall.data.';
const KEPT_CHARS = 200_000;

/** The last answer to a question, if this tab has ever had one. */
function recall<T>(key: string): T | undefined {
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

function remember(key: string, data: unknown): void {
  known.set(key, data);
  try {
    const text = JSON.stringify(data);
    if (text.length < KEPT_CHARS) sessionStorage.setItem(KEPT + key, text);
  } catch {
    // Full: start anew rather than keep what is old.
    forget(false);
  }
}

/** Empties the session's storage of answers; with `all`, the memory too (at sign-out). */
export function forget(all = true): void {
  if (all) {
    known.clear();
    ahead.clear();
  }
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(KEPT)) sessionStorage.removeItem(key);
  } catch {
    // Storage is switched off.
  }
}
