import { SPEEDS } from './controls.tsx';

/** How somebody likes to watch; kept on this device. */
export interface Settings {
  speed: number;
  skip: boolean;
}

const KEY = 'footfall.player';

export function readSettings(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings>;
    return { speed: SPEEDS.find((one) => one === kept.speed) ?? 1, skip: kept.skip !== false };
  } catch {
    return { speed: 1, skip: true };
  }
}

export function writeSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}
