import type { PageCheck } from '../contract/api.ts';

/**
 * What a page's Content-Security-Policy says of a request, as far as it concerns a script from elsewhere and what it sends.
 * @see https://www.w3.org/TR/CSP3/#match-url-to-source-list
 */

type Directive = NonNullable<PageCheck['refused_by']>;

/** What asks, and the directives that may answer: the first that a policy has does. */
const ANSWERING = {
  script: ['script-src-elem', 'script-src', 'default-src'],
  pixel: ['img-src', 'default-src'],
  hit: ['connect-src', 'default-src'],
} as const satisfies Record<string, Directive[]>;

interface Request {
  as: keyof typeof ANSWERING;
  url: URL;
  /** Of a script's tag. Null: it has none; undefined: the tag isn't known. */
  nonce?: string | null | undefined;
}

/** The directive by which one of a page's policies refuses a request; null when all of them let it pass. */
export function refusing(policies: string[], request: Request, page: URL): Directive | null {
  for (const policy of policies.flatMap((one) => one.split(','))) {
    const directives = new Map<string, string[]>();
    for (const text of policy.split(';')) {
      const [name = '', ...sources] = text.trim().split(/\s+/);
      // The first of a name counts.
      if (!directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
    }
    const name = ANSWERING[request.as].find((one) => directives.has(one));
    if (name && !passes(directives.get(name) ?? [], request, page)) return name;
  }
  return null;
}

function passes(sources: string[], { as, url, nonce }: Request, page: URL): boolean {
  if (as === 'script') {
    const trusting = sources.filter((source) => /^'(nonce-|strict-dynamic)/i.test(source));
    // Whoever puts in a script that isn't in the page may have what it takes.
    if (nonce === undefined && trusting.length > 0) return true;
    if (nonce && trusting.includes(`'nonce-${nonce}'`)) return true;
    if (trusting.some((source) => source.toLowerCase() === "'strict-dynamic'")) return false;
  }
  return sources.some((source) => matches(source, url, page));
}

const SOURCE = /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(\/.*)?$/i;

function matches(source: string, url: URL, page: URL): boolean {
  if (source === '*') return /^https?:$/.test(url.protocol);
  if (source.toLowerCase() === "'self'") {
    return url.host === page.host && asSafe(page.protocol, url.protocol);
  }
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return asSafe(source.toLowerCase(), url.protocol);
  const [, scheme, host = '', port, path] = SOURCE.exec(source) ?? [];
  if (host === '' || source.startsWith("'")) return false;
  if (!asSafe(scheme ? `${scheme.toLowerCase()}:` : page.protocol, url.protocol)) return false;
  const name = host.toLowerCase();
  if (name.startsWith('*.') ? !url.hostname.endsWith(name.slice(1)) : name !== url.hostname) return false;
  const usual = url.protocol === 'https:' ? '443' : '80';
  if (port !== '*' && (url.port || usual) !== (port ?? usual)) return false;
  return !path || (path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path);
}

/** The scheme itself, or the encrypted one where the other is allowed. */
const asSafe = (allowed: string, used: string) => allowed === used || (allowed === 'http:' && used === 'https:');
