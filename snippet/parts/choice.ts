import type { SnippetConfig } from '../../src/contract/wire.ts';
import type { Who } from '../lib/footfall.ts';
import { guarded } from '../lib/guarded.ts';
import { kept } from '../lib/kept.ts';
import type { Part } from '../lib/part.ts';

declare const __CONFIG__: SnippetConfig;

/** What visitors choose, and who they are: consent, opt-out, the owner's own browser, `identify`. Every site has it. */
export const choice: Part = (footfall, _on, _hit, late) => {
  const who: Who = { ignore: kept().footfall_ignore === 'true' || undefined };
  const consent = guarded((given: unknown) => {
    footfall.off = !given;
    if (!given || !kept().footfall) kept({ footfall: given ? '0' : '' });
    if (given) footfall.begin();
    else {
      late.length = 0;
      kept({ footfall_late: '' });
      footfall.stop?.();
    }
  });
  footfall.off = !(kept().footfall ?? !__CONFIG__.consent);
  footfall.who = who;
  footfall.consent = consent;
  footfall.optIn = () => consent(true);
  footfall.optOut = () => consent(false);
  footfall.ignore = guarded((yes: unknown = true) => {
    who.ignore = !!yes || undefined;
    if (yes) {
      kept({ footfall_ignore: 'true' });
      footfall.stop?.();
    } else delete kept().footfall_ignore;
  });
  // For owners without a console: an address of their site that they open once.
  const [, wish] = location.hash.split('#footfall=');
  if (wish) footfall.ignore(wish === 'ignore');
  footfall.identify = guarded((user: unknown) => {
    who.user = user || user === 0 ? `${user}`.slice(0, 300) : undefined;
  });
};
