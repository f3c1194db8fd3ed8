import type { Translated } from '../area.ts';
import type * as english from '../segments.ts';

export const segments: Translated<typeof english.segments> = {
  segments: 'Segmente',
  own: 'Nur für mich',
  shared: 'Für alle dieser Website',
  save: 'Diese Filter speichern…',
};
