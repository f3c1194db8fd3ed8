import { seeded } from './traffic.ts';

/** Three pages of a shop with 230 kB of CSS, each their whole own; `{{TAG}}` becomes the snippet's tag. */

const random = seeded(230);
const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
const times = (n: number, one: (i: number) => string) => Array.from({ length: n }, (_, i) => one(i)).join('');

const PARTS = 'card nav menu list table form button modal badge alert hero grid footer header price tabs toast'.split(
  ' ',
);
const KINDS = 'primary secondary muted large small open active disabled first last wide narrow start end'.split(' ');
const WIDTHS = [576, 768, 992, 1200, 1400];
const length = () => pick(['0', '.25rem', '.5rem', '1rem', '1.5rem', '3rem', `${Math.floor(random() * 400)}px`]);
const color = () =>
  `#${Math.floor(random() * 2 ** 24)
    .toString(16)
    .padStart(6, '0')}`;
const DECLARATIONS: (() => string)[] = [
  () => `margin:${length()} ${length()}`,
  () => `padding:${length()}`,
  () => `color:${color()}`,
  () => `background-color:var(--${pick(PARTS)}-${pick(KINDS)})`,
  () => `border:1px solid ${color()}`,
  () => `border-radius:${length()}`,
  () => `display:${pick(['flex', 'grid', 'block', 'none', 'inline-block'])}`,
  () => `font-size:calc(${length()} + .${Math.floor(random() * 9)}vw)`,
  () => `transition:${pick(['color', 'opacity', 'transform'])} .${Math.floor(random() * 9)}s ease-in-out`,
  () => `box-shadow:0 ${length()} ${length()} rgba(0,0,0,.${Math.floor(random() * 99)})`,
];
const rule = () =>
  `.${pick(PARTS)}-${pick(KINDS)}${pick(['', ':hover', '>*', `.${pick(KINDS)}`, '::before'])}{${times(
    1 + Math.floor(random() * 4),
    () => `${pick(DECLARATIONS)()};`,
  )}}`;

/** As a component library's: rules of their own, and again for each width of screen. */
function sheet(bytes: number): string {
  let css = 'body{font:16px/1.6 sans-serif;margin:auto;max-width:60rem}nav a{margin-right:1rem}.done{color:#176}';
  while (css.length < bytes) css += random() < 0.8 ? rule() : `@media (min-width:${pick(WIDTHS)}px){${times(6, rule)}}`;
  return css;
}

/** A library, and the site's own beside it. */
const SHEETS = [sheet(190_000), sheet(40_000)];
export const CSS = SHEETS.join('');

const WORDS =
  'The harbour is quiet in the morning and roasting begins before the first ferry has come in with its cars and bread'.split(
    ' ',
  );
const sentence = () => `${times(14, () => `${pick(WORDS)} `).trim()}.`;
const PATHS = ['/', '/coffee', '/cart'];

const page = (path: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop ${path}</title>
${SHEETS.map((css) => `<style>${css}</style>`).join('')}{{TAG}}</head><body>
<nav class="nav-wide">${PATHS.map((to) => `<a href="${to}">${to}</a>`).join('')}</nav>
<form class="form-small"><input id="search" name="search" class="form-wide"><button type="button" id="more">More</button></form>
<main class="grid-wide">${times(
  24,
  (i) =>
    `<article class="card-${pick(KINDS)}" id="p${i}"><h2>${sentence()}</h2><p>${sentence()} ${sentence()}</p>` +
    `<a class="button-primary" href="/coffee#p${i}">${pick(WORDS)}</a><span class="price-large">${(random() * 50).toFixed(2)} €</span></article>`,
)}</main><script>
more.onclick = () => {
  const item = document.createElement('p');
  item.textContent = 'One more at ' + new Date().toISOString();
  document.querySelector('main').append(item);
  document.querySelector('#p' + Math.floor(Math.random() * 24)).classList.toggle('done');
};
</script></body></html>`;

export const SHOP: Record<string, string> = Object.fromEntries(PATHS.map((path) => [path, page(path)]));
