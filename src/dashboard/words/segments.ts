import { area } from './area.ts';

/** The menu of segments. */
export const segments = area('segments', {
  segments: 'Segments',
  own: 'Only for me',
  shared: 'For everybody at this site',
  save: 'Save these filters…',
});
