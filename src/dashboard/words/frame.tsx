import { area } from './area.ts';

/** What stands around every page of a site. */
export const frame = area('frame', {
  noSite: 'There is no such site here',
  archived: (settings: string) => (
    <>
      This site is archived: nothing is counted. <a href={settings}>Bring it back</a> in its settings.
    </>
  ),
  site: 'Site',
  allSites: 'All sites',
  findSite: 'Find a site',
  hereNow: 'here now',
  hereNowTitle: 'Who they are, and what they do (L)',
});
