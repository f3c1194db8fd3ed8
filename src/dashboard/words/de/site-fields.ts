import type { Translated } from '../area.ts';
import type * as english from '../site-fields.ts';

export const siteFields: Translated<typeof english.siteFields> = {
  domain: 'Domain',
  timeZone: 'Zeitzone',
  timeZoneHint: (time) => `Ein Tag dieser Website beginnt um Mitternacht dort, wo es jetzt ${time} ist.`,
  unknownTime: 'eine Zeit, die dieser Browser nicht kennt,',
};
