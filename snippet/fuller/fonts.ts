import { record } from '@rrweb/record';
import type { Recorder } from './fuller.ts';

/** Bytes of one font, and of all of a page. What is written down of them is a third longer. */
const FONT_BYTES = 300_000;
const PAGE_BYTES = 1_000_000;
/** Ids of the style elements that hold them: no node of a page has such a number. */
const FIRST_ID = 2 ** 52;

/** Rules of a sheet that name fonts, with the address that theirs are relative to; those within others, too. */
function faces(sheet: CSSStyleSheet, base: string): [CSSFontFaceRule, string][] {
  let rules: CSSRuleList;
  try {
    rules = sheet.cssRules;
  } catch {
    return []; // somebody else's, which can't be read
  }
  return [...rules].flatMap((rule) => {
    const { styleSheet, cssRules } = rule as CSSImportRule & CSSGroupingRule;
    if (rule instanceof CSSFontFaceRule) return [[rule, base]];
    if (styleSheet) return faces(styleSheet, styleSheet.href || base);
    return cssRules ? faces(rule as never, base) : [];
  });
}

/**
 * Records the files of fonts that the page has loaded: as style sheets, each with one font in it. So they go the way of large
 * style sheets, once for all visitors, and are named by their hash.
 */
export function fonts({ config, on, emit, run }: Recorder): () => void {
  const texts = new Map<string, Promise<string>>();
  let bytes = 0;
  // Where all text is masked no font is: what characters it has may tell some of it.
  if (config.masking.text === 'all' || !crypto.subtle) return () => {};

  const fetched = async (rule: CSSFontFaceRule, url: string): Promise<string> => {
    const file = await (await fetch(url, { cache: 'force-cache', credentials: 'omit' })).blob();
    if (file.size > FONT_BYTES || bytes + file.size > PAGE_BYTES) return '';
    bytes += file.size;
    const address = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as string);
      reader.readAsDataURL(file);
    });
    const { style } = rule;
    const descriptors = [...style]
      .filter((name) => name !== 'src')
      .map((name) => `${name}:${style.getPropertyValue(name)}`);
    return `@font-face{${[...descriptors, `src:url("${address}")`].join(';')}}`;
  };

  const tell = async () => {
    await document.fonts.ready;
    const loaded = new Set(performance.getEntriesByType('resource').map(({ name }) => name));
    const found = run(() =>
      [...document.styleSheets]
        .flatMap((sheet) => faces(sheet, sheet.href || document.baseURI))
        .flatMap(([rule, base]) => {
          const [url] = [...rule.style.getPropertyValue('src').matchAll(/url\("?([^")]+)"?\)/g)]
            .map(([, path]) => new URL(path as string, base).href)
            .filter((url) => /^http/.test(url) && loaded.has(url));
          return url ? [[rule, url] as const] : [];
        }),
    );
    let id = FIRST_ID;
    for (const [rule, url] of found || []) {
      const key = `${url} ${rule.cssText}`;
      const coming = texts.get(key) || fetched(rule, url).catch(() => '');
      texts.set(key, coming);
      const css = await coming;
      const parentId = record.mirror.getId(document.head);
      if (!css || parentId < 0 || !on()) continue;
      const node = { type: 2, tagName: 'style', attributes: { _cssText: css }, childNodes: [], id: id++ };
      const data = { source: 0, texts: [], attributes: [], removes: [], adds: [{ parentId, nextId: null, node }] };
      run(() => emit({ type: 3, timestamp: Date.now(), data }));
    }
  };
  return () => void tell().catch(() => {});
}
