/**
 * Every refusal this product knows, with its status. The code is stable: clients may switch on it.
 * On the wire it is RFC 9457 `application/problem+json`, and the code stands in `X-Footfall-Reason` too,
 * so that "why is my hit missing" is answered in the network tab.
 */
export const PROBLEMS = {
  malformed_json: 400,
  malformed_chunk: 400,
  bad_request: 400,
  unknown_website: 400,
  not_signed_in: 401,
  bad_credentials: 401,
  unknown_key: 403,
  read_only_key: 403,
  wrong_origin: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  already_set_up: 409,
  conflict: 409,
  site_deleted: 410,
  body_too_large: 413,
  invalid: 422,
  too_costly: 422,
  too_many_requests: 429,
  internal: 500,
  database_unavailable: 503,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that is wrong with what was sent: `path` as `filters[0][2]`, `message` in plain words. */
export interface Issue {
  path: string;
  message: string;
}

/** The one error class that routes throw; `app.onError` turns it into a response. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly issues: Issue[] | undefined;
  readonly retryAfter: number | undefined;

  /**
   * @param detail one sentence for a person: what is wrong and what would be right
   * @param more `issues` for 422, `retryAfter` in seconds for 429 and 503
   */
  constructor(code: ProblemCode, detail: string, more: { issues?: Issue[]; retryAfter?: number } = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.status = PROBLEMS[code];
    this.issues = more.issues;
    this.retryAfter = more.retryAfter;
  }

  toJSON() {
    const { code, status, message, issues } = this;
    return {
      type: `about:blank#${code}`,
      title: code.replaceAll('_', ' '),
      status,
      code,
      detail: message,
      issues,
    };
  }

  toResponse(): Response {
    const { code, status, retryAfter } = this;
    const headers = new Headers({ 'content-type': 'application/problem+json', 'x-footfall-reason': code });
    if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
    return new Response(JSON.stringify(this), { status, headers });
  }
}

/** What is right but for one thing, which no schema could know: 422 with its path. */
export function invalidAt(path: PropertyKey[], message: string): Problem {
  const where = writtenPath(path);
  return new Problem('invalid', `${where}: ${message}`, { issues: [{ path: where, message }] });
}

/** `['filters', 0, 2]` as `filters[0][2]`. */
export function writtenPath(path: PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i ? `.${String(step)}` : String(step)))
    .join('');
}
