import type { SiteJson, StatusJson } from '../../contract/api.ts';
import { ago } from '../format.ts';
import { status as words } from '../words/status.tsx';

/** How a site is, in one line and one sentence. */
export interface Health {
  mood: 'good' | 'waiting' | 'bad';
  title: string;
  text: string;
}

const DAY = 86_400_000;

/** The gravest thing first. */
export function healthOf({ created }: Pick<SiteJson, 'created'>, status: StatusJson, now: number): Health {
  const say = words.health;
  const { last_error: error, last_flush: flush, quarantined, buffered } = status;
  if (error && (!flush || error.at > flush)) {
    return { mood: 'bad', title: say.notWritten, text: say.notWrittenText(buffered.events) };
  }
  if (quarantined > 0) {
    return { mood: 'bad', title: say.quarantined(quarantined), text: say.quarantinedText };
  }
  const day = (fate: string) => status.counts.reduce((sum, count) => (count.fate === fate ? sum + count.day : sum), 0);
  if (day('accepted') + day('ignored') + day('refused') === 0) {
    return now - Date.parse(created) < DAY
      ? { mood: 'waiting', title: say.nothingYet, text: say.nothingYetText }
      : { mood: 'waiting', title: say.nothing, text: say.nothingText };
  }
  if (day('accepted') === 0) return { mood: 'waiting', title: say.noneTaken, text: say.noneTakenText };
  return { mood: 'good', title: say.well, text: flush ? say.wellText(ago(flush, now)) : say.notYetText };
}

/** In 12 min; any moment. */
export function until(time: string, now: number): string {
  const minutes = Math.ceil((Date.parse(time) - now) / 60_000);
  if (minutes < 1) return words.anyMoment;
  return minutes < 60 ? words.inMinutes(minutes) : words.inHours(Math.ceil(minutes / 60));
}
