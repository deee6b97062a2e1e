import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessProblems, takePicture, visit } from './support/browser.ts';
import { expectReadable, type PageCase } from './support/read-page.ts';
import { isBrowserMissing, useConsole } from './support/use-console.ts';

/** Models in a real browser: read, compared, written, activated and rolled back. */

const { server, browser } = await useConsole();

const modules = ['core', 'music', 'podcasts', 'audiobooks'].map((name) => ({
  name: `${name}.fga`,
  dsl: readFileSync(`examples/creators/${name}.fga`, 'utf8'),
}));

/** The example, but statements are for those who prepare and approve payouts. */
const stricter = modules.map(({ name, dsl }) => ({
  name,
  dsl: dsl.replace('can_view_statements: (finance from organization or ', 'can_view_statements: ('),
}));

/** A text that a browser test reads in a moment. */
const small = {
  dsl: `model
  schema 1.1
# People.
type user
type platform
  relations
    # runs it
    define operator: [user]
    define can_publish_model: operator
    define can_read_model: operator
`,
};

async function publish(input: Readonly<Record<string, unknown>>): Promise<string> {
  const query = `mutation ($input: PublishAuthorizationModelInput!) {
    publishAuthorizationModel(input: $input) { model { id } userErrors { message } }
  }`;
  const { data } = await server().ask(query, { as: 'employee:oda', variables: { input } });
  return (data as { publishAuthorizationModel: { model: { id: string } } }).publishAuthorizationModel.model.id;
}

async function activeModel(): Promise<string> {
  const { data } = await server().ask('{ authorizationModel { id } }', { as: 'employee:oda' });
  return (data as { authorizationModel: { id: string } }).authorizationModel.id;
}

async function newestModelEvent(): Promise<unknown> {
  const query = `{ accessAuditEvents(first: 1) { edges { node {
    action actor reason before { modelIds } after { modelIds }
  } } } }`;
  const { data } = await server().ask(query, { as: 'employee:sec-ines' });
  return (data as { accessAuditEvents: { edges: readonly { node: unknown }[] } }).accessAuditEvents.edges[0]?.node;
}

async function newestModelEventId(): Promise<number> {
  const query = '{ accessAuditEvents(first: 1) { edges { node { id } } } }';
  const { data } = await server().ask(query, { as: 'employee:sec-ines' });
  return Number(
    (data as { accessAuditEvents: { edges: readonly { node: { id: string } }[] } }).accessAuditEvents.edges[0]?.node.id,
  );
}

let first: string;
let second: string;
let third: string;
beforeAll(async () => {
  first = await activeModel();
  second = await publish({ modules: stricter });
  third = await publish(small);
});

const cases: readonly PageCase[] = [
  { name: 'models', as: 'employee:sec-ines', path: '/console/models', shows: 'What was published and activated' },
  { name: 'models-stranger', as: 'user:olga', path: '/console/models', shows: 'Models are for those with' },
  { name: 'model', as: 'employee:oda', path: '/console/models/THIRD', shows: '# runs it' },
  { name: 'model-map', as: 'service:playlist-api', path: '/console/models/FIRST/map', shows: 'can be given roles' },
  {
    name: 'model-type',
    as: 'employee:oda',
    path: '/console/models/FIRST/types/organization',
    shows: 'one tuple here cuts a person off everywhere',
  },
  {
    name: 'model-compare',
    as: 'employee:oda',
    path: '/console/models/SECOND/compare?with=FIRST',
    shows: 'lines that are',
  },
  { name: 'model-activate', as: 'employee:oda', path: '/console/models/SECOND/activate', shows: 'What it would mean' },
  {
    name: 'model-draft',
    as: 'employee:oda',
    path: '/console/models/draft?from=THIRD',
    shows: 'Nothing is changed yet',
  },
  {
    name: 'model-activate-reader',
    as: 'employee:sec-ines',
    path: '/console/models/SECOND/activate',
    shows: 'Publishing and activating needs can_publish_model',
  },
];

describe.skipIf(isBrowserMissing)('in Chromium', () => {
  test.each(cases)('$name can be read by everybody, and leaves no trace', async (page) => {
    const path = page.path.replace('FIRST', first).replace('SECOND', second).replace('THIRD', third);
    await expectReadable(browser(), server(), { ...page, path });
  });

  test('a model is activated by the keyboard alone, with what was said before, and rolled back', async () => {
    await using there = await visit(browser(), server(), { as: 'employee:oda', mayFail: /ERR_FAILED/ });
    const { page } = there;
    const keys: string[] = [];
    await page.route('**/console/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON();
      if (!query.includes('mutation ActivateModel') || variables.input.dryRun === true) return route.continue();
      keys.push(variables.input.idempotencyKey);
      if (keys.length > 1) return route.continue();
      // It arrives, and nobody hears of it.
      await route.fetch();
      await route.abort('failed');
    });
    await there.open('/console/models');
    await page.getByRole('link', { name: `Activate: model ${second}` }).press('Enter');
    const preview = page.getByRole('region', { name: 'What it would mean' });
    await preview.getByRole('row', { name: /payout_run#can_view 1 on 2 objects/ }).waitFor();
    const button = page.getByRole('button', { name: `Activate model ${second}` });
    expect(await button.isDisabled()).toBe(true);
    await page.locator('textarea[name="reason"]').focus();
    await page.keyboard.type('statements are not for finance');
    await page.locator('input[name="losses"]').focus();
    await page.keyboard.type('2');
    const before = await newestModelEventId();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Nobody knows').waitFor();
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await page.locator('[data-done="activate"]').waitFor();
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    expect(await newestModelEventId()).toBe(before + 1);
    expect(await activeModel()).toBe(second);
    expect(await newestModelEvent()).toEqual({
      action: 'activateModel',
      actor: 'employee:oda',
      reason: 'statements are not for finance',
      before: { modelIds: [first] },
      after: { modelIds: [second] },
    });
    await page.getByRole('link', { name: `Roll back: Model ${first}` }).press('Enter');
    const back = page.getByRole('button', { name: `Roll back to model ${first}` });
    // Nobody loses anything by it, so there is nothing to confirm.
    await preview.locator('[data-impact="gained"]').first().waitFor();
    await back.press('Enter');
    await page.getByText(`Model ${first} decides now.`).waitFor();
    expect(await activeModel()).toBe(first);
  });

  test('what is wrong with a text can be read by everybody, and all of it can be discarded', async () => {
    await using there = await visit(browser(), server(), { as: 'employee:oda' });
    const { page } = there;
    await there.open(`/console/models/draft?from=${third}`);
    const field = page.getByLabel('Text of the model');
    await field.fill(small.dsl.replace('[user]', '[usr]'));
    await page.getByRole('heading', { name: '1 place is wrong' }).waitFor();
    await takePicture(page, 'model-draft-wrong-light');
    expect(await accessProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Discard all of it' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).press('Enter');
    await page.getByText('Nothing is changed yet').waitFor();
    expect(await field.inputValue()).toBe(small.dsl);
  });

  test('a model is written, told where it is wrong, kept while one signs in again, and published', async () => {
    await using there = await visit(browser(), server(), { as: 'employee:oda' });
    const { page } = there;
    await there.open(`/console/models/draft?from=${first}`);
    await page.getByRole('button', { name: 'podcasts.fga' }).click();
    await page.getByRole('button', { name: 'core.fga' }).click();
    const field = page.getByLabel('Text of core.fga');
    const right = stricter[0]?.dsl ?? '';
    const wrong = right.replace('can_approve from account', 'can_aprove from account');
    await field.fill(wrong);
    await page.getByRole('heading', { name: '1 place is wrong' }).waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /^core.fga, line \d+, column/ }).press('Enter');
    expect(await page.evaluate('document.activeElement.selectionStart')).toBe(wrong.indexOf('can_aprove'));
    await there.context.clearCookies({ name: 'postern-session' });
    await field.fill(right);
    await page.getByRole('button', { name: 'Sign in as employee:oda' }).click();
    await page.getByText('Nothing is wrong with the text.').waitFor();
    expect(await field.inputValue()).toBe(right);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('[data-impact="lost"]').first().waitFor();
    await page.locator('textarea[name="reason"]').fill('written in the console');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('[data-done="publish"]').waitFor();
    expect(await newestModelEvent()).toMatchObject({ action: 'publishModel', reason: 'written in the console' });
    expect(await activeModel()).toBe(first);
    await there.open(`/console/models/draft?from=${first}`);
    await page.getByText('Nothing is changed yet').waitFor();
  });
});
