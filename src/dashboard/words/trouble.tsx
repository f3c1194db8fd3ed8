import { area } from './area.ts';

/** What keeps a hit from getting here at all. */
export const trouble = area('trouble', {
  request: (url: string) => (
    <>
      Look for a request to <code class="address">{url}</code> in the network tab of your browser. When it was refused,
      the header <code>X-Footfall-Reason</code> of its answer says why.
    </>
  ),
  adBlocker: 'An ad blocker may have stopped it: try without, or in a private window.',
  consent: () => (
    <>
      The settings say that the snippet waits for consent: it sends nothing before the page calls{' '}
      <code>footfall.consent(true)</code>.
    </>
  ),
  policy: (origin: string) => (
    <>
      A Content-Security-Policy of your site must allow <code class="address">{origin}</code> in <code>script-src</code>{' '}
      and <code>connect-src</code>.
    </>
  ),
  cache: 'A page kept by a cache or a CDN may not have the snippet yet.',
});
