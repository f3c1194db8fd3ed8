import type { Page } from 'playwright-core';

/**
 * A document as lines of text, so that a page and its replay can be compared. Left out, because a replay has them
 * otherwise by design: scripts and what stands for them; style sheets, which are recorded as text; metadata, which
 * isn't recorded; comments and white space; attributes that rrweb or a handler's owner put there; values of inputs,
 * which are masked, and whether they may be completed. Addresses are whole on both sides; of a link to a place in the
 * page the place alone, because a single-page application changes what it is relative to.
 */
function serialize([document, base]: [document: Document, base: string]): string[] {
  const LEFT_OUT = new Set(['script', 'noscript', 'style', 'link', 'meta', 'base']);
  const lines: string[] = [];
  const value = (element: Element, name: string, raw: string): string => {
    if (name === 'class')
      return raw
        .split(/\s+/)
        .filter((one) => one && !/^(:hover|rrweb-paused)$/.test(one))
        .join(' ');
    if (name === 'style') return (element as HTMLElement).style.cssText;
    if (name !== 'href' && name !== 'src' && name !== 'action') return raw;
    const url = new URL(raw, base);
    return url.hash && url.origin === new URL(base).origin ? url.hash : url.href;
  };
  const attributes = (element: Element): string =>
    [...element.attributes]
      .filter(({ name }) => !/^(rr_|data-rr|on|(value|checked|selected|autocomplete)$)/.test(name))
      .map(({ name, value: raw }) => ({ name, text: value(element, name, raw) }))
      .filter(({ name, text }) => !(name === 'class' && text === ''))
      .map(({ name, text }) => ` ${name}="${text}"`)
      .sort()
      .join('');
  const walk = (node: Node, depth: number): void => {
    let text = '';
    const flush = () => {
      const clean = text.replace(/\s+/g, ' ').trim();
      if (clean) lines.push(`${'  '.repeat(depth)}${clean}`);
      text = '';
    };
    for (const child of node.childNodes) {
      if (child.nodeType === 3) text += child.textContent;
      if (child.nodeType !== 1) continue;
      const element = child as Element;
      if (LEFT_OUT.has(element.localName)) continue;
      flush();
      lines.push(`${'  '.repeat(depth)}<${element.localName}${attributes(element)}>`);
      walk(element, depth + 1);
    }
    flush();
  };
  walk(document, 0);
  return lines;
}

/** The page's own document, as it is now. */
export async function domOf(page: Page): Promise<string[]> {
  return page.evaluate(`(${serialize})([document, location.href])`);
}

/** The document that the player shows. */
export async function replayedDom(page: Page, base: string): Promise<string[]> {
  return page.evaluate(`(${serialize})([${REPLAYED}, ${JSON.stringify(base)}])`);
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
