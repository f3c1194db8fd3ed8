import { DEPTHS } from '../../contract/replay.ts';

/** What heat maps are drawn by. Numbers in, colours out: nothing here knows where they come from. */

export interface Point {
  x: number;
  y: number;
  /** How often. */
  n: number;
}

/** From seldom to most, in steps of opacity. */
const COLOURS = ['#3b6cff', '#12b3c7', '#3fca5b', '#ffd43b', '#ff7a1a', '#e8203c'];
/** The seldomest is still to be seen. */
const LEAST = 0.18;
/** Of a point, in the page's own pixels and on this screen: a small picture of a page has small points, but no smaller. */
export const radiusAt = (scale: number) => Math.max(12, 30 * scale);

let ramp: Uint8ClampedArray | undefined;

/** 256 colours, four bytes each. */
function colours(): Uint8ClampedArray {
  if (ramp) return ramp;
  const context = surface(256, 1);
  const gradient = context.createLinearGradient(0, 0, 256, 0);
  for (const [i, colour] of COLOURS.entries()) gradient.addColorStop(i / (COLOURS.length - 1), colour);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 256, 1);
  ramp = context.getImageData(0, 0, 256, 1).data;
  return ramp;
}

function surface(width: number, height: number): OffscreenCanvasRenderingContext2D {
  return new OffscreenCanvas(Math.max(1, width), Math.max(1, height)).getContext('2d', {
    willReadFrequently: true,
  }) as OffscreenCanvasRenderingContext2D;
}

/**
 * What counts as most: the sum of the place that has most of it, where places are as large as a point is drawn. Points on
 * one button are one place, however they scatter.
 */
export function mostIn(points: Point[], radius: number): number {
  const sums = new Map<string, number>();
  for (const { x, y, n } of points) {
    const key = `${Math.floor(x / radius)} ${Math.floor(y / radius)}`;
    sums.set(key, (sums.get(key) ?? 0) + n);
  }
  return Math.max(1, ...sums.values());
}

/** Draws heat onto a canvas of this size; `most` is what the hottest colour stands for. */
export function drawHeat(canvas: HTMLCanvasElement, points: Point[], radius: number, most: number): void {
  const { width, height } = canvas;
  const heat = surface(width, height);
  for (const { x, y, n } of points) {
    if (x < -radius || y < -radius || x > width + radius || y > height + radius) continue;
    const spot = heat.createRadialGradient(x, y, 0, x, y, radius);
    spot.addColorStop(0, `rgb(0 0 0 / ${Math.max(LEAST, Math.min(1, n / most))})`);
    spot.addColorStop(1, 'rgb(0 0 0 / 0)');
    heat.fillStyle = spot;
    heat.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  }
  const image = heat.getImageData(0, 0, heat.canvas.width, heat.canvas.height);
  const { data } = image;
  const palette = colours();
  for (let i = 0; i < data.length; i += 4) {
    const strength = data[i + 3] ?? 0;
    if (strength === 0) continue;
    for (let part = 0; part < 3; part++) data[i + part] = palette[strength * 4 + part] ?? 0;
    data[i + 3] = Math.min(215, 60 + strength);
  }
  clear(canvas).putImageData(image, 0, 0);
}

/** What stands for a share, 0 to 1, in CSS. */
export function colourOf(share: number, opacity = 1): string {
  const at = Math.round(share * 255) * 4;
  const [red, green, blue] = colours().slice(at, at + 3);
  return `rgb(${red} ${green} ${blue} / ${opacity})`;
}

/** Tints what everybody saw warm and what nobody saw cold. @param depthAt percent of the page at a height of the canvas */
export function drawScroll(canvas: HTMLCanvasElement, reached: number[], depthAt: (y: number) => number): void {
  const context = clear(canvas);
  for (let y = 0; y < canvas.height; y += 2) {
    context.fillStyle = colourOf(shareAt(reached, depthAt(y)), 0.34);
    context.fillRect(0, y, canvas.width, 2);
  }
}

export function clear(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.clearRect(0, 0, canvas.width, canvas.height);
  return context;
}

/** Share of visits that saw a depth, 0 to 1; between the depths that are told, in a straight line. */
export function shareAt(reached: number[], depth: number): number {
  const [all = 0] = reached;
  if (all === 0) return 0;
  const step = DEPTHS[1] ?? 5;
  const at = Math.min(Math.max(depth / step, 0), reached.length - 1);
  const [above = 0, below = above] = [reached[Math.floor(at)], reached[Math.ceil(at)]];
  return (above + (below - above) * (at - Math.floor(at))) / all;
}

/** The depth, in percent, at which fewer than this share of visits go on; null where as many see the end. */
export function depthOf(reached: number[], share: number): number | null {
  for (let depth = 0; depth <= 100; depth += 0.5) if (shareAt(reached, depth) < share) return depth;
  return null;
}
