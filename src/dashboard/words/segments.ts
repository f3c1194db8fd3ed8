import { area } from './area.ts';

/** The menu of segments. */
export const segments = area('segments', {
  segments: 'Segments',
  save: 'Save these filters…',
});
