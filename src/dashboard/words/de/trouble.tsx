import type { Translated } from '../area.ts';
import type * as english from '../trouble.tsx';

export const trouble: Translated<typeof english.trouble> = {
  request: (url) => (
    <>
      Im Netzwerk-Tab des Browsers nach einer Anfrage an <code class="address">{url}</code> suchen. Wurde sie abgelehnt,
      sagt der Header <code>X-Footfall-Reason</code> ihrer Antwort, warum.
    </>
  ),
  adBlocker: 'Ein Werbeblocker kann sie aufgehalten haben: ohne ihn versuchen oder in einem privaten Fenster.',
  consent: () => (
    <>
      Laut den Einstellungen wartet das Snippet auf die Einwilligung: Es sendet nichts, bevor die Seite{' '}
      <code>footfall.consent(true)</code> aufruft.
    </>
  ),
  policy: (origin) => (
    <>
      Eine Content-Security-Policy der Website muss <code class="address">{origin}</code> in <code>script-src</code> und{' '}
      <code>connect-src</code> erlauben.
    </>
  ),
  cache: 'Eine Seite aus einem Cache oder CDN hat das Snippet womöglich noch nicht.',
};
