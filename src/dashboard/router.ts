import { useEffect, useState } from 'preact/hooks';

/** The state of the dashboard is its address; this is all there is to it. */
export interface Place {
  path: string;
  /** With its `?`; empty without. */
  search: string;
}

const heard = new Set<() => void>();

export function place(): Place {
  return { path: location.pathname, search: location.search };
}

/** Goes to an address of the dashboard. `replace` for a change that "back" should not undo step by step. */
export function go(href: string, { replace = false } = {}): void {
  const url = new URL(href, location.href);
  if (url.href === location.href) return;
  const samePage = url.pathname === location.pathname;
  if (replace) history.replaceState(history.state, '', url);
  else history.pushState(INSIDE, '', url);
  if (!samePage) scrollTo(0, 0);
  for (const tell of heard) tell();
}

/** Of an entry of the history that was come to from the one before. */
const INSIDE = 'inside';

/** Goes back to where this page was opened from, as it was; where that is not this dashboard, to `otherwise`. */
export function back(otherwise: string): void {
  if (history.state === INSIDE) history.back();
  else go(otherwise, { replace: true });
}

/** The address now, and again whenever it changes. */
export function usePlace(): Place {
  const [now, setNow] = useState(place);
  useEffect(() => {
    const tell = () => setNow(place());
    heard.add(tell);
    tell();
    return () => void heard.delete(tell);
  }, []);
  return now;
}

/** `/sites/:id/goals` against a path: its parameters, or null. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/');
  const have = path.replace(/(?<=.)\/$/, '').split('/');
  if (want.length !== have.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const given = have[i] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decode(given);
    else if (part !== given) return null;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Ordinary `<a href>`s of this dashboard change the address without a load; once for the document. */
export function followLinks(): () => void {
  const click = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link?.href || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    go(link.href);
  };
  const popped = () => {
    for (const tell of heard) tell();
  };
  document.addEventListener('click', click);
  addEventListener('popstate', popped);
  return () => {
    document.removeEventListener('click', click);
    removeEventListener('popstate', popped);
  };
}
