import type { Translated } from '../area.ts';
import type * as english from '../frame.tsx';

export const frame: Translated<typeof english.frame> = {
  noSite: 'Diese Website gibt es hier nicht',
  archived: (settings) => (
    <>
      Diese Website ist archiviert: Nichts wird gezählt. In ihren Einstellungen lässt sie sich{' '}
      <a href={settings}>zurückholen</a>.
    </>
  ),
  site: 'Website',
  allSites: 'Alle Websites',
  findSite: 'Website suchen',
  hereNow: 'gerade hier',
  hereNowTitle: 'Wer das ist, und was sie tun (L)',
};
