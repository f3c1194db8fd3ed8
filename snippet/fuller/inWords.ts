/** Of a text, of things in a list, of levels of an object, at most so many are said. */
const CHARS = 1_000;
const WIDE = 20;
const DEEP = 3;

/** What was given to the console, as one text. Runs no code of the page: neither getters nor `toJSON`. */
export function inWords([first, ...rest]: unknown[]): string {
  let text = plain(first);
  if (typeof first === 'string')
    text = first.replace(/%[sdifoOc]/g, (mark) => {
      if (!rest.length) return mark;
      const said = plain(rest.shift());
      return mark === '%c' ? '' : said; // a style is none of the text
    });
  return [text, ...rest.map((one) => plain(one))].join(' ');
}

function plain(value: unknown, depth = 0): string {
  if (typeof value === 'string') return depth ? `"${value.slice(0, CHARS)}"` : value.slice(0, 2 * CHARS);
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object' || !value) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Node) return `<${value.nodeName.toLowerCase()}>`;
  const list = Array.isArray(value);
  if (depth >= DEEP) return list ? '[…]' : '{…}';
  const parts: string[] = [];
  for (const key of Object.keys(value).slice(0, WIDE)) {
    const own = Object.getOwnPropertyDescriptor(value, key);
    const said = own && 'value' in own ? plain(own.value, depth + 1) : '…';
    parts.push(list ? said : `${key}: ${said}`);
  }
  if (Object.keys(value).length > WIDE) parts.push('…');
  return list ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`;
}
