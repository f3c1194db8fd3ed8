import { guarded } from './guarded.ts';
import { weight } from './weight.ts';

const WATCHED_MS = 1_000;
/** More changes and added nodes than that within a second aren't calm. */
const FEW = 500;

/** Calls back once the page has changed little for a second. While it changes a lot, one look in a second is all it costs. */
export function whenSettled(run: () => void): void {
  let changes = 0;
  const observer = new MutationObserver((records) => {
    changes += weight(records, FEW);
    if (changes > FEW) observer.disconnect();
  });
  const watch = () => {
    changes = 0;
    observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
    setTimeout(() => {
      observer.disconnect();
      if (changes > FEW) watch();
      else guarded(run)();
    }, WATCHED_MS);
  };
  watch();
}
