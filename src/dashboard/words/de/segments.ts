import type { Translated } from '../area.ts';
import type * as english from '../segments.ts';

export const segments: Translated<typeof english.segments> = {
  segments: 'Segmente',
  save: 'Diese Filter speichern…',
};
