import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The tokens' contrast, computed as WCAG 2 does: text at least 4.5:1, marks 3:1, in both schemes. */

const css = readFileSync(join(import.meta.dirname, '../../src/dashboard/styles/tokens.css'), 'utf8');
const tokens = new Map<string, [light: string, dark: string]>();
for (const [, name = '', light = '', dark = ''] of css.matchAll(
  /--([\w-]+): light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)/g,
)) {
  tokens.set(name, [light, dark]);
}

/** Relative luminance of an OKLCH colour. https://bottosson.github.io/posts/oklab/ */
function luminance(color: string): number {
  const [L = 0, C = 0, H = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  const a = C * Math.cos((H * Math.PI) / 180);
  const b = C * Math.sin((H * Math.PI) / 180);
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (n: number) => Math.min(1, Math.max(0, n));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, scheme: 0 | 1): number {
  const [a, b] = [one, other].map((name) => {
    const color = tokens.get(name)?.[scheme];
    if (!color) throw new Error(`no token --${name}`);
    return luminance(color);
  }) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const TEXT: [string, string[]][] = [
  ['text', ['bg', 'card', 'raised', 'hover', 'wash', 'wash-strong']],
  ['muted', ['bg', 'card', 'raised', 'hover', 'wash', 'wash-strong']],
  ['accent', ['bg', 'card', 'raised', 'hover', 'wash', 'wash-strong']],
  ['accent-ink', ['accent', 'accent-hover']],
  ['good', ['bg', 'card']],
  ['bad', ['bg', 'card', 'bad-wash']],
  ['card', ['text', 'bad']],
];
const MARKS: [string, string[]][] = [
  ['line-strong', ['card']],
  ['before', ['card']],
  ['live', ['bg', 'card']],
];

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('%s', (_, scheme) => {
  const all = [
    ...TEXT.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground, 4.5] as const)),
    ...MARKS.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground, 3] as const)),
  ];
  test.each(all)('%s on %s is at least %d:1', (ink, ground, least) => {
    expect(contrast(ink, ground, scheme)).toBeGreaterThanOrEqual(least);
  });
});
