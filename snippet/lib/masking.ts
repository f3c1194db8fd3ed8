import { record } from '@rrweb/record';

const BLOCK = '[data-footfall-block],.footfall-block';
const MASK = '[data-footfall-mask],.footfall-mask';
const UNMASK = '[data-footfall-unmask],.footfall-unmask';
/** What somebody types into is an input, whatever its tag. */
const EDITABLE = '[contenteditable]:not([contenteditable=false])';
/** Never shown, whatever the page says. */
const SECRET = '[type=password],[data-rr-is-password],[autocomplete^=cc-],[autocomplete*=password],[type=hidden]';
/** Attributes that hold text for people. */
const SPOKEN = /^(alt|title|placeholder|label|value|content|srcdoc|aria-(label|description|valuetext|placeholder))$/;

/** Every visible character as a star. */
function stars(text: string): string {
  return text.replace(/\S/g, '*');
}

/** True when the nearest mark around the element says that it may be shown. */
function unmasked(element: Element | null): boolean {
  return !!element?.closest(`${MASK},${EDITABLE},${UNMASK}`)?.matches(UNMASK);
}

/** The recorder's options that decide what leaves the page as it is. Inputs are masked unless the page opts them in. */
export function masking(allText: boolean) {
  return {
    blockSelector: BLOCK,
    maskTextSelector: allText ? '*' : `${MASK},${EDITABLE}`,
    maskTextFn: (text: string, element: Element | null) => (unmasked(element) ? text : stars(text)),
    maskInputOptions: { input: true, textarea: true, select: true },
    maskInputFn: (text: string, element: HTMLElement) =>
      (unmasked(element) && !element.matches(SECRET)) ||
      /^(submit|button|reset)$/.test((element as HTMLInputElement).type)
        ? text
        : '*'.repeat(text.length),
  };
}

/**
 * A replacer for JSON.stringify that masks what rrweb's options can't reach: the attribute `value` of an input that was
 * filled by the server and then emptied, and of a custom element that mirrors what is typed into it; with `allText`,
 * the attributes that hold text, too.
 */
export function maskAttributes(allText: boolean) {
  return (_key: string, part: unknown): unknown => {
    const { id, attributes } = (part || {}) as { id?: number; attributes?: Record<string, unknown> };
    if (!id || !attributes) return part;
    const element = record.mirror.getNode(id) as HTMLInputElement | null;
    const shown = unmasked(element);
    const masked = { ...attributes };
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value !== 'string') continue;
      const mirrored = name === 'value' && (element?.value === '' || element?.localName.includes('-'));
      if (!shown && (mirrored || (allText && SPOKEN.test(name)))) masked[name] = stars(value);
    }
    return { ...(part as object), attributes: masked };
  };
}
