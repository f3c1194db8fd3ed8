import { type RrwebEvent, record } from '@rrweb/record';
import type { Masking } from '../../src/contract/wire.ts';
import { listen } from './listen.ts';

/** What somebody types into is an input, whatever its tag. */
const EDITABLE = '[contenteditable]:not([contenteditable=false])';
/** Fields of which nothing is recorded at any setting: not even how much was typed. */
const SECRET =
  /passw|passphrase|passcode|pwd|cc-|card.?(num|no|code)|cvv|cvc|\bcsc|iban|account.?num|one.?time|(\b|_)otp|2fa|mfa|security.?code|(\b|_)pin\b|ssn/i;
/** Attributes that hold text for people, and those that hold addresses. */
const SPOKEN = /^(alt|title|placeholder|label|value|content|aria-(label|description|valuetext|placeholder))$/;
const ADDRESS = /^(href|src|srcset|action|formaction|data|poster|cite|rr_src|xlink:href)$/;
/** Scripts, and pages within attributes, which would hold what is masked in the page itself. */
const NEVER = /^(on.*|srcdoc)$/;
/** A parameter of an address by whose name its value is nobody's business. */
const PARAMETER =
  /([?&#;][^=&#;\s]*(?:token|secret|pass|pwd|auth|sess|sid|sig|key|jwt|otp|code|mail|phone|card|iban|credential)[^=&#;\s]*=)[^&#;\s]*/gi;
const ANY_PARAMETER = /([?&#;][^=&#;\s]*=)[^&#;\s]*/g;
/** Signed tokens by their form, names before a host, and addresses of mail. */
const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const LOGIN = /\/\/[^/@\s]*@/g;
const MAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;

/** Every visible character as a star. */
const stars = (text: string) => text.replace(/\S/g, '*');

/** `closest`, also out of shadow roots and frames. */
function nearest(element: Element | null, selector: string): Element | null {
  for (let at: Element | null | undefined = element; at; ) {
    const found = at.closest(selector);
    if (found) return found;
    const root = at.getRootNode() as Partial<Pick<ShadowRoot, 'host'> & Pick<Document, 'defaultView'>>;
    at = root.host || root.defaultView?.frameElement;
  }
  return null;
}

/** Decides what leaves the page as it is. `docs/privacy.md` says it in full. */
export function masking({ text, ...selectors }: Partial<Masking>) {
  let mode = text || 'inputs';
  const marked = (name: 'mask' | 'unmask' | 'block' | 'ignore') => {
    const own = `[data-footfall-${name}],.footfall-${name}`;
    try {
      if (selectors[name]) document.querySelector(selectors[name]);
      return [own, selectors[name]].filter(Boolean).join();
    } catch {
      mode = 'all'; // A selector that this browser doesn't understand hides everything rather than nothing.
      return own;
    }
  };
  const [block, ignore, unmask] = [marked('block'), marked('ignore'), marked('unmask')];
  const marks = [marked('mask'), ignore, unmask, mode === 'none' ? '' : EDITABLE].filter(Boolean).join();

  // A password stays one when the page shows it as text.
  const passwords = new WeakSet<EventTarget>();
  listen('focusin input', (event) => {
    const [target] = event.composedPath() as HTMLInputElement[];
    if (target?.type === 'password') passwords.add(target);
  });

  /** What the nearest mark around the element says: true to show, false to mask, undefined without any. */
  const shown = (element: Element | null) => nearest(element, marks)?.matches(unmask);
  const secret = (element: Element) =>
    passwords.has(element) ||
    element.matches('[type=password],[type=hidden],[data-rr-is-password]') ||
    SECRET.test(['autocomplete', 'name', 'id'].map((name) => element.getAttribute(name)).join(' ')) ||
    Boolean(nearest(element, ignore));

  /** Whether what is typed into a field stays with the visitor. */
  const kept = (field: Element) => secret(field) || !(shown(field) ?? mode === 'none');

  const maskText = (text: string, element: Element | null) =>
    element?.localName === 'style' || (shown(element) ?? mode !== 'all') ? text : stars(text);

  const maskInput = (text: string, element: HTMLElement) => {
    if (secret(element)) return '';
    const open = shown(element) ?? mode === 'none';
    return open || /^(submit|button|reset)$/.test((element as HTMLInputElement).type) ? text : '*'.repeat(text.length);
  };

  /** An address without what its parameters may betray; where all text is masked without any. */
  const cleanUrl = (url: string) =>
    url
      .replace(mode === 'all' ? ANY_PARAMETER : PARAMETER, '$1*')
      .replace(TOKEN, '*')
      .replace(LOGIN, '//');

  return {
    shown,
    kept,
    blocked: (element: Element) => Boolean(nearest(element, block)),
    /** Whether what an element shows is masked. */
    veiled: (element: Element) => !(shown(element) ?? mode !== 'all'),
    options: {
      blockSelector: block,
      // Each text is asked about: rrweb's own selector ends at a shadow root, and at a frame.
      maskTextSelector: '*',
      maskTextFn: maskText,
      maskInputOptions: { input: true, textarea: true, select: true },
      maskInputFn: maskInput,
    },
    cleanUrl,
    /** What a script says of an error: without what was typed into the page, should it say that. */
    cleanMessage(message: string): string {
      if (mode === 'all') return stars(message);
      let clean = cleanUrl(message).replace(MAIL, stars);
      for (const field of document.querySelectorAll<HTMLInputElement>(`input,textarea,${EDITABLE}`)) {
        const typed = (field.value ?? field.textContent).trim();
        if (typed.length > 2 && kept(field)) clean = clean.split(typed).join(stars(typed));
      }
      return clean;
    },
    /** Input that is nobody's business at all. */
    hidden({ type, data }: RrwebEvent): boolean {
      const element = type === 3 && data.source === 5 && (record.mirror.getNode(data.id as number) as Element | null);
      return element ? secret(element) || (!!data.isChecked && shown(element) === false) : false;
    },
    /**
     * A replacer for JSON.stringify that masks what rrweb's options can't reach: attributes that hold text, where text is
     * masked; addresses; the attribute `value` of an input that was filled by the server and then emptied, and of a custom
     * element that mirrors what is typed into it.
     */
    attributes(_key: string, part: unknown): unknown {
      const { id, attributes } = (part || {}) as { id?: number; attributes?: Record<string, unknown> };
      if (!id || !attributes) return part;
      const masked: Record<string, unknown> = {};
      const element = record.mirror.getNode(id) as HTMLInputElement | null;
      let mark: boolean | undefined;
      for (const [name, value] of Object.entries(attributes)) {
        if (NEVER.test(name)) continue;
        if (name === 'checked' && shown(element) === false) continue;
        masked[name] = value;
        if (typeof value !== 'string') continue;
        if (ADDRESS.test(name)) masked[name] = cleanUrl(value);
        if (!SPOKEN.test(name)) continue;
        mark ??= shown(element);
        const typed =
          name === 'value' && element && (element.value === '' || element.localName.includes('-'))
            ? !(mark ?? mode === 'none') || secret(element)
            : false;
        if (typed || !(mark ?? mode !== 'all')) masked[name] = stars(value);
      }
      return { ...(part as object), attributes: masked };
    },
  };
}
