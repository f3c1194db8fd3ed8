import { gunzipSync } from 'node:zlib';
import type { Browser, ElementHandle, Frame } from 'playwright-core';

/** What an audit of a page found. */
export interface Audit {
  /** Fields that something was typed into, as the page names them. */
  fields: string[];
  /** Requests of the snippet, of them chunks of a recording, and their bytes, unpacked. */
  requests: number;
  chunks: number;
  bytes: number;
  /** Lines of console and network among them, where the site has those on. */
  lines: number;
  /** What was typed, or is a secret by its name, and left the browser, with where it was put. */
  leaks: { field: string; text: string; request: string }[];
}

const FIELDS = 'input, textarea, [contenteditable]:not([contenteditable=false])';
/** Types that nothing can be typed into. */
const CHOSEN = /^(hidden|checkbox|radio|button|submit|reset|image|file|range|color)$/;
/** Fields may come while others are filled in: it looks for new ones so often. */
const ROUNDS = 4;
/** A field gets no more than that. */
const WAIT_MS = 1_500;

/** An address that no server hears of. */
const NOWHERE = '/footfall-audit';
/** Where a page's scripts might put secrets, by what they are called. */
const TOLD: Record<string, (mark: string) => string> = {
  'the console, as password:': (mark) => `console.log('password: ${mark}')`,
  'the console, in an object': (mark) => `console.warn({ user: { accessToken: '${mark}' } })`,
  'the console, as a header': (mark) => `console.error('Authorization: Bearer ${mark}.${mark}')`,
  'the console, as JSON': (mark) => `console.info(JSON.stringify({ session_id: '${mark}' }))`,
  'the console, in an address': (mark) => `console.log('https://u${mark}:p${mark}@shop.example/?api_key=${mark}')`,
  'a request, as a parameter': (mark) => `fetch('${NOWHERE}?access_token=${mark}').catch(() => {})`,
  'a request, as a header and body': (mark) =>
    `fetch('${NOWHERE}', { method: 'POST', body: '${mark}', headers: { 'x-key': '${mark}' } }).catch(() => {})`,
};

/**
 * Opens a page, types a mark of its own into every field of it (frames, shadow roots and what comes late included), by keys,
 * by pasting and as a browser fills in; has each of them, and secrets by name, written to the console and asked for as the page's
 * own scripts might; leaves it, and looks for the marks in all that the snippet sent.
 */
export async function audit(browser: Browser, url: string): Promise<Audit> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const sent: { request: string; text: string }[] = [];
  const found: Audit = { fields: [], requests: 0, chunks: 0, bytes: 0, lines: 0, leaks: [] };
  await context.route(/\/[erp]\/[\w-]{6,}/, async (route) => {
    const request = route.request();
    const body = request.postDataBuffer();
    const text = body ? unpacked(body) : '';
    sent.push({ request: new URL(request.url()).pathname, text: request.url() + text });
    found.requests += 1;
    found.bytes += text.length;
    if (request.url().includes('/r/')) found.chunks += 1;
    found.lines += text.match(/"tag":"(console|network)"/g)?.length ?? 0;
    await route.continue();
  });
  await context.route(`**${NOWHERE}**`, (route) => route.abort());
  await page.goto(url);
  await page.waitForLoadState('load');
  // A recording begins when the page is idle; one that does not begin proves nothing, which is told.
  for (const end = Date.now() + 5_000; found.chunks === 0 && Date.now() < end; ) await page.waitForTimeout(100);

  const marks: { mark: string; field: string }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const frame of page.frames()) {
      for (const field of await fresh(frame)) {
        const mark = `${7_391_000 + marks.length}`;
        const name = await fill(frame, field, mark, marks.length).catch(() => null);
        if (!name) continue;
        marks.push({ mark, field: name });
        await page.evaluate(
          `console.log('typed ${mark}', { typed: '${mark}' }); fetch('${NOWHERE}/${mark}?q=${mark}').catch(() => {})`,
        );
      }
    }
    await page.waitForTimeout(300);
  }
  const fields = marks.length;
  for (const [where, script] of Object.entries(TOLD)) {
    const mark = `${7_391_000 + marks.length}`;
    marks.push({ mark, field: where });
    await page.evaluate(script(mark));
  }
  await page.waitForTimeout(500);
  // What is sent while a page goes isn't seen from here: it is told that it goes before it does.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  await page.waitForTimeout(500);
  await page.goto('about:blank');
  await page.waitForTimeout(1_000);
  await context.close();

  found.fields = marks.slice(0, fields).map(({ field }) => field);
  for (const { mark, field } of marks)
    for (const { request, text } of sent) {
      const at = text.indexOf(mark);
      if (at >= 0) found.leaks.push({ field, request, text: text.slice(Math.max(0, at - 60), at + 40) });
    }
  return found;
}

/** The fields of a frame that were not there before. */
async function fresh(frame: Frame): Promise<ElementHandle<HTMLInputElement>[]> {
  const all = (await frame.$$(FIELDS).catch(() => [])) as ElementHandle<HTMLInputElement>[];
  const isNew = await Promise.all(
    all.map((field) =>
      field.evaluate((element) => {
        const { audited } = element as { audited?: boolean };
        return !audited && Object.assign(element, { audited: true }).isConnected;
      }),
    ),
  );
  return all.filter((_, i) => isNew[i]);
}

/** Puts the mark into a field: by keys, by pasting, or as a browser fills in, in turns. @returns what the page calls it */
async function fill(
  frame: Frame,
  field: ElementHandle<HTMLInputElement>,
  mark: string,
  turn: number,
): Promise<string | null> {
  const { type, name } = await field.evaluate((element) => ({
    type: element.type ?? '',
    name: `${element.localName}[${element.type ?? 'contenteditable'}] ${element.name || element.id || element.autocomplete || ''}`.trim(),
  }));
  if (CHOSEN.test(type)) return null;
  const keys = frame.page().keyboard;
  const dated = /^(date|month|week|time|datetime-local)$/.test(type);
  if (dated || turn % 3 === 2)
    await field.evaluate((element, text) => {
      if ('value' in element) element.value = text;
      else (element as HTMLElement).textContent = text;
      for (const event of ['input', 'change'])
        (element as HTMLElement).dispatchEvent(new Event(event, { bubbles: true }));
    }, mark);
  else {
    await field.click({ timeout: WAIT_MS }).catch(() => field.focus());
    if (turn % 3 === 1) await keys.insertText(mark);
    else await keys.type(mark);
  }
  return name;
}

/** A body as text; of a chunk the line before it, and what is packed behind; of a style sheet what is packed. */
function unpacked(body: Buffer): string {
  if (body[0] === 0x1f && body[1] === 0x8b) return gunzipSync(body).toString();
  const end = body.indexOf(10);
  if (end < 0 || body[end + 1] !== 0x1f || body[end + 2] !== 0x8b) return body.toString();
  return body.subarray(0, end + 1).toString() + gunzipSync(body.subarray(end + 1)).toString();
}
