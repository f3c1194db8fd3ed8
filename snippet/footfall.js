/**
 * The snippet as a module, for pages that are bundled: its types and what it does are told in `footfall.d.ts`. Plain
 * JavaScript, so that a bundler takes it as it is. Without side effects until something is called.
 */

/** Calls kept for a script that may never come: there are people who block it. */
const MOST = 100;

/** What must be done before the script counts anything: who this is, and whether they agree. */
const waiting = [];

/** The page's own stub, or a new one; an element whose id is `footfall` is none. */
const stub = () => {
  if (typeof window.footfall !== 'function') {
    window.footfall = (...args) => {
      window.footfall.q.push(args);
    };
  }
  window.footfall.q ||= [];
  return window.footfall;
};

/** @param {string} [method] without one it is an event */
const call = (method, args) => {
  if (typeof window === 'undefined') return;
  const there = window.footfall;
  if (there?.add) {
    if (method) there[method]?.(...args);
    else there(...args);
    return;
  }
  const { q } = stub();
  if (!method) {
    if (q.length < MOST) q.push(args);
    return;
  }
  if (waiting.length === 0) {
    const { ready } = window.footfall;
    window.footfall.ready = () => {
      ready?.();
      for (const [name, given] of waiting.splice(0)) window.footfall[name]?.(...given);
    };
  }
  if (waiting.length < MOST) waiting.push([method, args]);
};

const later =
  (method) =>
  (...args) =>
    call(method, args);

export const footfall = Object.assign(later(), {
  identify: later('identify'),
  consent: later('consent'),
  optOut: later('optOut'),
  optIn: later('optIn'),
  ignore: later('ignore'),
});
