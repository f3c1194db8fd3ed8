import type { Translated } from '../area.ts';
import type * as english from '../picture.ts';

export const picture: Translated<typeof english.picture> = {
  stage: 'Bild der besuchten Seite',
  page: 'Die aufgezeichnete Seite',
};
