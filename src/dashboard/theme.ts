export type Theme = 'system' | 'light' | 'dark';

const KEY = 'footfall.theme';

/** What the owner chose on this device; the system's own until then. */
export function theme(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

/** Makes the chosen theme the page's; with `next`, chooses it. */
export function applyTheme(next: Theme = theme()): void {
  document.documentElement.style.colorScheme = next === 'system' ? 'light dark' : next;
  try {
    if (next === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}
