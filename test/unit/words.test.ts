import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, test } from 'vitest';
import { shownAs } from '../../src/dashboard/site/dimensions.ts';
import { warned } from '../../src/dashboard/site/warned.ts';
import { speak } from '../../src/dashboard/words/area.ts';
import german from '../../src/dashboard/words/de/all.ts';

/** The dashboard's words are all in one catalogue, and all of it is there in each language. */

const FOLDER = join(import.meta.dirname, '../../src/dashboard');

/** What looks like words, and is none that anybody reads: keys, names of the platform's, styles. */
const NO_WORDS = [
  /^(Arrow(Up|Down|Left|Right)|Esc|Escape|Enter|Tab|Home|End|PageUp|PageDown|Backspace|Delete|Shift|Control|Alt|Meta)$/,
  /^(Intl|Content-Type|Content-Security-Policy|If-None-Match|Retry-After|AbortError|ApiError|TypeError|DOMContentLoaded)$/,
  /^(data: blob:|light dark|no-store|Stage|Bearer|\(prefers-reduced-motion: reduce\))$/,
  /^(<script|<img|import Script|add_action\()|Authorization: Bearer$/,
  /^(Footfall|Tor|Desktop|GET|POST|PUT|PATCH|DELETE|HEAD)$/,
];

interface Node {
  type: string;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** What somebody would read of a file's own text, but for what its `class` (a `look`, where it is worked out before), `style` and the like say. */
function wordsIn(file: string): string[] {
  const found: string[] = [];
  const look = (node: Node): void => {
    if (node.type === 'ImportDeclaration' || node.type.startsWith('TS')) {
      if (!('expression' in node)) return;
    }
    // Why a piece of a recording won't come, for whoever looks into the code.
    if (node.type === 'NewExpression' && (node.callee as { name?: string }).name === 'Lost') return;
    if (node.type === 'VariableDeclarator' && (node.id as { name?: string }).name === 'look') return;
    if (node.type === 'JSXAttribute') {
      const { name } = (node.name as { name: string | Node }) ?? {};
      if (
        typeof name === 'string' &&
        /^(class|style|d|viewBox|transform|points|on[A-Z].*|sandbox|allow|rel)$/.test(name)
      ) {
        if (!name.startsWith('on')) return;
      }
    }
    const text =
      node.type === 'JSXText' || (node.type === 'Literal' && typeof node.value === 'string')
        ? String(node.value)
        : node.type === 'TemplateElement'
          ? String((node.value as { cooked: string }).cooked)
          : '';
    if (isRead(text.trim(), node.type === 'JSXText')) found.push(text.trim());
    for (const child of Object.values(node)) {
      for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) look(one);
    }
  };
  look(parseAst(readFileSync(file, 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node);
  return found;
}

function isRead(text: string, shown: boolean): boolean {
  if (NO_WORDS.some((pattern) => pattern.test(text))) return false;
  if (shown) return /\p{L}{2}/u.test(text);
  return /^\p{Lu}\p{Ll}+/u.test(text) || /\p{L}{2,}[,.…:]? \p{L}/u.test(text);
}

describe('the catalogue', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: FOLDER }).filter((file) => !file.startsWith('words/'));

  test.each(files)('%s has no words of its own', (file) => {
    expect(wordsIn(join(FOLDER, file))).toEqual([]);
  });

  test('every area is there in German, and speaks it by the name of its file', async () => {
    speak(german);
    const spoken: Record<string, unknown> = {};
    for (const file of globSync('words/*.{ts,tsx}', { cwd: FOLDER })) {
      const name = basename(file).replace(/\.tsx?$/, '');
      if (!['area', 'language'].includes(name)) [spoken[name]] = Object.values(await import(join(FOLDER, file)));
    }
    expect(spoken).toEqual(german);
  });

  test('says in German what the API says in English: by its value, which stays what filters have, or by its code', () => {
    speak(german);
    const shown = [
      ['visit:channel', 'Organic Search'],
      ['visit:device', 'Mobile'],
      ['visit:source', 'Direct / None'],
      ['event:props:plan', '(none)'],
      ['visit:country', '(not set)'],
    ].map(([dimension = '', value = '']) => shownAs(dimension, value));
    expect(shown).toEqual(['Organische Suche', 'Smartphone', 'Direkt / keine', '(keine)', '(nicht gesetzt)']);
    // Of somebody else's choice: it may look like one of those.
    const own = [shownAs('visit:channel', 'constructor'), shownAs('event:props:plan', '(not set)')];
    expect(own).toEqual(['constructor', '(not set)']);
    const warning = { code: 'not_kept', message: 'Nothing from before 2026-05-02', since: '2026-05-02' } as const;
    expect(warned(warning)).toMatch(/^Von vor dem .*2026 ist hier nichts mitgezählt/);
  });
});
