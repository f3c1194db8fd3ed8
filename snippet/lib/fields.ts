/** How often fields are looked at, at most. */
const EVERY_MS = 100;

/**
 * Notices fields that change without an event or a setter that rrweb could hear: React has found the browser's own setter
 * before the recorder was there (https://github.com/rrweb-io/rrweb/issues/1713), and the reset of a form uses none.
 * @param run does the looking, so that it is measured
 * @param changed told of each field that isn't as it was
 * @returns to be called when something may have changed them
 */
export function fields(run: (look: () => void) => void, changed: (field: Element) => void): () => void {
  const values = new WeakMap<Element, string>();
  let due = 0;
  const look = () => {
    due = 0;
    for (const field of document.querySelectorAll<HTMLInputElement>('input,textarea,select')) {
      const before = values.get(field);
      const now = field.checked + field.value;
      values.set(field, now);
      if (before !== undefined && before !== now) changed(field);
    }
  };
  return () => {
    if (!due) due = setTimeout(run, EVERY_MS, look);
  };
}
