import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createPosternClient } from '#guard';
import { serveStudio } from '../../examples/creators/studio/serve-studio.ts';
import { studioSession } from '../../examples/creators/studio/studio-session.ts';
import { buildApp } from '../../scripts/build-app.mjs';
import { accessProblems, chromiumPath, isTooWide, launchBrowser, takePicture } from '../console/support/browser.ts';
import { type CreatorsSupergraph, startCreatorsSupergraph } from '../support/creators-supergraph.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

/** The studio in a real browser, before the real gateway. Where there is no browser, nothing is known of it; CI has one. */

const isMissing = chromiumPath === undefined;
if (isMissing) console.warn('LEFT OUT: Chromium is not installed, so the studio is not tried in it.');

const postern = usePosternServer(useDatabase(), { store: creatorsStore, claims: { territory: 'SE' } });
let way: TcpProxy;
let supergraph: CreatorsSupergraph;
let browser: Browser;

beforeAll(async () => {
  if (isMissing) return;
  expect(buildApp('examples/creators/studio')).toBe(0);
  way = await startTcpProxy(postern().url);
  const client = createPosternClient({ url: way.url, timeoutMs: 3000 });
  const subjects = ['user:paul', 'user:eve', 'user:lou'];
  const tokens = new Map(await Promise.all(subjects.map(async (one) => [one, await postern().token(one)] as const)));
  const studio = serveStudio(() => studioSession({ url: postern().url, tokens }));
  supergraph = await startCreatorsSupergraph({ client, posternUrl: way.url, studio });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await supergraph?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

interface StudioVisit extends AsyncDisposable {
  readonly page: Page;
}

/** The studio as somebody sees it who has chosen who they are; the browser complains of nothing but what the test makes happen. */
async function visitStudio(subject: string, mayFail = /^$/): Promise<StudioVisit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !mayFail.test(message.text())) problems.push(message.text());
  });
  await page.goto(new URL('/studio/', supergraph.gatewayUrl).href);
  await page.getByRole('button', { name: subject }).click();
  return {
    page,
    [Symbol.asyncDispose]: async () => {
      await context.close();
      expect(problems).toEqual([]);
    },
  };
}

/** What user:tess does, who manages the people of the show. */
async function change(mutation: 'grantRole' | 'revokeRole', role: string): Promise<void> {
  const query = `mutation ($input: ${mutation === 'grantRole' ? 'GrantRoleInput' : 'RevokeRoleInput'}!) {
    ${mutation}(input: $input) { userErrors { code } }
  }`;
  const variables = { input: { object: 'show:nightshift', role, subject: 'user:paul' } };
  const { data } = await postern().ask(query, { as: 'user:tess', variables });
  expect(data).toEqual({ [mutation]: { userErrors: [] } });
}

const isStream = (route: Route) => route.request().headers().accept?.includes('event-stream') ?? false;
const asks = (operation: string) => (route: Route) => route.request().postData()?.includes(operation) ?? false;

/** Breaks some of what the page asks the gateway, until it is told otherwise. */
async function breakOff(page: Page, isBroken: (route: Route) => boolean): Promise<() => Promise<void>> {
  const handler = (route: Route) => (isBroken(route) ? route.abort() : route.continue());
  await page.route('**/graphql', handler);
  return () => page.unroute('**/graphql', handler);
}

const showOf = (page: Page, title: string) =>
  page.getByRole('navigation', { name: 'Your shows' }).getByRole('button', { name: title });

const publishOf = (page: Page) =>
  page.getByRole('article', { name: 'The Lock-Keepers' }).getByRole('button', { name: 'Publish today' });

async function known(page: Page, what: string): Promise<void> {
  await publishOf(page)
    .and(page.locator(`[data-known="${what}"]`))
    .waitFor();
}

async function refused(page: Page, kind: string): Promise<void> {
  await page.locator(`[data-refusal="${kind}"]`).waitFor();
  await takePicture(page, `studio-${kind}`);
}

describe.skipIf(isMissing)('the studio', () => {
  // What a test cuts and cannot mend any more is not cut for the next one.
  afterEach(() => way.mend());

  test('has buttons that follow permissions, and disables them when a right is taken away', async () => {
    await change('grantRole', 'episodes_editor');
    await using there = await visitStudio('user:paul');
    const { page } = there;
    await showOf(page, 'Night Shift').click();
    await known(page, 'allowed');
    expect(await publishOf(page).isEnabled()).toBe(true);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await takePicture(page, `studio-${colorScheme}`);
      expect([colorScheme, ...(await accessProblems(page))]).toEqual([colorScheme]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await isTooWide(page)).toBe(false);
    await page.getByRole('button', { name: 'Read script' }).last().click();
    await page.getByText('Cold open.').waitFor();
    await change('revokeRole', 'episodes_manager');
    await known(page, 'denied');
    expect(await publishOf(page).isDisabled()).toBe(true);
    await page.getByText('needs can_publish').first().waitFor();
    // He edits it still.
    expect(await page.getByText('Cold open.').count()).toBe(1);
    await change('revokeRole', 'episodes_editor');
    await page.getByText('There is no show that you may edit.').waitFor();
    await page.getByText('Cold open.').waitFor({ state: 'detached' });
    await change('grantRole', 'episodes_manager');
    await known(page, 'allowed');
  });

  test('shows what is denied, what cannot be decided and what went wrong in ways of their own', async () => {
    await using there = await visitStudio('user:paul', /Failed to load resource|ERR_FAILED/);
    const { page } = there;
    // From here on it hears of nothing, so a button may offer what is refused.
    await breakOff(page, isStream);
    await showOf(page, 'Night Shift').click();
    await known(page, 'allowed');
    await page.getByText('are not heard of at the moment').waitFor();

    const mendMutation = await breakOff(page, asks('PublishEpisode'));
    await publishOf(page).click();
    await refused(page, 'failed');
    await mendMutation();

    await way.cut();
    // What asks for itself meanwhile has such a button, too.
    await page.getByRole('article', { name: 'The Lock-Keepers' }).getByRole('button', { name: 'Try again' }).click();
    await refused(page, 'undecided');
    // It is asked again what may be done, and nobody answers: neither yes nor no.
    await known(page, 'unknown');
    await way.mend();
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await known(page, 'allowed');

    await change('revokeRole', 'episodes_manager');
    await publishOf(page).click();
    await refused(page, 'denied');
    await known(page, 'denied');
    expect(await accessProblems(page)).toEqual([]);
    await change('grantRole', 'episodes_manager');
  });

  test('shows nothing as allowed or denied while it loads, and nothing to who has no role or is nobody', async () => {
    await using there = await visitStudio('user:lou');
    const { page } = there;
    await page.getByText('There is no show that you may edit.').waitFor();
    const held = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (asks('ShowPage')(route)) await held.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'user:eve' }).click();
    await showOf(page, 'Tidewater').click();
    await page.locator('section[aria-busy="true"]').waitFor();
    expect(await page.locator('[data-known]').count()).toBe(0);
    held.resolve();
    await page.locator('[data-known="allowed"]').first().waitFor();
    await page.reload();
    await page.getByText('Say who you are to see them.').waitFor();
  });

  test('reads what it has written', async () => {
    await using there = await visitStudio('user:eve');
    const { page } = there;
    await showOf(page, 'Tidewater').click();
    const draft = page.getByRole('article', { name: 'Writing Harbour' });
    await draft.getByRole('button', { name: 'Invite a guest' }).click();
    await draft.getByLabel('Who').fill('user:lou');
    await draft.getByRole('button', { name: 'Invite', exact: true }).click();
    await draft.getByText('user:lou may listen for a week.').waitFor();
    const asked = page.waitForRequest((request) => request.postData()?.includes('ReadScript') ?? false);
    await draft.getByRole('button', { name: 'Read script' }).click();
    expect((await asked).headers()['postern-consistency']).toMatch(/^\S+$/);
    await draft.getByText('Cold open.').waitFor();
  });
});
