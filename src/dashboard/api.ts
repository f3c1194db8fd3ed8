import type { ProblemJson } from '../contract/api.ts';
import { go, place } from './router.ts';
import { common as words } from './words/common.ts';

/** A refusal of the API, or no answer at all (`offline`). */
export class ApiError extends Error {
  readonly status: number;
  /** The stable code of `problem+json`; `offline` when nothing answered. */
  readonly code: string;
  readonly issues: { path: string; message: string }[];
  /** Seconds, when the server said so. */
  readonly retryAfter: number | null;

  constructor(problem: Pick<ProblemJson, 'status' | 'code' | 'detail' | 'issues'>, retryAfter: number | null = null) {
    super(problem.detail);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.issues = problem.issues ?? [];
    this.retryAfter = retryAfter;
  }

  /** Worth asking again by itself. */
  get passing(): boolean {
    return this.code === 'offline' || this.status === 429 || this.status >= 500;
  }

  /** The complaint about one field, if there is one. */
  issue(path: string): string | undefined {
    return this.issues.find((one) => one.path === path || one.path.startsWith(`${path}[`))?.message;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Asks the API under `/api/v1`: `api<Me>('GET', '/me')`. Rejects with `ApiError`.
 * Whoever isn't signed in (any more) is taken to the sign-in page, and back here after it.
 */
export async function api<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await answerOf(method, path, body, signal);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The same, with the answer as it comes. */
export async function answerOf(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const response = await ask(method, path, body, signal);
  if (response.ok) return response;
  const error = await refusal(response);
  if (error.code === 'not_signed_in') toSignIn();
  throw error;
}

async function ask(method: Method, path: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  const init: RequestInit = { method, headers: { accept: 'application/json' } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.headers = { ...init.headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  return reach(`/api/v1${path}`, init);
}

/** Fetches; where nothing answers, that is an `ApiError` like any other. */
export async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw unreachable();
  }
}

/** No answer, or not the whole of it. */
export const unreachable = (): ApiError => new ApiError({ status: 0, code: 'offline', detail: words.unreachable });

/** A refusal as an error. */
export async function refusal(response: Response): Promise<ApiError> {
  const after = Number(response.headers.get('retry-after'));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
  const { status } = response;
  try {
    const problem = (await response.json()) as Partial<ProblemJson>;
    const { code = 'internal', detail = words.answered(status), issues = [] } = problem;
    return new ApiError({ status, code, detail, issues }, retryAfter);
  } catch {
    return new ApiError({ status, code: 'internal', detail: words.answered(status) }, retryAfter);
  }
}

function toSignIn(): void {
  const { path, search } = place();
  if (path === '/sign-in' || path === '/setup') return;
  go(`/sign-in?to=${encodeURIComponent(path + search)}`, { replace: true });
}

/** Where to go after the sign-in: the `to` of its address, if that is one of ours. */
export function returnAddress(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}
