import type { Page } from 'playwright-core';
import { inReplay } from '../browser/replay-dom.ts';

/** What a document's canvases show, on a ground of white: colours of a grid of cells, by canvas. */
export type Drawn = number[][];

/** Runs in the browser. A replay has its canvases' pictures in their styles. */
async function grids(document: Document): Promise<Drawn> {
  const [across, down] = [40, 20];
  const all: Drawn = [];
  for (const canvas of document.querySelectorAll('canvas')) {
    const small = new OffscreenCanvas(across, down).getContext('2d') as OffscreenCanvasRenderingContext2D;
    small.fillStyle = 'white';
    small.fillRect(0, 0, across, down);
    small.imageSmoothingQuality = 'high';
    const recorded = /url\("(data:[^"]+)"\)/.exec(canvas.style.content)?.[1];
    const picture = document.createElement('img');
    if (recorded) {
      picture.src = recorded;
      await picture.decode();
    }
    small.drawImage(recorded ? picture : canvas, 0, 0, across, down);
    all.push([...small.getImageData(0, 0, across, down).data]);
  }
  return all;
}

export const drawnOn = (page: Page): Promise<Drawn> => page.evaluate(`(${grids})(document)`);
export const drawnInReplay = (page: Page): Promise<Drawn> => inReplay(page, `(${grids})(document)`);

/** What a picture may be off, having been made small. */
const NEAR = 24;

/** Of the cells that aren't empty in either, how many look the same in both. */
export function compareDrawn(page: Drawn, replay: Drawn): { cells: number; same: number } {
  let [cells, same] = [0, 0];
  for (const [i, own] of page.entries()) {
    const other = replay[i] ?? [];
    for (let at = 0; at < own.length; at += 4) {
      const [a, b] = [own.slice(at, at + 3), other.slice(at, at + 3)];
      if ([...a, ...b].every((value) => value >= 255 - NEAR)) continue;
      cells += 1;
      if (a.every((value, part) => Math.abs(value - (b[part] ?? 0)) <= NEAR)) same += 1;
    }
  }
  return { cells, same };
}
