import { area } from './area.ts';

/** The picture of a recorded page, in the player and below a heat map, for those who don't see it. */
export const picture = area('picture', {
  stage: 'Picture of the visited page',
  page: 'The recorded page',
});
