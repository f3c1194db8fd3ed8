/** Elements by the ways that recorders tell them: see `Touch` in the contract. */

/** `#menu>li:2>a` as its steps; `/` is one of its own. */
const steps = (way: string): string[] => way.match(/#[^>/]+|>[^>/]+|\//g) ?? [];

/** The element that a way leads to in a page; null where the page has none. */
export function follow(page: Document, way: string): Element | null {
  let at: Document | ShadowRoot | Element | null = page;
  for (const step of steps(way)) {
    if (!at) return null;
    if (step.startsWith('#')) at = page.getElementById(step.slice(1));
    else if (step === '/') at = 'shadowRoot' in at ? at.shadowRoot : null;
    else {
      const [, name, nth = '1'] = /^>(.+?)(?::(\d+))?$/.exec(step) ?? [];
      at = [...at.children].filter(({ localName }) => localName === name)[Number(nth) - 1] ?? null;
    }
  }
  return at?.nodeType === 1 ? (at as Element) : null;
}

const LABEL_CHARS = 60;

/** What an element is called in the picture: by its text, or what stands for it. Empty where that is nothing, or masked. */
export function labelOf(element: Element): string {
  const names = ['aria-label', 'alt', 'title', 'placeholder', 'name'].map((name) => element.getAttribute(name));
  for (const name of [names[0], element.textContent, ...names.slice(1)]) {
    const text = (name ?? '').replace(/\s+/g, ' ').trim();
    if (/[^*\s]/.test(text)) return text.length > LABEL_CHARS ? `${text.slice(0, LABEL_CHARS - 1)}…` : text;
  }
  return '';
}

/** The last steps of a way, for those who read: `ul > li 2 > a`. */
export function lastSteps(way: string): string {
  const last = steps(way)
    .filter((step) => step !== '/')
    .slice(-3);
  return last.map((step) => step.replace(/^>/, '').replace(/:(\d+)$/, ' $1')).join(' > ');
}
