import type { Translated } from '../area.ts';
import type * as english from '../site-fields.ts';

export const siteFields: Translated<typeof english.siteFields> = {
  domain: 'Domain',
  timeZone: 'Zeitzone',
  timeZoneHint: (time) => `Die Tage der Website beginnen dort um Mitternacht; jetzt ist es dort ${time}.`,
  unknownTime: 'eine Zeit, die dieser Browser nicht kennt',
};
