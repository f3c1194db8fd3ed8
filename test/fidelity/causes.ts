import type { Use } from './uses.ts';
import type { Compared } from './visit.ts';

/** Why a replay differs from its page: all of it known of rrweb or of browsers, and none of it mended here. */
export interface Cause {
  name: string;
  says: string;
  pages: string[];
  /** Doesn’t hold where canvases are recorded. */
  canvasOff?: true;
  /** A line of `differences`. */
  fits: RegExp;
}

export const CAUSES: Cause[] = [
  {
    name: 'shorthands',
    says: 'A linked sheet is recorded as the browser writes it down, and of a shorthand with var(), part of which is overridden, no browser can say the rest (rrweb#1322, #1667).',
    pages: ['bootstrap.js', 'swiper.js'],
    fits: /^. #sheet/,
  },
  {
    name: 'late rules',
    says: 'Where the replayer skips to a moment, rules put into an adopted sheet come before the sheet is adopted, and are lost (as in rrweb#1344).',
    pages: ['lit.js', 'sheets.html'],
    fits: /^. #sheet +(ul|li|p|\.card) \{/,
  },
  {
    name: 'switched off',
    says: 'rrweb doesn’t record that a sheet was switched off by its property `disabled`.',
    pages: ['sheets.html'],
    fits: /^. #sheet (off )? ?@layer/,
  },
  {
    name: 'moved hosts',
    says: 'rrweb records the move of an element as its end and a new beginning, and what is in its shadow root doesn’t come through that whole.',
    pages: ['shadow.html'],
    fits: /^. <slot>/,
  },
  {
    name: 'animation',
    says: 'Where the replayer skips to a moment, `animation: none` that was taken away stays as its first values; nothing is seen of it.',
    pages: ['radix.jsx'],
    fits: /^. <div .*data-radix-menu-content/,
  },
  {
    name: 'canvas off',
    says: 'What a canvas shows is recorded where the site wants it, by the larger build of the recorder; elsewhere its place alone is.',
    pages: ['chart.js'],
    canvasOff: true,
    fits: /^. #drawn/,
  },
];

/** The causes of what differs, and the differences that have none of them. */
export function explain({ page, extras }: Use, compared: Compared[]): { causes: Cause[]; unexplained: string[] } {
  const own = CAUSES.filter(({ pages, canvasOff }) => pages.includes(page) && !(canvasOff && extras?.canvas));
  const all = compared.flatMap(({ moment, differences }) => differences.map((line) => ({ moment, line })));
  return {
    causes: own.filter(({ fits }) => all.some(({ line }) => fits.test(line))),
    unexplained: all
      .filter(({ line }) => !own.some(({ fits }) => fits.test(line)))
      .map(({ moment, line }) => `${moment}: ${line}`),
  };
}
