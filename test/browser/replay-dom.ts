import type { Page } from 'playwright-core';

/**
 * A document as lines of text, so that a page and its replay can be compared: elements with their attributes, text, shadow
 * roots, documents in frames, each style sheet by its rules; and what no attribute says: where an element is scrolled to,
 * what is in a field or checked, which dialogs and popovers are open. Left out, because a replay has them otherwise by
 * design: scripts and what stands for them; metadata, which isn't recorded; comments and white space; attributes that
 * rrweb or a handler's owner put there; where a frame got its document from. Addresses are whole on both sides; of a link
 * to a place in the page the place alone, because a single-page application changes what it is relative to.
 *
 * What is typed is masked by the rules that a site begins with, on the page's side, too: a replay that shows more is not equal.
 */
function serialize([document, base, own]: [document: Document, base: string, own: boolean]): string[] {
  const LEFT_OUT = new Set(['script', 'noscript', 'style', 'link', 'meta', 'base']);
  const SPOKEN = /^(alt|title|placeholder|label|content|aria-(label|description|valuetext|placeholder))$/;
  const TYPED =
    'input:not([type=button],[type=submit],[type=reset],[type=checkbox],[type=radio],[type=image]),textarea';
  const SECRET = '[type=password],[type=hidden],[autocomplete^=cc-],[autocomplete=one-time-code]';
  const lines: string[] = [];
  const stars = (text: string) => text.replace(/\S/g, '*');
  const edited = (element: Element) =>
    own && element.closest('[contenteditable]:not([contenteditable=false])') !== null;
  const whole = (url: string, from: string) => (URL.canParse(url, from) ? new URL(url, from).href : url);

  const value = (element: Element, name: string, raw: string): string => {
    if (name === 'class')
      return raw
        .split(/\s+/)
        .filter((one) => one && !/^(:hover|rrweb-paused)$/.test(one))
        .join(' ');
    if (name === 'style') {
      const { style } = (element.localName === 'canvas' ? element.cloneNode() : element) as HTMLElement;
      // By it a replay has a canvas show its picture.
      if (element.localName === 'canvas') style.removeProperty('content');
      return style.cssText;
    }
    if (SPOKEN.test(name) && edited(element)) return stars(raw);
    if (name !== 'href' && name !== 'src' && name !== 'action') return raw;
    const url = new URL(raw, base);
    return url.hash && url.origin === new URL(base).origin ? url.hash : url.href;
  };
  // rrweb sets `xmlns` as an ordinary attribute, beside the one that the parser made.
  const attributes = (element: Element): string =>
    [...new Map([...element.attributes].map((one) => [one.name, one])).values()]
      .filter(({ name }) => !/^(rr_|data-rr|on|(value|checked|selected|autocomplete|srcdoc)$)/.test(name))
      .filter(({ name }) => name !== 'src' || element.localName !== 'iframe')
      .map(({ name, value: raw }) => ({ name, text: value(element, name, raw) }))
      .filter(({ name, text }) => !(/^(class|style)$/.test(name) && text === ''))
      .map(({ name, text }) => ` ${name}="${text}"`)
      .sort()
      .join('');

  /** What a field can hold of the stars in its value's place: one for a date or a number makes something else of them. */
  const masked = (element: Element, value: string): string => {
    if (element.matches(SECRET)) return '';
    const stars = '*'.repeat(value.length);
    if (element.localName === 'textarea') return stars;
    const other = document.implementation.createHTMLDocument().createElement('input');
    for (const name of ['type', 'min', 'max', 'step']) other.setAttribute(name, element.getAttribute(name) ?? '');
    other.setAttribute('value', stars);
    return other.value;
  };
  /** What no attribute says. What was chosen in a select is masked, and so not compared. */
  const state = (element: Element): string => {
    const said = [':modal', ':popover-open', ':disabled'].filter((one) => element.matches(one));
    const [x, y] = [Math.round(element.scrollLeft), Math.round(element.scrollTop)];
    if (x || y) said.push(`scrolled to ${x}, ${y}`);
    if (element.matches('input') && (element as HTMLInputElement).checked) said.push('checked');
    if (element.matches(TYPED)) {
      const { value } = element as HTMLInputElement;
      said.push(`holds "${own ? masked(element, value) : value}"`);
    }
    return said.map((one) => ` ${one}`).join('');
  };

  /** rrweb gives what is under the pointer a class, and each rule for that another selector. */
  const ruleText = (rule: CSSRule): string => {
    const { selectorText, style, cssRules } = rule as CSSStyleRule;
    const inner = [...(cssRules ?? [])].map(ruleText).join(' ');
    if (!selectorText) return cssRules ? `${rule.cssText.split('{')[0]}{ ${inner} }` : rule.cssText;
    const selectors = selectorText.split(/,\s*/).filter((one) => !one.includes('.\\:hover'));
    return `${selectors.join(', ')} { ${style?.cssText} ${inner} }`;
  };
  const sheets = (root: Document | ShadowRoot, depth: number) => {
    for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) {
      const from = sheet.href ?? base;
      if (from !== base && new URL(from).origin !== new URL(root.baseURI).origin) continue; // Its rules are its own business.
      const text = [...sheet.cssRules].map(ruleText).join('\n');
      if (!text || text.includes('.rr-block') || text.includes('rrweb-paused')) continue;
      const addressed = text.replace(/url\("([^"]*)"\)/g, (_, url: string) => `url("${whole(url, from)}")`);
      lines.push(`${'  '.repeat(depth)}#sheet ${sheet.disabled ? 'off ' : ''}${sheet.media.mediaText} ${addressed}`);
    }
  };

  const walk = (node: Node, depth: number): void => {
    let text = '';
    const flush = () => {
      const clean = text.replace(/\s+/g, ' ').trim();
      if (clean) lines.push(`${'  '.repeat(depth)}${clean}`);
      text = '';
    };
    for (const child of node.childNodes) {
      if (child.nodeType === 3) {
        const said = child.textContent ?? '';
        text += child.parentElement && edited(child.parentElement) ? stars(said) : said;
      }
      if (child.nodeType !== 1) continue;
      const element = child as Element;
      if (LEFT_OUT.has(element.localName)) continue;
      flush();
      lines.push(`${'  '.repeat(depth)}<${element.localName}${attributes(element)}>${state(element)}`);
      for (const [name, root] of [
        ['#shadow-root', element.shadowRoot],
        ['#document', (element as HTMLIFrameElement).contentDocument],
      ] as const) {
        if (!root) continue;
        lines.push(`${'  '.repeat(depth + 1)}${name}`);
        sheets(root, depth + 2);
        walk(root, depth + 2);
      }
      // What is typed into a text area is its value; what it began with is nobody's business either.
      if (element.localName !== 'textarea') walk(element, depth + 1);
    }
    flush();
  };
  sheets(document, 0);
  walk(document, 0);
  return lines;
}

/** The page's own document, as it is now. */
export async function domOf(page: Page): Promise<string[]> {
  return page.evaluate(`(${serialize})([document, location.href, true])`);
}

/** The document that the player shows. */
export async function replayedDom(page: Page, base: string): Promise<string[]> {
  return page.evaluate(`(${serialize})([${REPLAYED}, ${JSON.stringify(base)}, false])`);
}

/** Something about that document: `inReplay(page, 'document.title')`. */
export async function inReplay<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(`((document) => ${expression})(${REPLAYED})`);
}

/** Waits until the picture has such an element, with such a text if one is given. */
export async function untilReplay(page: Page, selector: string, text = ''): Promise<void> {
  const there = ([selector, text]: [string, string]) => {
    const stage = document.querySelector<HTMLIFrameElement>('.stage')?.contentDocument;
    const frame = stage?.querySelector<HTMLIFrameElement>('.place:not([hidden]) iframe');
    const found = frame?.contentDocument?.querySelector(selector);
    return Boolean(found?.textContent?.includes(text));
  };
  await page.waitForFunction(there, [selector, text] as [string, string], { timeout: 20_000 });
}

const REPLAYED =
  "document.querySelector('.stage')?.contentDocument.querySelector('.place:not([hidden]) iframe')?.contentDocument";
