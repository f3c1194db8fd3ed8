import type { VisitJson } from '../../contract/api.ts';
import { country } from '../names.ts';
import { shownAs } from '../site/dimensions.ts';
import { visit as words } from '../words/visit.ts';

/** Where a visit came from, on the map: Tallinn, Estonia. */
export function placeOf({ country: code, city }: Pick<VisitJson, 'country' | 'city'>): string {
  if (!code) return words.somewhere;
  return city ? `${city}, ${country(code)}` : country(code);
}

/** What it was made with: Chrome · Windows · Desktop. */
export function deviceOf({ browser, os, device }: Pick<VisitJson, 'browser' | 'os' | 'device'>): string {
  return [browser, os, device && shownAs('visit:device', device)].filter(Boolean).join(' · ') || words.unknownBrowser;
}
