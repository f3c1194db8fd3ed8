import type { Page } from 'playwright-core';
import type { Extras } from '../../src/contract/wire.ts';

/** A page of `pages/`, what somebody does there, and in between the moments at which its replay is compared. */
export interface Use {
  page: string;
  /** What the site has recorded besides: any of it takes the larger recorder. */
  extras?: Partial<Extras>;
  steps: [moment: string, does: (page: Page) => Promise<unknown>][];
}

const click =
  (...selectors: string[]) =>
  async (page: Page) => {
    for (const selector of selectors) await page.click(selector);
  };
const wheel =
  (x: number, y: number, down: number, across = 0) =>
  async (page: Page) => {
    await page.mouse.move(x, y);
    await page.mouse.wheel(across, down);
  };
const drag = (from: string, to: string) => async (page: Page) => {
  await page.hover(from);
  await page.mouse.down();
  await page.hover(to);
  await page.hover(to);
  await page.mouse.up();
};

export const USES: Use[] = [
  {
    page: 'react.jsx',
    steps: [
      ['typed', (page) => page.type('#new', 'Drink')],
      ['added', click('button[type=submit]', '#sort', '#turn')],
      ['asked', click('li:nth-child(2) button')],
      ['removed', click('#yes')],
    ],
  },
  {
    page: 'preact.jsx',
    steps: [
      ['turned', click('#turn', '#turn')],
      ['text', click('#text')],
      ['table', click('#table', '#turn')],
      ['back', click('#list')],
    ],
  },
  {
    page: 'vue.js',
    steps: [
      ['typed', (page) => page.type('#name', 'Ann')],
      ['moved', click('#add', '#sort', '#add', '#drop')],
      ['open', click('#open', '#agree')],
      ['closed', click('#open')],
    ],
  },
  {
    page: 'svelte.js',
    steps: [
      ['typed', (page) => page.type('#text', 'Hello')],
      ['open', click('#open', '#shuffle')],
      ['sized', async (page) => [await page.fill('#size', '90'), await page.fill('#text', '')]],
      ['closed', click('#open', '#shuffle')],
    ],
  },
  {
    page: 'solid.js',
    steps: [
      ['counted', click('#count', '#count', '#count')],
      ['swapped', click('#swap', '#more', '#swap')],
    ],
  },
  {
    page: 'lit.js',
    steps: [
      ['open', click('shop-card[name=Morning] button')],
      ['turned', click('#turn', '#add')],
      ['restyled', click('#wide', 'shop-card[name=Harbour] button')],
    ],
  },
  {
    page: 'alpine.js',
    steps: [
      ['open', click('#open')],
      ['tab', click('#tab', '#push')],
      ['typed', (page) => page.fill('#live', 'two')],
    ],
  },
  {
    page: 'htmx.js',
    steps: [
      ['into', click('#inner')],
      ['rows', async (page) => [await page.click('#outer'), await page.click('#outer')]],
      ['me', click('#self')],
    ],
  },
  {
    page: 'jquery.js',
    steps: [
      ['slid', click('#slide')],
      ['sorted', click('#sort')],
      ['wrapped', click('#wrap', '#sort', '#slide')],
    ],
  },
  {
    page: 'mithril.js',
    steps: [
      ['two', click('a:text("/two")', '#add', '#add')],
      ['three', click('a:text("/three")')],
      ['back', (page) => page.goBack()],
    ],
  },
  {
    page: 'shoelace.js',
    steps: [
      ['used', click('sl-switch', 'sl-tab[panel=b]', 'sl-details')],
      ['typed', (page) => page.locator('#name input').pressSequentially('Ann')],
      ['chosen', click('sl-select', 'sl-option[value=dark]')],
      ['dialog', click('#open')],
      ['closed', click('#close')],
    ],
  },
  {
    page: 'material.js',
    steps: [
      ['used', click('md-checkbox', '#second')],
      ['typed', (page) => page.locator('#name input').pressSequentially('Ann')],
      ['menu', click('#anchor')],
      ['dialog', click('md-menu-item', '#open')],
      ['closed', click('#close')],
    ],
  },
  {
    page: 'emotion.js',
    steps: [
      ['some', click('#more', '#more')],
      ['more', click('#more', '#more', '#more')],
    ],
  },
  {
    page: 'bootstrap.js',
    steps: [
      ['collapse', click('#collapse')],
      ['tip', (page) => page.hover('#tip')],
      ['modal', click('#modal')],
      ['dropped', click('#shut', '#drop')],
      ['aside', click('#canvas')],
    ],
  },
  {
    page: 'radix.jsx',
    steps: [
      ['menu', click('#menu')],
      ['sub', (page) => page.hover('[role=menuitem]:text("More")')],
      ['dialog', async (page) => [await page.keyboard.press('Escape'), await page.click('#dialog')]],
      ['done', async (page) => [await page.fill('#name', 'Ann'), await page.click('button:text("Done")')]],
    ],
  },
  {
    page: 'floating-ui.js',
    steps: [
      ['shown', click('#at')],
      ['scrolled', wheel(100, 100, 150)],
      ['hidden', click('#at')],
    ],
  },
  {
    page: 'tom-select.js',
    steps: [
      ['open', click('#one-ts-control')],
      ['chosen', click('.option:text("Morning")')],
      ['several', async (page) => [await page.type('#many-ts-control', 'New one'), await page.keyboard.press('Enter')]],
    ],
  },
  {
    page: 'flatpickr.js',
    steps: [
      ['open', click('#date')],
      ['next', click('.open .flatpickr-next-month', '.open .flatpickr-day:text-is("12")')],
      ['range', click('.inline .flatpickr-day:text-is("20")', '.inline .flatpickr-day:text-is("23")')],
    ],
  },
  {
    page: 'sortable.js',
    steps: [
      ['within', drag('#left li:text("A")', '#left li:text("C")')],
      ['across', drag('#left li:text("B")', '#right li:text("Y")')],
    ],
  },
  {
    page: 'swiper.js',
    steps: [
      ['next', click('.swiper-button-next')],
      ['third', click('.swiper-pagination-bullet:nth-child(3)')],
      ['round', click('.swiper-button-next')],
    ],
  },
  {
    page: 'virtual-list.js',
    steps: [
      ['scrolled', wheel(100, 200, 900)],
      ['far', wheel(100, 200, 90_000)],
      ['back', wheel(100, 200, -60_000)],
    ],
  },
  {
    page: 'tabulator.js',
    steps: [
      ['sorted', click('.tabulator-col[tabulator-field=price] .tabulator-col-title')],
      ['scrolled', wheel(200, 300, 3_000)],
      ['filtered', (page) => page.type('.tabulator-header-filter input', 'Bean 3')],
      [
        'edited',
        async (page) => [
          await page.click('.tabulator-row:first-child [tabulator-field=price]'),
          await page.keyboard.type('5'),
          await page.keyboard.press('Enter'),
        ],
      ],
    ],
  },
  {
    page: 'd3.js',
    steps: [
      ['next', click('#next')],
      ['again', click('#next', '#next')],
      [
        'brushed',
        async (page) => {
          await page.mouse.move(100, 80);
          await page.mouse.down();
          await page.mouse.move(300, 90, { steps: 4 });
          await page.mouse.up();
        },
      ],
    ],
  },
  { page: 'chart.js', steps: [['more', click('#more', '#more')]] },
  { page: 'chart.js', extras: { canvas: true }, steps: [['more', click('#more', '#more')]] },
  {
    page: 'codemirror.js',
    steps: [
      ['typed', async (page) => [await page.click('.cm-line:nth-child(3)'), await page.keyboard.type('let x = 1;')]],
      ['scrolled', wheel(200, 150, 2_000)],
      ['top', (page) => page.keyboard.press('Control+Home')],
    ],
  },
  {
    page: 'quill.js',
    steps: [
      ['typed', async (page) => [await page.click('.ql-editor'), await page.keyboard.type(' and more')]],
      ['bold', async (page) => [await page.keyboard.press('Control+A'), await page.keyboard.press('Control+B')]],
      ['listed', click('.ql-list[value=bullet]')],
    ],
  },
  {
    page: 'leaflet.js',
    steps: [
      [
        'dragged',
        async (page) => {
          await page.mouse.move(300, 200);
          await page.mouse.down();
          await page.mouse.move(200, 150, { steps: 5 });
          await page.mouse.up();
        },
      ],
      ['zoomed', click('.leaflet-control-zoom-in')],
      ['popped up', (page) => page.click('path.leaflet-interactive', { force: true })],
    ],
  },
  {
    page: 'forms.html',
    steps: [
      [
        'filled',
        async (page) => {
          await page.fill('#text', 'typed');
          await page.type('#mail', 'ann@shop.example');
          await page.type('#password', 'hunter2');
          await page.type('#card', '4111111111111111');
          await page.type('#number', '7');
          await page.fill('#date', '2026-05-17');
          await page.fill('#area', 'Some lines\nof text');
          await page.click('#editable');
          await page.keyboard.type('Edited ');
        },
      ],
      [
        'chosen',
        async (page) => {
          await page.check('#check');
          await page.uncheck('#checked');
          await page.check('#b');
          await page.selectOption('#select', 'Three');
          await page.selectOption('#several', ['X', 'Y']);
          await page.fill('#range', '80');
          await page.fill('#color', '#ff0000');
        },
      ],
      ['late', click('#late')],
      ['reset', click('[type=reset]')],
    ],
  },
  {
    page: 'dialogs.html',
    steps: [
      ['modal', click('#modal')],
      ['over it', click('#second')],
      ['closed', click('#back', '#done')],
      ['others', click('#one', '#plain', '#made')],
      ['gone', click('dialog:modal button', '#shut', '#modal')],
    ],
  },
  {
    page: 'popovers.html',
    steps: [
      ['menu', click('#menu')],
      ['nested', click('#sub')],
      ['dismissed', async (page) => [await page.mouse.click(500, 500), await page.click('#toast')]],
    ],
  },
  {
    page: 'frames.html',
    steps: [
      ['made', click('#make')],
      ['within', (page) => page.frameLocator('#made iframe').locator('h1').click()],
      ['typed', (page) => page.frameLocator('#attribute').locator('#in').pressSequentially('Ann')],
      ['gone', click('#go')],
      ['taken', click('#take', '#make')],
    ],
  },
  {
    page: 'shadow.html',
    steps: [
      ['attached', click('#attach')],
      ['changed', async (page) => [await page.click('#change'), await page.type('#field', 'Ann')]],
      ['moved', click('#move', '#change')],
    ],
  },
  {
    page: 'sticky.html',
    steps: [
      ['scrolled', wheel(200, 400, 700)],
      ['grown', wheel(200, 400, 2_000)],
      ['snapped', async (page) => [await wheel(200, 400, -9_000)(page), await wheel(100, 40, 0, 280)(page)]],
    ],
  },
  {
    page: 'svg.html',
    steps: [
      ['moved', click('#move')],
      ['added', click('#add')],
    ],
  },
  {
    page: 'tables.html',
    steps: [
      ['sorted', click('#sort')],
      ['filled', click('#fill', '#sort')],
      ['columns', click('#column', '#fill', '#column')],
    ],
  },
  {
    page: 'sheets.html',
    steps: [
      ['rules', click('#rules')],
      ['adopted', click('#adopt', '#rules')],
      ['off', click('#off')],
      ['on again', click('#off')],
      ['as text', click('#text')],
    ],
  },
];
