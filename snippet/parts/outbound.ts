import { onLink } from '../lib/onLink.ts';
import type { Part } from '../lib/part.ts';

/** Links to other hosts. */
export const outbound: Part = (_footfall, on, hit) => {
  onLink(on, ({ protocol, host, href }) => {
    const out = /^http/.test(protocol) && host !== location.host;
    if (out) hit({ name: 'Outbound Link: Click', props: { url: href } });
    return out;
  });
};
