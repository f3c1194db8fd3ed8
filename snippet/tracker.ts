import type { Hit, SnippetConfig } from '../src/contract/wire.ts';
import { engagement, watchEngagement } from './lib/engagement.ts';
import type { Call, Footfall, Shared } from './lib/footfall.ts';
import { guarded } from './lib/guarded.ts';
import { listen } from './lib/listen.ts';
import { loadRecorder } from './lib/loadRecorder.ts';
import { onActivity } from './lib/onActivity.ts';
import { onHidden } from './lib/onHidden.ts';
import { onNavigate } from './lib/onNavigate.ts';
import { random } from './lib/random.ts';
import { sender } from './lib/sender.ts';
import { storedVisit } from './lib/storedVisit.ts';
import { whenActivated } from './lib/whenActivated.ts';
import { whenCalm } from './lib/whenCalm.ts';

/** The site's settings; the Worker writes them here. */
declare const __CONFIG__: SnippetConfig;

guarded(() => {
  const early = window.footfall?.q || [];
  if (window.footfall?.shared) return; // The tag stands twice in the page.

  const config = __CONFIG__;
  const visit = config.mode === 'cookieless' ? () => ({}) : storedVisit;
  const send = sender(`${config.host}/e/${config.key}`);
  const shared: Shared = { config, visit };

  let seq = (random() % 2 ** 32) * 2 ** 20;
  let view: (Hit & { seq: number }) | undefined;
  let reported = 0;

  /** The page's address, with its hash where that counts: no address has a space in it. */
  const address = () => location.href.split(config.hash ? ' ' : '#')[0] as string;

  const hit = (name: string, more: object) => {
    const { language, webdriver } = navigator;
    const made = { name, url: address(), seq: seq++, ...visit(), width: screen.width, language, webdriver, ...more };
    send(made);
    return made;
  };

  /** Tells how long and how far this page view was seen, if that has grown: two events tell of one leaving. */
  const report = () => {
    const now = engagement();
    const seen = now.engaged + 100 * now.scroll;
    if (!view || seen < reported + 100) return;
    reported = seen;
    send({ ...view, name: 'engagement', seq: seq++, of: view.seq, ...now });
  };

  const pageview = (more: object) => {
    engagement(true);
    reported = 0;
    view = hit('pageview', more);
  };

  const call = guarded((...[name, props, revenue]: Call) => {
    if (name === 'pageview') {
      report();
      pageview({ props });
    } else hit(name, { props, revenue });
  });

  const footfall: Footfall = (...args) => {
    if (view) call(...args);
    else early.push(args);
  };
  footfall.shared = shared;
  window.footfall = footfall;

  whenActivated(() => {
    watchEngagement();
    onActivity(visit);
    pageview({ referrer: document.referrer });
    for (const args of early) call(...args);
    onNavigate(() => {
      if (view?.url === address()) return;
      call('pageview');
      shared.navigated?.();
    });
    onHidden(report);
    // A page that comes back from the back/forward cache never loads again: https://web.dev/articles/bfcache
    listen<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && pageview({}));
    whenCalm(() => loadRecorder(config, visit()));
  });
})();
