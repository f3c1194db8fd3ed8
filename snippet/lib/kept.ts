/** What the snippet keeps in localStorage. */
interface Kept {
  /** `visitor.visit.last`; '0' of somebody who agreed and got no ids yet; '' of somebody who opted out. */
  footfall?: string;
  /** Hits that could not be sent, as JSON. */
  footfall_late?: string;
  /** What was recorded of a visit: its number, when that began, bytes sent. */
  footfall_recorded?: string;
  /** 'true' of the owner's browser, as it is by hand: `localStorage.footfall_ignore = true`. */
  footfall_ignore?: string;
}

/** Writes to localStorage and gives it back, to be read; nothing at all where nothing can be kept. */
export const kept = (news?: Kept): Kept => {
  try {
    return Object.assign(localStorage, news);
  } catch {
    return {};
  }
};
