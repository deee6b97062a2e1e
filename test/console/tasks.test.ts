import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { visit } from './support/browser.ts';
import { Hands } from './support/hands.ts';
import { isBrowserMissing, useConsole } from './support/use-console.ts';

/** What people come to the console for, by the keyboard alone and by what the pages say. */

const { server, browser } = await useConsole();

/** How many keys each took. */
const presses = new Map<string, number>();

interface Task {
  readonly hands: Hands;
  readonly page: Page;
}

/** Waits until one is on a page. */
async function at(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

/** Does a task in a window of somebody's own, from the first page on. */
async function doTask(name: string, as: string, run: (task: Task) => Promise<void>): Promise<void> {
  await using there = await visit(browser(), server(), { as });
  const hands = new Hands(there.page);
  await there.open('/console/');
  await at(there.page, 'Home');
  await run({ hands, page: there.page });
  presses.set(name, hands.presses);
}

async function count({ hands }: Task, name: string, run: () => Promise<void>): Promise<void> {
  const before = hands.presses;
  await run();
  presses.set(name, hands.presses - before);
}

/** Becomes somebody else at the same address. */
async function becomes({ hands, page }: Task, subject: string): Promise<void> {
  await hands.press('Shift+Tab');
  await page.evaluate('document.body.focus()');
  await hands.goTo('Somebody else');
  await hands.press('Enter');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await hands.goTo('Or anybody else');
  await hands.type(subject);
  await hands.press('Enter');
  await page.getByRole('banner').getByText(subject).waitFor();
}

describe.skipIf(isBrowserMissing)('by the keyboard alone', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    const modules = ['core', 'music', 'podcasts', 'audiobooks'].map((name) => {
      const dsl = readFileSync(`examples/creators/${name}.fga`, 'utf8');
      return {
        name: `${name}.fga`,
        dsl: dsl.replace('can_view_statements: (finance from organization or ', 'can_view_statements: ('),
      };
    });
    const query = `mutation ($input: PublishAuthorizationModelInput!) {
      publishAuthorizationModel(input: $input) { model { id } }
    }`;
    const variables = { input: { modules, activate: true } };
    await server().ask(query, { as: 'employee:oda', variables });
  });

  test('somebody learns why eve cannot edit a track, gives her a role until Friday, sees what that changed, and takes it back', async () => {
    await doTask('why, given, seen and taken back', 'user:adam', async (task) => {
      const { hands, page } = task;
      await count(task, 'why', async () => {
        await hands.goTo('Skip to the page');
        await hands.press('Enter');
        await hands.goTo('Who');
        await hands.type('user:eve');
        await hands.press('Tab');
        await hands.type('can_edit');
        await hands.press('Tab');
        await hands.type('track:aurora-1');
        await hands.press('Enter');
        await page.getByText('user:eve does not have can_edit on track:aurora-1.', { exact: true }).waitFor();
        await expect.poll(async () => (await hands.focus()).name).toMatch(/^Denied/);
      });
      await count(task, 'give until Friday', async () => {
        await page.getByRole('link', { name: 'Give editor on label:northwind to user:eve' }).waitFor();
        await hands.goTo('Give editor on label:northwind to user:eve');
        await hands.press('Enter');
        await expect.poll(async () => (await hands.focus()).name).toBe('Until');
        await hands.press('ArrowDown', 'ArrowDown', 'Tab');
        await hands.type('helps with the release');
        await page.getByText('user:eve gains').waitFor();
        await hands.press('Control+Enter');
        await page.locator('[data-done="grant"]').getByText('user:eve gains').waitFor();
        await expect.poll(async () => (await hands.focus()).name).toMatch(/^Given/);
        expect(await endOfEve()).toBe(5);
      });
      await count(task, 'see what that changed', async () => {
        await hands.goTo('Everything they have');
        await hands.press('Enter');
        await page.getByRole('row', { name: /^editor directly/ }).waitFor();
      });
      await count(task, 'take it back', async () => {
        await hands.goTo(/^Take away[\s\S]*editor On label:northwind/);
        await hands.press('Enter');
        await page.getByText('user:eve loses').waitFor();
        await expect.poll(async () => (await hands.focus()).name).toBe('Cancel');
        await hands.press('Tab', 'Enter');
        await page.locator('[data-done="revoke"]').waitFor();
        expect(await endOfEve()).toBeUndefined();
      });
    });
  });

  test('somebody finds who can approve payouts', async () => {
    await doTask('who approves payouts', 'employee:oda', async ({ hands, page }) => {
      await hands.press('Control+k');
      await hands.type('who');
      await hands.press('Enter');
      await at(page, 'Who has access?');
      await hands.goTo('Which kind of subjects');
      await hands.type('user');
      await hands.press('Tab');
      await hands.type('approve');
      await suggested(page, 'can_approve');
      await hands.press('Control+a');
      await hands.type('can_approve');
      await hands.press('Tab');
      await hands.type('payout_account:');
      await suggested(page, 'payout_account:nw-main');
      await hands.type('nw-main');
      await hands.press('Enter');
      await page.getByText('1 in all').waitFor();
      await page.getByRole('main').getByRole('link', { name: 'user:ann' }).waitFor();
    });
  });

  test('the last owner is off-boarded once somebody else is one', async () => {
    await doTask('off-board the last owner', 'employee:oda', async (task) => {
      const { hands, page } = task;
      await page.getByRole('navigation').getByRole('link', { name: 'Models' }).waitFor();
      await hands.goTo('People');
      await hands.press('Enter');
      await at(page, 'People');
      await hands.goTo('Who');
      await hands.type('user:luna');
      await hands.press('Enter');
      await at(page, 'user:luna');
      await hands.goTo('Off-board');
      await hands.press('Enter');
      await page.getByText('needs can_grant_owner on organization:luna-mgmt').waitFor();
      await hands.goTo('Who has that');
      await hands.press('Enter');
      await page.getByRole('main').getByRole('link', { name: 'user:luna' }).waitFor();
      await becomes(task, 'user:luna');
      await hands.press('Control+k');
      await hands.type('organization:luna-mgmt');
      await hands.press('Enter');
      await page.getByRole('row', { name: /^user:luna owner/ }).waitFor();
      await hands.goTo('What to do about owner of user:luna');
      await hands.press('Enter');
      await expect.poll(async () => (await hands.focus()).name).toBe('Why');
      await hands.press('ArrowUp', 'ArrowUp', 'Enter');
      await expect.poll(async () => (await hands.focus()).name).toBe('Who gets it instead');
      await hands.type('user:jo');
      await page.getByText('user:jo gains').waitFor();
      await hands.press('Control+Enter');
      await page.locator('[data-done="transfer"]').waitFor();
      await becomes(task, 'employee:oda');
      await hands.press('Control+k');
      await hands.type('user:luna');
      await page.getByRole('option', { name: 'Off-board user:luna' }).waitFor();
      await hands.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
      await page.getByText('One relationship is taken away').waitFor();
      await hands.goTo('Reason');
      await hands.type('left us');
      await hands.goTo('Off-board user:luna');
      await hands.press('Enter');
      await page.locator('[data-done="offboard"]').waitFor();
    });
  });

  test('an organization is reviewed and exported', async () => {
    await doTask('review and export', 'user:adam', async ({ hands, page }) => {
      await hands.goTo('Review');
      await hands.press('Enter');
      await at(page, 'Review');
      await hands.goTo('Object');
      await hands.type('organization:northwind');
      await hands.press('Enter');
      await page.getByText('decided').waitFor();
      await hands.goTo('Export as CSV');
      await hands.press('Enter');
      await page.getByRole('link', { name: 'Keep the file' }).waitFor();
      const download = page.waitForEvent('download');
      await hands.goTo('Keep the file');
      await hands.press('Enter');
      expect(await readFile(await (await download).path(), 'utf8')).toContain('complete');
      const decision = 'Decision about blocked of user:gone on organization:northwind';
      await page.getByLabel(decision).locator('option[value="revoke"]').waitFor({ state: 'attached' });
      await hands.goTo(decision);
      await hands.type('t');
      await page.getByText('1 decision changes something').waitFor();
    });
  });

  test('the riskiest finding is found, and its end proposed', async () => {
    await doTask('propose the end of a finding', 'user:adam', async ({ hands, page }) => {
      await hands.press('Control+k');
      await hands.type('organization:northwind');
      await page.getByRole('option', { name: 'Findings on organization:northwind' }).waitFor();
      await hands.press('ArrowUp', 'ArrowUp', 'Enter');
      await at(page, 'Findings: organization:northwind');
      await page
        .getByRole('link', { name: /^Try it/ })
        .first()
        .waitFor();
      await hands.rest();
      // The first row is of the heaviest.
      await hands.press('j', '.');
      await page.getByRole('dialog').getByRole('button', { name: 'Propose it', exact: true }).waitFor();
      const ranks = await page.locator('td[data-label="Rank"]').allInnerTexts();
      expect(ranks.map(Number)).toEqual(ranks.map(Number).toSorted((a, b) => b - a));
      await page.getByText('No difference was found, but not everything was examined.').waitFor();
      await hands.goTo('Reason');
      await hands.type('blocked for months');
      await hands.press('Control+Enter');
      await at(page, 'Proposal 1');
      await page.getByText('You can take it back').waitFor();
      expect(await isEditor('user:gone')).toBe(true);
    });
  });

  test('what a colleague has proposed is approved', async () => {
    await doTask('approve a proposal', 'user:olga', async ({ hands, page }) => {
      await page.getByRole('link', { name: 'Proposal 1' }).waitFor();
      await hands.goTo('Proposal 1');
      await hands.press('Enter');
      await at(page, 'Proposal 1');
      await page.getByText('No difference was found, but not everything was examined.').waitFor();
      await hands.goTo('Reason');
      await hands.type('seen');
      await hands.goTo('Approve');
      await hands.press('Enter');
      await page.locator('[data-state="APPLIED"]').getByText('It was approved and made by').waitFor();
      await expect.poll(async () => (await hands.focus()).name).toMatch(/^Applied/);
      expect(await isEditor('user:gone')).toBe(false);
    });
  });

  test('a model is rolled back', async () => {
    await doTask('roll back', 'employee:oda', async ({ hands, page }) => {
      await page.getByRole('navigation').getByRole('link', { name: 'Models' }).waitFor();
      await hands.goTo('Models');
      await hands.press('Enter');
      await at(page, 'Models');
      await page.getByText('decides now').waitFor();
      await hands.goTo(/Roll back: model 1$/);
      await hands.press('Enter');
      await at(page, 'Model 1');
      await page.locator('[data-impact="gained"]').first().waitFor();
      await hands.goTo('Reason');
      await hands.type('finance needs its statements');
      await hands.goTo('Roll back to model 1');
      await hands.press('Enter');
      await page.getByText('Model 1 decides now.').waitFor();
    });
  });

  test.each([
    ['why', 45],
    ['give until Friday', 40],
    ['see what that changed', 12],
    ['take it back', 20],
    ['who approves payouts', 70],
    ['off-board the last owner', 260],
    ['review and export', 75],
    ['propose the end of a finding', 70],
    ['approve a proposal', 60],
    ['roll back', 80],
  ])('%s takes at most %i keys', (task, most) => {
    expect(presses.get(task)).toBeLessThanOrEqual(most);
  });
});

/** What is offered to whoever types in the field that has the focus. */
async function suggested(page: Page, name: string): Promise<void> {
  await expect
    .poll(() => page.evaluate('[...(document.activeElement.list?.options ?? [])].map(({ value }) => value)'))
    .toContain(name);
}

async function isEditor(subject: string): Promise<boolean> {
  const query = `{ accessRelationships(filter: { object: "label:northwind", relation: "editor", subject: "${subject}" }) { edges { node { createdAt } } } }`;
  const { data } = await server().ask(query, { as: 'employee:oda' });
  const { accessRelationships } = data as { accessRelationships: { edges: readonly unknown[] } };
  return accessRelationships.edges.length > 0;
}

/** The day of the week on which eve is no editor any more, in the zone of the browser; nothing where she is none. */
async function endOfEve(): Promise<number | undefined> {
  const query = `{ accessRelationships(filter: { object: "label:northwind", subject: "user:eve" }) { edges { node { expiresAt } } } }`;
  const { data } = await server().ask(query, { as: 'employee:oda' });
  const [edge] = (data as { accessRelationships: { edges: readonly { node: { expiresAt: string } }[] } })
    .accessRelationships.edges;
  return edge === undefined ? undefined : new Date(Date.parse(edge.node.expiresAt) - 1).getUTCDay();
}
