import { describe, expect, test } from 'vitest';
import { write } from '../support/postern.ts';
import { accessProblems, takePicture, visit } from './support/browser.ts';
import { isBrowserMissing, useConsole } from './support/use-console.ts';

/** Pages that follow what happens, in a real browser. */

const { server, browser } = await useConsole();

const object = 'show:nightshift';

const give = (subject: string, role: string) => write(server().running.postern, [`${object}#${role}@${subject}`]);
const take = (subject: string, role: string) => write(server().running.postern, [], [`${object}#${role}@${subject}`]);

describe.skipIf(isBrowserMissing)('in Chromium', () => {
  test('others’ changes are told and shown when one asks; one’s own are shown, and not told; nobody who does not look holds a stream', async () => {
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page } = there;
    await there.open(`/console/objects/${object}`);
    await page.locator('[data-live="live"]').waitFor();
    const show = (state: string) =>
      page.evaluate(`Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))`);
    const isGone = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/console/graphql/stream'));
    await show('hidden');
    await isGone;
    // While nobody looks; it is heard of afterwards.
    await give('user:nia', 'episodes_reader');
    await show('visible');
    await page.getByText('1 change since this was read.').waitFor();
    expect(await page.getByRole('rowheader', { name: 'user:nia' }).count()).toBe(0);
    await takePicture(page, 'object-live-light');
    expect(await accessProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await page.getByRole('rowheader', { name: 'user:nia' }).waitFor();
    await there.open(`/console/objects/${object}?change=revoke&role=episodes_reader&subject=user:nia`);
    await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click();
    await page.locator('[data-done="revoke"]').waitFor();
    await page.getByText('1 change since this was read.').waitFor({ state: 'hidden' });
    await page.locator('[data-live="live"]').waitFor();
  });

  test.each(['permissions', 'structure'])('the tab of the %s of an object follows as well', async (tab) => {
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page } = there;
    await there.open(`/console/objects/${object}/${tab}`);
    await page.locator('[data-live="live"]').waitFor();
    await give(`user:of-${tab}`, 'episodes_reader');
    await page.getByText('1 change since this was read.').waitFor();
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await page.locator('main[aria-busy="false"]').waitFor();
  });

  test('what somebody may not do any more is not offered any more, and nothing is tried that would be refused', async () => {
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page } = there;
    await give('user:kim', 'team_admin');
    await using other = await visit(browser(), server(), { as: 'user:kim' });
    await other.open(`/console/objects/${object}`);
    await there.open('/console/');
    await other.page.locator('[data-live="live"]').waitFor();
    await other.page.getByRole('link', { name: 'Give a role' }).waitFor();
    await take('user:kim', 'team_admin');
    await other.page.getByText('Who has which role here is for those').waitFor();
    await other.page.getByRole('link', { name: 'Give a role' }).waitFor({ state: 'hidden' });
    const query = '{ accessAuditEvents(filter: { outcome: DENIED }) { edges { node { actor } } } }';
    const { data } = await server().ask(query, { as: 'employee:sec-ines' });
    expect(data).toEqual({ accessAuditEvents: { edges: [] } });
    expect(await page.locator('[data-live]').count()).toBe(0);
  });

  test('the audit log follows, in as many windows as there is room for; one that is closed makes room, and signing out ends all', async () => {
    await using there = await visit(browser(), server(), { as: 'employee:sec-ines' });
    const pages = [there.page];
    while (pages.length < 4) pages.push(await there.context.newPage());
    for (const page of pages) await page.goto('/console/audit');
    const states = () => Promise.all(pages.map((page) => page.locator('[data-live]').getAttribute('data-live')));
    await expect
      .poll(async () => (await states()).toSorted(), { timeout: 20_000 })
      .toEqual([...['live', 'live', 'live', 'waiting']]);
    const waiting = (await states()).indexOf('waiting');
    await give('user:nia', 'settings_editor');
    for (const [index, page] of pages.entries())
      if (index !== waiting) await page.getByText('1 event since this was read.').waitFor();
    for (const [index, page] of pages.entries()) if (index !== waiting) await page.close();
    // It hears of what happened while it waited, since it goes on after what it shows.
    const last = pages[waiting] ?? there.page;
    await last.getByText('1 event since this was read.').waitFor();
    const second = await there.context.newPage();
    await second.goto('/console/');
    await second.getByRole('button', { name: 'Sign out' }).click();
    await last.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await last.locator('[data-live]').count()).toBe(0);
  });
});
