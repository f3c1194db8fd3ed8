import type { SnippetConfig } from '../../src/contract/wire.ts';
import { kept } from '../lib/kept.ts';
import type { Part } from '../lib/part.ts';

declare const __CONFIG__: SnippetConfig;

/** What visitors choose, and who they are: consent, opt-out, `identify`. Every site has it. */
export const choice: Part = (footfall, _on, _hit, late) => {
  const consent = (given: unknown) => {
    footfall.off = !given;
    if (!given || !kept().footfall) kept({ footfall: given ? '0' : '' });
    if (given) footfall.begin();
    else {
      late.length = 0;
      kept({ footfall_late: '' });
      footfall.stop?.();
    }
  };
  footfall.off = !(kept().footfall ?? !__CONFIG__.consent);
  footfall.consent = consent;
  footfall.optIn = () => consent(true);
  footfall.optOut = () => consent(false);
  footfall.identify = (user) => {
    footfall.user = user || user === 0 ? `${user}`.slice(0, 300) : undefined;
  };
};
