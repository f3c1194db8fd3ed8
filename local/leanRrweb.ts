import type { Plugin } from 'vite';

/**
 * Takes out of rrweb's recorder what is never switched on here, and what a bundler can't know to be dead: canvases,
 * frames of other origins, selections, fonts, inlined images, hooks and a warning for users of its first version. It is
 * about a tenth of the recorder. And has each of its handlers run by the option `around` instead of catching errors, so
 * that what they take can be measured. Each cut must fit exactly once: after an update of rrweb that changed such a place the
 * build stops here.
 */
const CUTS: [what: string, from: string | RegExp, to: string][] = [
  [
    'canvas',
    'class CanvasManager {',
    'class CanvasManager { reset() {} freeze() {} unfreeze() {} lock() {} unlock() {} }\nclass UnusedCanvasManager {',
  ],
  ['canvas worker', /const blob = typeof self .*;\n/, 'const blob = null;\n'],
  ['canvas picture', 'if (tagName === "canvas" && recordCanvas) {', 'if (false) {'],
  ['inlined images', 'if (tagName === "img" && inlineImages) {', 'if (false) {'],
  [
    'frames of other origins: messages',
    /\n {2}handleMessage\(message\) \{[\s\S]*?\n\}\n(?=class ShadowDomManager)/,
    '\n}\n',
  ],
  ['frames of other origins: window', 'if (this.recordCrossOriginIframes) {', 'if (false) {'],
  [
    'frames of other origins: frame',
    /if \(this\.recordCrossOriginIframes\)\s+\(_a2 = iframeEl\.contentWindow\)[\s\S]*?\n {6}\);/,
    '',
  ],
  ['selections', 'const selectionObserver = initSelectionObserver(o);', 'const selectionObserver = () => {};'],
  ['fonts', 'if (o.collectFonts) {', 'if (false) {'],
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
  ['own events', /\nrecord\.addCustomEvent = [\s\S]*?\n\};\n(?=record\.freezePage)/, '\n'],
  ['freezing', /\nrecord\.freezePage = [\s\S]*?\n\};/, ''],
  ['hooks', '\n  mergeHooks(o, hooks);', ''],
  [
    'warning',
    /\nif \(typeof window !== "undefined" && window\.Proxy && window\.Reflect\) \{\n {2}_mirror = [\s\S]*?\n\}/,
    '',
  ],
];

export function leanRrweb(): Plugin {
  return {
    name: 'lean-rrweb',
    transform(code, id) {
      if (!/@rrweb\/record\/dist\/record\.js$/.test(id)) return null;
      let lean = code;
      for (const [what, from, to] of CUTS) {
        const parts = lean.split(from);
        if (parts.length !== 2) throw new Error(`rrweb has changed: ${parts.length - 1} places fit the cut "${what}"`);
        lean = parts.join(to);
      }
      return { code: lean, map: null };
    },
  };
}
