import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SegmentJson } from '../../src/contract/api.ts';
import type { Hit } from '../../src/contract/wire.ts';
import { type Owner, type TestSite, theWorld } from '../world.ts';
import { launch } from './chromium.ts';
import { at, numbers, settled, signedIn } from './dashboard-visit.ts';

/** Filters made by hand: patterns, any case, what visitors did besides. */

let browser: Browser;
let owner: Owner;
let site: TestSite;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  owner = await theWorld().owner();
  site = await owner.site();
  const pages = (visitor: number, paths: string[], more: Partial<Hit> = {}): Hit[] =>
    paths.map((path, i) =>
      site.hit({
        visitor,
        session: visitor,
        url: `https://${site.domain}${path}`,
        age: (paths.length - i) * 9000,
        ...more,
      }),
    );
  await site.send([
    ...pages(1, ['/', '/Blog/mills', '/signup']),
    ...pages(2, ['/blog/beans'], { referrer: 'https://www.google.com/' }),
    ...pages(3, ['/shop', '/blog'], { title: 'Mills and beans' }),
    ...pages(4, ['/']),
  ]);
  await site.send(site.hit({ name: 'signup', visitor: 1, session: 1, url: `https://${site.domain}/signup` }));
  await owner.json(`/api/v1/sites/${site.id}/goals`, { json: { name: 'Signed up', event: 'signup' } });
});

/** What the page shows is what the API answers to these filters. */
async function shows(page: Page, filters: unknown[], visitors: number): Promise<void> {
  const answer = await site.query({ date_range: '30d', metrics: ['visitors', 'visits', 'pageviews'], filters });
  const [people, visits, views] = answer.results[0]?.metrics ?? [];
  expect(people).toBe(visitors);
  await expect
    .poll(() => numbers(page))
    .toMatchObject({ visitors: `${people}`, visits: `${visits}`, pageviews: `${views}` });
}

test('what an address has for a filter and is none is told, leaves nothing out, and goes', async () => {
  const { page, close } = await signedIn(browser, owner);
  await page.goto(`${at(site)}?filters=is:moon:full&filters=is:page:/shop`);
  await settled(page);
  await shows(page, [['is', 'event:page', ['/shop']]], 1);
  const filters = page.getByRole('group', { name: 'Filters' });
  await filters.getByText('Not a filter: is:moon:full').waitFor();
  await filters.getByRole('button', { name: 'Not a filter: is:moon:full' }).click();
  expect(await filters.locator('.chip').count()).toBe(1);
  expect(new URL(page.url()).search).toBe('?filters=is:page:/shop');
  await close();
});

describe('the filter dialog', () => {
  test('takes patterns, shows what they match, and says at the field what is none', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.keyboard.press('f');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('How').selectOption({ label: 'matches' });
    const field = dialog.getByLabel('Pattern');
    await field.fill('^/blog/(');
    await dialog.getByText('A pattern: ').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.getByText('A pattern: ').waitFor();
    expect(new URL(page.url()).search).toBe('');

    await field.fill('^/blog/');
    await expect.poll(() => dialog.locator('.suggestion').allTextContents()).toEqual(['/blog/beans1']);
    await dialog.getByLabel('Case doesn’t matter').check();
    await expect
      .poll(async () => (await dialog.locator('.suggestion').allTextContents()).sort())
      .toEqual(['/Blog/mills1', '/blog/beans1']);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    const chip = page.getByTitle('Page matches (any case) ^/blog/');
    await chip.waitFor();
    expect(decodeURIComponent(page.url())).toContain('?filters=imatches:page:^/blog/');
    await shows(page, [['matches', 'event:page', ['^/blog/'], { case_sensitive: false }]], 2);

    // It opens as it was made, and turns round.
    await chip.click();
    await expect.poll(() => field.inputValue()).toBe('^/blog/');
    expect(await dialog.getByLabel('Case doesn’t matter').isChecked()).toBe(true);
    await dialog.getByLabel('How').selectOption({ label: 'does not match' });
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByTitle('Page does not match (any case) ^/blog/').waitFor();
    await shows(page, [['matches_not', 'event:page', ['^/blog/'], { case_sensitive: false }]], 3);
    await close();
  });

  test('keeps visitors who have done, or not, what is named', async () => {
    const { page, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.keyboard.press('f');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Keep').selectOption({ label: 'Visitors who have done' });
    await dialog.getByLabel('What', { exact: true }).selectOption({ label: 'Goal' });
    await dialog.getByText('Signed up').click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByTitle('Who reached Signed up').waitFor();
    expect(decodeURIComponent(new URL(page.url()).search)).toBe('?filters=has_done(is:goal:Signed up)');
    await shows(page, [['has_done', ['is', 'event:goal', ['Signed up']]]], 1);

    await page.getByTitle('Who reached Signed up').click();
    await dialog.getByLabel('Keep').selectOption({ label: 'Visitors who have not done' });
    await dialog.getByLabel('What', { exact: true }).selectOption({ label: 'Page' });
    await dialog.getByLabel('How').selectOption({ label: 'contains' });
    await dialog.getByLabel('Value', { exact: true }).fill('/BLOG');
    await dialog.getByLabel('Case doesn’t matter').check();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByTitle('Who did not see a page that contains (any case) /BLOG').waitFor();
    await shows(page, [['has_not_done', ['contains', 'event:page', ['/BLOG'], { case_sensitive: false }]]], 1);

    await page.getByTitle(/^Who did not see a page/).click();
    await dialog.getByLabel('What', { exact: true }).selectOption({ label: 'Page title' });
    await dialog.getByLabel('How').selectOption({ label: 'is' });
    await dialog.getByLabel('Case doesn’t matter').uncheck();
    await dialog.getByText('Mills and beans').click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    const chip = page.getByTitle('Who did not see a page titled Mills and beans');
    await chip.waitFor();
    await shows(page, [['has_not_done', ['is', 'event:page_title', ['Mills and beans']]]], 3);

    // A reload, and the other pages of the site, understand the address.
    await page.reload();
    await chip.waitFor();
    await page.keyboard.press('v');
    await page.getByText('3 visits', { exact: true }).waitFor();
    await close();
  });
});

describe('conditions', () => {
  test('are joined in one filter, told in words, opened and taken out again, by keyboard too', async () => {
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(at(site));
    await settled(page);
    await page.keyboard.press('f');
    const dialog = page.getByRole('dialog');
    const value = dialog.getByLabel('Value', { exact: true });
    await value.fill('/signup');
    await dialog.getByRole('button', { name: '+ Or another one' }).click();
    await expect.poll(() => value.inputValue()).toBe('');
    await dialog.getByLabel('What', { exact: true }).selectOption({ label: 'Source' });
    await value.fill('Google');
    await page.keyboard.press('Enter');
    await page.getByTitle('Page is /signup, or Source is Google').waitFor();
    expect(decodeURIComponent(new URL(page.url()).search)).toBe('?filters=or(is:page:/signup;is:source:Google)');
    await shows(
      page,
      [
        [
          'or',
          [
            ['is', 'event:page', ['/signup']],
            ['is', 'visit:source', ['Google']],
          ],
        ],
      ],
      2,
    );

    // One opens, the other goes, and what is left is one condition; back is where it was.
    await page.getByTitle('Page is /signup, or Source is Google').click();
    await dialog.getByText('All must fit').click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog.locator('.suggestion input:checked').count()).toBe(1);
    await dialog.getByRole('button', { name: 'Remove condition: Source is Google' }).click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByTitle('Page is /signup', { exact: true }).waitFor();
    await page.goBack();
    await page.getByTitle('Page is /signup, or Source is Google').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  test('stand in groups of a group, which are made, opened and changed; what has no fields is told, kept and removed', async () => {
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(
      at(site, '?filters=or(is:source:Google;and(is:page:/shop;not(is:goal:Signed up)))&filters=not(is:segment:3,4)'),
    );
    const chip = page.getByTitle('Source is Google, or (Page is /shop, and Goal is not Signed up)');
    await page.getByRole('button', { name: /^Remove filter: Not in the segment/ }).click();
    await chip.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Page is /shop, and Goal is not Signed up', exact: true }).click();
    await dialog.getByRole('button', { name: 'Page is /shop', exact: true }).click();
    // What the whole group must have besides is what values are counted with: nobody who saw this page signed up.
    await expect.poll(() => dialog.locator('.suggestion').allTextContents()).toContain('/blog1');
    await dialog.getByText('/blog/beans').click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    const both = 'Source is Google, or (Page is /shop or /blog/beans, and Goal is not Signed up)';
    await page.getByTitle(both).click();
    await dialog.getByRole('button', { name: 'Remove condition: Source is Google' }).click();
    await dialog.getByRole('button', { name: 'Remove condition: Goal is not Signed up' }).click();
    await dialog.getByRole('button', { name: '+ And another one' }).click();
    await dialog.getByText('Any one will do').click();
    await dialog.getByLabel('What', { exact: true }).selectOption({ label: 'Source' });
    const value = dialog.getByLabel('Value', { exact: true });
    await value.fill('Google');
    await dialog.getByRole('button', { name: '+ And, with this one' }).click();
    await expect.poll(() => value.inputValue()).toBe('');
    await value.fill('/blog');
    await page.keyboard.press('Enter');
    await page.getByTitle('Page is /shop or /blog/beans, or (Source is Google, and Page is /blog)').waitFor();
    const search = decodeURIComponent(new URL(page.url()).search);
    expect(search).toBe('?filters=or(is:page:/shop,/blog/beans;and(is:source:Google;is:page:/blog))');
    // Whatever asked before these segments were known to be missing was refused.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    await close();
  });
});

describe('segments', () => {
  const path = () => `/api/v1/sites/${site.id}/segments`;
  const kept = async () => (await owner.json<{ segments: SegmentJson[] }>(path())).segments;

  test('are kept of the filters in force, put in force, changed, renamed and deleted', async () => {
    const { page, complaints, close } = await signedIn(browser, owner);
    await page.goto(at(site, '?filters=contains:page:/blog'));
    await settled(page);
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Page contains /blog').waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Please fill this in.').waitFor();
    await dialog.getByLabel('Name').fill('Readers');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    // One’s own: the API has none, and a link says the filters themselves.
    await page.getByTitle('Segment Readers').waitFor();
    expect(await kept()).toEqual([]);
    const search = decodeURIComponent(new URL(page.url()).search);
    expect(search).toBe('?filters=and(contains:page:/blog)');
    const colleague = await theWorld().owner();
    await theWorld().sql('insert into member (site_id, user_id) values ($1, $2)', [site.id, colleague.id]);
    const other = await signedIn(browser, colleague);
    await other.page.goto(at(site, search));
    await other.page.getByTitle('Page contains /blog').waitFor();
    await shows(other.page, [['contains', 'event:page', ['/blog']]], 2);
    await other.close();

    await page.getByTitle('Segment Readers').click();
    await dialog.getByText('For everybody').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/is:segment/);
    const [made] = await kept();
    expect(made).toMatchObject({ name: 'Readers', filters: [['contains', 'event:page', ['/blog']]] });
    expect(new URL(page.url()).search).toBe(`?filters=is:segment:${made?.id}`);
    await page.getByTitle('Segment Readers').waitFor();
    await shows(page, [['contains', 'event:page', ['/blog']]], 2);

    // Its filters come in its place, are changed, and become it.
    await page.getByTitle('Segment Readers').click();
    await dialog.getByRole('button', { name: 'Change filters' }).click();
    await page.getByTitle('Page contains /blog').waitFor();
    await page.getByRole('button', { name: 'Remove filter: Page contains /blog' }).click();
    await page.goto(at(site, '?filters=icontains:page:/BLOG'));
    await settled(page);
    await page.getByRole('button', { name: 'Segments' }).click();
    await page.getByRole('menuitem', { name: 'Save these filters…' }).click();
    await dialog.getByLabel('Name').fill('Readers');
    await dialog.getByText('For everybody').click();
    await dialog.getByText('There is one of this name').waitFor();
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await page.getByTitle('Segment Readers').waitFor();
    await shows(page, [['is', 'segment', [made?.id]]], 3);
    expect((await kept()).map(({ id }) => id)).toEqual([made?.id]);

    await page.getByTitle('Segment Readers').click();
    await dialog.getByLabel('Name').fill('Those who read');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByTitle('Segment Those who read').waitFor();

    // Left and put in force from the menu, beside another filter, on another page of the site.
    await page.goto(at(site, '/visits?filters=is:source:Google'));
    await page.getByText('1 visit', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Segments' }).click();
    const shared = page.getByRole('group', { name: 'For everybody at this site' });
    await shared.getByRole('menuitemradio', { name: 'Those who read' }).click();
    await page.waitForURL(new RegExp(`filters=is:source:Google&filters=is:segment:${made?.id}$`));
    await page.getByRole('button', { name: 'Remove filter: Source is Google' }).click();
    await page.getByText('3 visits', { exact: true }).waitFor();

    await page.getByTitle('Segment Those who read').click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('4 visits', { exact: true }).waitFor();
    expect(await kept()).toEqual([]);
    expect(new URL(page.url()).search).toBe('');
    expect(complaints).toEqual([]);
    await close();
  });

  test('that are not here say so, and let one go on', async () => {
    const { page, close } = await signedIn(browser, owner);
    for (const rest of ['', '/visits', '/replays', '/goals']) {
      await page.goto(at(site, `${rest}?filters=is:segment:987654&filters=is:source:Google`));
      await page.getByText('This segment is not here').waitFor();
      await page.getByTitle('Segment not here').waitFor();
      await page.getByRole('button', { name: 'Go on without it' }).click();
      await page.getByText('This segment is not here').waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('?filters=is:source:Google');
    }
    await close();
  });
});
