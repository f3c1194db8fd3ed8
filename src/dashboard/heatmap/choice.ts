import { DEVICES } from '../../contract/replay.ts';
import { TOUCHES } from '../../contract/wire.ts';

/** What may be drawn over a page. */
export const MAPS = [...TOUCHES, 'scroll'] as const;
export type MapKind = (typeof MAPS)[number];

export type Device = (typeof DEVICES)[number];

/** What a heat map is asked besides the page, the range and the filters; `View.recordings` carries it as text. */
export interface Choice {
  /** Null: which one is still to be chosen. */
  page: string | null;
  map: MapKind;
  device: Device;
}

export function readChoice(text: string): Choice {
  const asked = new URLSearchParams(text);
  return {
    page: asked.get('page'),
    map: MAPS.find((map) => map === asked.get('map')) ?? 'clicks',
    device: DEVICES.find((device) => device === asked.get('device')) ?? DEVICES[0],
  };
}

export function printChoice({ page = null, map = 'clicks', device = DEVICES[0] }: Partial<Choice>): string {
  const pairs: string[] = [];
  if (map !== 'clicks') pairs.push(`map=${map}`);
  if (device !== DEVICES[0]) pairs.push(`device=${device}`);
  if (page !== null) pairs.push(`page=${encodeURIComponent(page).replace(/%2[CF]/g, decodeURIComponent)}`);
  return pairs.join('&');
}
