import { speak } from './area.ts';

/** By their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** How each writes numbers and dates. */
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
const KEY = 'footfall.language';

const isKnown = (tag: string | null): tag is Language => tag !== null && Object.hasOwn(LANGUAGES, tag);

/** What was chosen on this device; until then the first of the browser's own languages that there is. */
function chosen(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (isKnown(kept)) return kept;
  } catch {
    // Storage is switched off.
  }
  return globalThis.navigator?.languages?.map((tag) => tag.slice(0, 2).toLowerCase()).find(isKnown) ?? 'en';
}

let current: Language = 'en';

export const language = (): Language => current;
/** A BCP 47 tag for `Intl`. */
export const locale = (): string => LOCALES[current];

/** Speaks a language whose words are at hand; English ones always are. */
export function speakIn(language: Language, words: Parameters<typeof speak>[0]): void {
  speak(words);
  current = language;
  document.documentElement.lang = language;
}

/** Speaks the language that was chosen. If its words don't come it stays English. */
export async function speakChosen(): Promise<void> {
  const wanted = chosen();
  if (wanted === 'en') return;
  try {
    speakIn(wanted, (await import('./de/all.ts')).default);
  } catch {
    // The page works without.
  }
}

/** Chooses a language, and shows the page in it. */
export function choose(next: Language): void {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage is switched off: it stays as it is.
  }
  location.reload();
}
