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

/** What the nearest mark around the element says: true to show, false to mask, undefined without any. */
function shown(element: Element | null): boolean | undefined {
  return element?.closest(`${MASK},${EDITABLE},${UNMASK}`)?.matches(UNMASK);
}

/** The recorder's options that decide what leaves the page as it is. Inputs are masked unless the page opts them in. */
export function masking(allText: boolean) {
  return {
    blockSelector: BLOCK,
    maskTextSelector: allText ? '*' : `${MASK},${EDITABLE}`,
    maskTextFn: (text: string, element: Element | null) => (shown(element) ? text : stars(text)),
    maskInputOptions: { input: true, textarea: true, select: true },
    maskInputFn: (text: string, element: HTMLElement) =>
      (shown(element) && !element.matches(SECRET)) || /^(submit|button|reset)$/.test((element as HTMLInputElement).type)
        ? text
        : '*'.repeat(text.length),
  };
}

/**
 * A replacer for JSON.stringify that masks what rrweb's options can't reach: attributes that hold text, where text is
 * masked; the attribute `value` of an input that was filled by the server and then emptied, and of a custom element that
 * mirrors what is typed into it.
 */
export function maskAttributes(allText: boolean) {
  return (_key: string, part: unknown): unknown => {
    const { id, attributes } = (part || {}) as { id?: number; attributes?: Record<string, unknown> };
    const spoken = id && attributes ? Object.keys(attributes).filter((name) => SPOKEN.test(name)) : [];
    if (!id || !spoken.length) return part;
    const element = record.mirror.getNode(id) as HTMLInputElement | null;
    const open = shown(element);
    const typed = (element?.value === '' || element?.localName.includes('-')) && !(open && !element.matches(SECRET));
    const masked: Record<string, unknown> = { ...attributes };
    for (const name of spoken) {
      const value = masked[name];
      if (typeof value === 'string' && (!(open ?? !allText) || (typed && name === 'value')))
        masked[name] = stars(value);
    }
    return { ...(part as object), attributes: masked };
  };
}
