import type { Hit, SnippetConfig } from '../src/contract/wire.ts';
import { engagement } from './lib/engagement.ts';
import type { Born, Tracker, Visit } from './lib/footfall.ts';
import { guarded } from './lib/guarded.ts';
import { listen } from './lib/listen.ts';
import type { Part } from './lib/part.ts';
import { random } from './lib/random.ts';

/** The site's settings, each in its place, and what comes with every tracker or after it; the Worker writes them here. */
declare const __CONFIG__: SnippetConfig;
declare const __TITLE__: string | undefined;
declare const __CHOICE__: Part;
declare const __MORE__: Part;

/** Hits kept while they can't be sent. */
const MOST = 50;
/** UTF-16 units, three bytes each at worst, of what may go with keepalive: browsers allow 64 KiB of it at once. */
const KEEPALIVE = 2e4;
/** From this status on (too many requests, a broken server) a hit is kept; what is refused below it never gets better. */
const LATER = 428;
/** A page that changes its address several times within so many milliseconds is on its way to the last one. */
const SETTLED = 50;
/** `VISIT_IDLE_MS` of the contract: the snippet imports types only. */
const IDLE = 18e5;
/** Milliseconds of attention that are worth telling. */
const WORTH = 99;

guarded(() => {
  const { q: early = [], visit: again, ready } = window.footfall || {};
  if (again) return; // The tag stands twice in the page.

  const late: Born[] = [];

  /** Sends hits, with those before that could not be sent: those are `late`. */
  const send = (...hits: Born[]) => {
    const sent = [...late, ...hits];
    // Joined by hand: old libraries give Array a toJSON, which makes JSON.stringify write an array as text.
    const body = `[${sent.map((hit) => JSON.stringify({ ...hit, age: Date.now() - hit.age }))}]`;
    const keep = () => {
      late.unshift(...sent);
      late.splice(MOST);
    };
    fetch(__CONFIG__.hits, { method: 'POST', body, keepalive: body.length < KEEPALIVE }).then(
      ({ status }) => status > LATER && keep(),
      keep,
    );
    late.splice(0); // Only now: what can't be written as JSON, or a page's own fetch, may have thrown.
  };

  let seq = random();
  let view: { seq: number; url: string } | undefined;
  let reported = 0;

  /**
   * The visit now, made or renewed: `visitor.session.last` in one item of localStorage, so that all tabs share it.
   * A clock that went back ends a visit just as half an hour of silence does. Where nothing can be stored there are
   * no ids, and the edge derives them as in cookieless mode: better than a new visitor at every page.
   */
  const visit = (): Visit | undefined => {
    if (__CONFIG__.ids && !footfall.off)
      try {
        const now = Date.now();
        let [visitor, session, last] = (localStorage.footfall || '').split('.').map(Number);
        visitor ||= random();
        if (!(Math.abs(now - last) < IDLE)) session = random();
        localStorage.footfall = `${visitor}.${session}.${now}`;
        return { visitor, session };
      } catch {} // storage is absent or forbidden: counted without ids
    return undefined;
  };

  /** The page's address, with its hash where that counts: no address has a space in it. */
  const address = () => location.href.split(__CONFIG__.until)[0] as string;

  const hit = (more: Partial<Hit>) => {
    const born = {
      ...visit(),
      url: address(),
      title: __TITLE__,
      webdriver: navigator.webdriver,
      width: screen.width,
      ...more,
      ...footfall.who,
      seq: seq++,
      age: Date.now(),
    };
    if (more.name === 'pageview') {
      report();
      reported = 0;
      engagement(reported);
      view = born;
    }
    if (!footfall.off) send(born as Born);
    footfall.told?.(born as Born);
  };

  /** Tells how long and how far this page view was seen, if that has grown: two events tell of one leaving. */
  const report = () => {
    const seen = engagement();
    if (view && seen.engaged - reported > WORTH) {
      reported = seen.engaged;
      hit({ ...view, name: 'engagement', of: view.seq, ...seen });
    }
  };

  const call = guarded((name: string, props?: Hit['props'], revenue?: Hit['revenue']) =>
    hit({ name, props, revenue } as Hit),
  );

  const footfall = ((...args) => {
    if (view) call(...args);
    else early.push(args);
  }) as Tracker;

  const navigated = guarded((event?: PageTransitionEvent) => {
    const moved = () => event?.persisted || view?.url !== address();
    if (moved()) report(); // Now: soon the page that was left is no longer there to be measured.
    setTimeout(() => {
      if (moved()) hit({ name: 'pageview' });
    }, SETTLED);
  });

  const hook = (method: 'pushState' | 'replaceState') => {
    const original = history[method];
    history[method] = (...args) => {
      original.apply(history, args);
      navigated();
    };
  };

  const start = () => {
    if (view) return;
    hit({ name: 'pageview', referrer: document.referrer });
    early.map((args) => call(...args));
    listen('focus blur scroll pointermove', engagement);
    listen('pointerdown keydown', visit);
    // Safari does not always tell of a navigation by visibilitychange: https://webkit.org/b/151610
    listen('visibilitychange pagehide', report);
    // A page that comes back from the back/forward cache never loads again: https://web.dev/articles/bfcache
    listen<PageTransitionEvent>('popstate hashchange pageshow', navigated);
    hook('pushState');
    hook('replaceState');
    add(__MORE__);
  };

  const add = (part: Part) => part(footfall, listen, hit, late, send);

  window.footfall = Object.assign(footfall, {
    visit,
    add,
    // A page rendered ahead of time counts when a person sees it.
    begin: () =>
      (document as { prerendering?: boolean }).prerendering ? listen('prerenderingchange', start) : start(),
  });
  add(__CHOICE__);
  ready?.();
  if (!footfall.off) footfall.begin();
})();
