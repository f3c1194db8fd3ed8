import type { Plugin } from 'vite';

/**
 * Takes out of rrweb's recorder what is never switched on here, and what a bundler can't know to be dead: canvases,
 * frames of other origins, media, selections, fonts, inlined images, plugins, hooks, and help for browsers that are gone. It
 * is a sixth of the recorder. And has each of its handlers run by the option `around` instead of catching errors, so that
 * what they take can be measured, and lets it be told of fields. Each cut must fit exactly once: after an update of rrweb that changed such a place the
 * build stops here.
 */
const CUTS: [what: string, from: string | RegExp, to: string][] = [
  [
    'canvas',
    'class CanvasManager {',
    'class CanvasManager { reset() {} freeze() {} unfreeze() {} lock() {} unlock() {} }\nclass UnusedCanvasManager {',
  ],
  ['canvas worker', /const blob = typeof self .*;\n/, 'const blob = null;\n'],
  [
    'frames of other origins: messages',
    /\n {2}handleMessage\(message\) \{[\s\S]*?\n\}\n(?=class ShadowDomManager)/,
    '\n}\n',
  ],
  ['frames of other origins: ids', /\n.*"crossOriginIframeMirror", new CrossOriginIframeMirror\(genId\)\);/, ''],
  [
    'frames of other origins: style ids',
    /this\.crossOriginIframeStyleMirror = new CrossOriginIframeMirror\([\s\S]*?\n {4}\);/,
    '',
  ],
  [
    'frames of other origins: frame',
    /if \(recordCrossOriginIframes\)\s+\(_a2 = iframeEl\.contentWindow\)[\s\S]*?\n {6}\);/,
    '',
  ],
  ['selections', 'const selectionObserver = initSelectionObserver(o);', 'const selectionObserver = () => {};'],
  [
    'media',
    'const mediaInteractionHandler = initMediaInteractionObserver(o);',
    'const mediaInteractionHandler = () => {};',
  ],
  ['old browsers', '\n  polyfill();', ''],
  ['handlers: option', 'errorHandler: errorHandler2', 'around: errorHandler2'],
  [
    'handlers',
    /\nconst callbackWrapper = \(cb\) => \{[\s\S]*?\n\};\n/,
    '\nconst callbackWrapper = (cb) => (...rest) => errorHandler ? errorHandler(cb, rest) : cb(...rest);\n',
  ],
  [
    'mutation buffers of recordings that ended',
    'mutationBuffers.forEach((b) => b.reset())',
    'mutationBuffers.splice(0).forEach((b) => b.reset())',
  ],
  [
    'options of a mutation buffer',
    /\n {4}\[\n {6}"mutationCb",[\s\S]*?\n {4}\}\);/,
    '\n    Object.assign(this, options);',
  ],
  [
    'what is left out of pages',
    /(?<=\nfunction slimDOMExcluded\(sn, slimDOMOptions\) \{)[\s\S]*?(?=\n\}\n)/,
    "\n  return sn.type === NodeType.Comment || sn.tagName === 'meta' && !/^(viewport|color-scheme)$/.test(sn.attributes.name) || sn.tagName === 'link' && /icon/.test(sn.attributes.rel);",
  ],
  ['its defaults', 'function slimDOMDefaults(_slimDOMOptions) {', 'function slimDOMDefaults() {\n  return {};'],
  [
    'fields that nobody heard of',
    '\n  const events = sampling.input === "last"',
    '\n  if (doc === document) record.field = (target) => eventHandler({ target });\n  const events = sampling.input === "last"',
  ],
  [
    'a name that its player gives no capitals back',
    'const processedTagName = toLowerCase(element.tagName);',
    'if (element.tagName === "textPath") return "textPath";\n  const processedTagName = toLowerCase(element.tagName);',
  ],
  [
    'popovers that are open',
    '\n  if (tagName === "dialog" && n.open) {',
    '\n  if (n.popover && n.matches(":popover-open")) attributes["data-rr-popover"] = "";\n  if (tagName === "dialog" && n.open) {',
  ],
  ['plugins', /\n {10}plugins: \(\(_a2 = [\s\S]*?\|\| \[\]/, ''],
  ["rrdom's nodes", /\n {2}if \(n instanceof BaseRRNode [\s\S]*?\n {2}\}/, ''],
  ['own events', /\nrecord\.addCustomEvent = [\s\S]*?\n\};\n(?=record\.freezePage)/, '\n'],
  ['freezing', /\nrecord\.freezePage = [\s\S]*?\n\};/, ''],
  [
    'which text is masked: all of it is asked about',
    /(?<=\nfunction needMaskingText\(.*\) \{)[\s\S]*?(?=\n\}\n)/,
    '\n  return true;',
  ],
  [
    'kinds of inputs',
    /\n {2}const maskInputOptions = maskAllInputs === true \? \{[^{}]*\} : _maskInputOptions[\s\S]*?;/,
    '\n  const maskInputOptions = _maskInputOptions;',
  ],
  [
    'kinds of inputs in pictures',
    /\n {2}const maskInputOptions = maskAllInputs === true \? \{[^{}]*\} : maskAllInputs === false [\s\S]*? : maskAllInputs;/,
    '\n  const maskInputOptions = maskAllInputs;',
  ],
  ['thawing', /\n {4}if \(\(\(_a2 = mutationBuffers\[0\]\) [\s\S]*?\n {4}\}/, ''],
  [
    'waiting for the page',
    /\n {4}if \(\["interactive", "complete"\][\s\S]*?\n {4}\}\n(?= {4}return \(\) => \{)/,
    '\n    init();\n',
  ],
  ['hooks', '\n  mergeHooks(o, hooks);', ''],
  [
    'warning',
    /\nif \(typeof window !== "undefined" && window\.Proxy && window\.Reflect\) \{\n {2}_mirror = [\s\S]*?\n\}/,
    '',
  ],
];

/** Options that are never given, as what they are then: what hangs on them is dead, and they need not be handed on. */
const CONSTANTS: Record<string, string> = {
  recordCanvas: 'false',
  inlineImages: 'false',
  recordCrossOriginIframes: 'false',
  collectFonts: 'false',
  dataURLOptions: '{}',
  userTriggeredOnInput: 'false',
  recordDOM: 'true',
  plugins: '[]',
  packFn: 'undefined',
  mousemoveWait: 'undefined',
  checkoutEveryNth: '0',
  checkoutEveryNms: '0',
  inlineStylesheet: 'true',
};

/** Names of rrweb's own that never go out: what is made of a page has none of them. */
export const INNER =
  /^(idNodeMap|nodeMetaMap|styleIDMap|idStyleMap|attributeMap|mapRemoves|movedMap|addedSet|movedSet|droppedSet|removesSubTreeCache|restoreHandlers|bypassOptions|nodeMap|frozen|locked|unattachedDoc|trackedLinkElements|trackLinkElement|trackStylesheetInLinkElement|attachLinkElement|adoptStyleSheets|shadowDoms|genAdds|genTextAreaValueMutation|processMutations?|patchAttachShadow|observeAttachShadow|addShadowRoot|removeNodeFromMap|loadListener|addLoadListener|addIframe|attachIframe|inOtherBuffer|iframes|crossOriginIframe(Map|RootIdMap|Mirror|StyleMirror)|wrappedEmit|mirror|getMeta|hasNode|maskInputOptions|maskText(Class|Selector)|block(Class|Selector)|slimDOM(Options)?|needsMask|skipChild|newlyAddedElement|cssCaptured|onSerialize|(iframe|stylesheet)LoadTimeout|on(Iframe|Stylesheet)Load|\w+(Cb|Fn|Manager))$/;

export function leanRrweb(): Plugin {
  return {
    name: 'lean-rrweb',
    transform(code, id) {
      if (!/@rrweb\/record\/dist\/record\.js$/.test(id)) return null;
      let lean = code;
      // Names of numbers become the numbers, and members of its one object of functions the functions.
      for (const [, name, member, number] of code.matchAll(/^ {2}(\w+)2\[\1?\w+\["(\w+)"\] = (\d+)\]/gm))
        lean = lean.replace(new RegExp(`\\b${name}\\.${member}\\b`, 'g'), String(number));
      const functions = new Set([...code.matchAll(/\bindex\.(\w+)\(/g)].map(([, name]) => name));
      for (const name of functions) lean += `\nconst index_${name} = ${name};`;
      lean = lean.replace(/\bindex\.(\w+)\(/g, 'index_$1(');
      for (const [name, value] of Object.entries(CONSTANTS)) {
        // Out of what is taken apart, handed on or kept: what is left are its uses.
        lean = lean
          .replace(new RegExp(`^ +${name}( = .*)?(: this\\.${name})?,?$`, 'gm'), '')
          .replace(new RegExp(`^ +this\\.${name} = options\\.${name};$`, 'gm'), '')
          .replace(new RegExp(`\\b(this|o)\\.${name}\\b`, 'g'), name);
        if (!lean.includes(name)) throw new Error(`rrweb has changed: it has no option ${name}`);
        // In front of its uses: only then is it known to be so everywhere.
        lean = `const ${name} = ${value};\n${lean}`;
      }
      lean = lean.replaceAll('typeof blockClass === "string"', 'true');
      for (const [what, from, to] of CUTS) {
        const parts = lean.split(from);
        if (parts.length !== 2) throw new Error(`rrweb has changed: ${parts.length - 1} places fit the cut "${what}"`);
        lean = parts.join(to);
      }
      // Fields are set like any others.
      lean = lean
        .replace(/__publicField\(this, "\w+"\);/g, '')
        .replace(/__publicField\(this, "(\w+)", /g, '(this.$1 = ');
      return { code: lean, map: null };
    },
  };
}
