import { expect, test } from 'vitest';
import type {} from '../../snippet/lib/footfall.ts';
import { MASKING, type Masking } from '../../src/contract/wire.ts';
import { type Audit, audit } from './audit.ts';
import { html, ownStages } from './own-stages.ts';
import type { Stage } from './stage.ts';

// What is masked does not leave the browser, wherever it is typed and however it gets there.

const stages = ownStages();

async function set(files: Record<string, string>, masking: Partial<Masking> = {}): Promise<Stage> {
  return await stages.set(files, { record: 1, masking: { ...MASKING, ...masking } });
}

/** Fields that are secret whatever a site's settings say. */
const SECRETS = [
  '<input type="password" id="s1">',
  '<input name="user_password" id="s2">',
  '<input autocomplete="section-a billing cc-number" id="s3">',
  '<input autocomplete="one-time-code" id="s4">',
  '<input name="cvv" id="s5">',
  '<input name="cardNumber" id="s6">',
  '<input autocomplete="new-password" id="s7">',
  '<input id="otp-code">',
  '<input id="s8" data-footfall-ignore>',
  '<section data-footfall-ignore><textarea id="s9"></textarea></section>',
].join('');

const OPEN = [
  '<input name="city" id="o1">',
  '<textarea id="o2"></textarea>',
  '<div contenteditable id="o3"></div>',
  '<input type="email" id="o4">',
  '<input type="search" id="o5">',
  '<input type="tel" id="o6">',
  '<input type="number" id="o7">',
  '<input type="url" id="o8">',
  '<select id="o9"><option>One</option></select>',
].join('');

/** A page that has fields everywhere: in shadow trees, in frames, late, and ones that mirror what is typed. */
const EVERYWHERE = {
  '/': html(
    `${OPEN}${SECRETS}<input type="checkbox" checked id="ticked" data-footfall-mask>
    <my-form></my-form><my-host data-footfall-mask></my-host>
    <iframe src="/frame"></iframe><iframe srcdoc='<input id="in-srcdoc"><textarea id="in-srcdoc-too"></textarea>'></iframe>
    <input id="mirror" oninput="this.setAttribute('value', this.value); this.title = 'x'">
    <form id="late"></form><p id="said" data-footfall-mask></p>
    <script>
      customElements.define('my-form', class extends HTMLElement {
        connectedCallback() {
          this.attachShadow({ mode: 'open' }).innerHTML =
            '<input id="in-shadow"><input type="password" id="in-shadow-secret"><div contenteditable id="in-shadow-editable"></div><my-inner></my-inner>';
        }
      });
      customElements.define('my-inner', class extends HTMLElement {
        connectedCallback() {
          this.attachShadow({ mode: 'open' }).innerHTML = '<textarea id="in-inner-shadow"></textarea>';
        }
      });
      // What is typed anywhere is said in a masked place, and once more in a shadow tree of a masked host.
      const inner = document.querySelector('my-host').attachShadow({ mode: 'open' });
      inner.innerHTML = '<p></p>';
      document.addEventListener('input', ({ target }) => {
        said.textContent = target.value || target.textContent;
        inner.querySelector('p').textContent = said.textContent;
        inner.append(Object.assign(document.createElement('i'), { textContent: said.textContent }));
        if (!late.firstChild)
          setTimeout(() => {
            late.innerHTML = '<input id="came-late"><input type="password" id="came-late-secret"><textarea id="came-late-too"></textarea>';
          }, 100);
      });
    </script>`,
  ),
  '/frame':
    '<!doctype html><input id="in-frame"><input type="password" id="in-frame-secret"><div contenteditable id="in-frame-editable"></div>',
};

const names = ({ fields }: Audit) => fields.map((field) => field.replace(/^.*\] /, ''));

test('nothing that is typed, pasted or filled in leaves the browser, in whatever tree or frame, early or late', async () => {
  const made = await set(EVERYWHERE);
  const found = await audit(stages.browser, `${made.url}/`);
  expect(names(found)).toEqual(
    expect.arrayContaining(
      ['o1', 'o2', 'o3', 's1', 's9', 'in-shadow', 'in-inner-shadow', 'in-frame', 'in-srcdoc', 'came-late'].map((id) =>
        expect.stringContaining(id === 'o1' ? 'city' : id),
      ),
    ),
  );
  expect(found.fields.length).toBeGreaterThan(30);
  expect(found.chunks).toBeGreaterThan(1);
  expect(found.leaks).toEqual([]);
  const box = /"attributes":(\{[^}]*"id":"ticked"[^}]*\})/.exec(made.front.bodies.join(''));
  expect(box?.[1]).not.toContain('"checked"');
});

test('nor does it where all that can be recorded is: not by the console, nor by requests', async () => {
  const extras = { canvas: true, fonts: true, media: true, frames: true, console: true, network: true };
  const made = await stages.set(EVERYWHERE, { record: 1, extras });
  const found = await audit(stages.browser, `${made.url}/`);
  expect(found.fields.length).toBeGreaterThan(30);
  expect(found.lines).toBeGreaterThan(30);
  expect(found.leaks).toEqual([]);
});

test('with all text masked nothing of it does, either', async () => {
  const made = await set(EVERYWHERE, { text: 'all' });
  const found = await audit(stages.browser, `${made.url}/`);
  expect(found.chunks).toBeGreaterThan(1);
  expect(found.leaks).toEqual([]);
});

test('where nothing is masked passwords, cards and codes are, and what the page says is', async () => {
  const made = await set({ '/': html(`${OPEN}<div data-footfall-unmask>${SECRETS}</div>`) }, { text: 'none' });
  const found = await audit(stages.browser, `${made.url}/`);
  const leaked = new Set(found.leaks.map(({ field }) => field.replace(/^.*\] /, '')));
  // An audit that could not find anything would prove nothing.
  expect([...leaked].sort()).toEqual(['city', 'o2', 'o3', 'o4', 'o5', 'o6', 'o7', 'o8']);
});

test("a site's own selectors count like marks in the page; one that can't be read masks everything", async () => {
  const body =
    '<p class="price">price words</p><p class="price open">open words</p><div class="chat">chat words</div><p>plain words</p>';
  const selectors = { mask: '.price', unmask: '.open', block: '.chat' };
  const some = await set({ '/': html(body) }, selectors);
  const none = await set({ '/': html(body) }, { ...selectors, block: ':::nonsense' });
  const seen: string[] = [];
  for (const { front, url, visitor } of [some, none]) {
    const { page } = await visitor();
    await page.goto(url);
    expect(await front.until(() => front.chunks.length > 0)).toBe(true);
    const sent = front.bodies.join('');
    seen.push(
      ['price words', 'open words', 'chat words', 'plain words'].filter((words) => sent.includes(words)).join(),
    );
  }
  expect(seen).toEqual(['open words,plain words', 'open words']);
});

test('addresses and what errors say go by the same rules', async () => {
  const made = await set({
    '/': html(
      '<a href="/account?token=zq1secret&page=2#access_token=zq2secret">Account</a><img src="/a.png?sig=zq3secret&w=10" alt="">' +
        '<form action="https://zq4user:zq5pass@shop.example/"><input id="name"></form>' +
        "<button onclick=\"throw new Error('no such customer: ' + document.querySelector('#name').value + ' zq6@example.com /x?key=zq7secret')\">Go</button>",
    ),
  });
  const { front, url, visitor } = made;
  const { page } = await visitor();
  await page.goto(`${url}/?reset_token=zq8secret&page=3`);
  expect(await front.until(() => front.chunks.length > 0)).toBe(true);
  await page.fill('#name', 'zq9typed');
  await page.click('button');
  await page.evaluate(() => history.pushState({}, '', '/next?session_id=zq10secret&page=4'));
  await front.until(() => front.hits.some((hit) => hit.url.includes('/next')));
  await page.goto('about:blank');
  expect(await front.until(() => front.chunks.some(({ json }) => json.includes('/next?')))).toBe(true);
  const sent = front.chunks.map(({ envelope, json }) => JSON.stringify(envelope) + json).join('\n');
  expect(sent.match(/zq\d+\w*/g)).toBeNull();
  expect(sent).toContain('page=2#access_token=*');
  expect(sent).toContain('w=10');
  expect(sent).toContain('reset_token=*&page=3');
  expect(sent).toContain('session_id=*&page=4');
  expect(sent).toContain('no such customer: ********');
});
