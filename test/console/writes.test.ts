import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { write } from '../support/postern.ts';
import { accessProblems, takePicture, visit } from './support/browser.ts';
import { isBrowserMissing, useConsole } from './support/use-console.ts';

/** What is written by the console, in a real browser: previewed, confirmed, once. */

const { server, browser } = await useConsole();

interface Event {
  readonly action: string;
  readonly outcome: string;
  readonly reason: string | null;
}

/** What is in the audit log about an object, newest first. */
async function eventsOf(object: string): Promise<readonly Event[]> {
  const query = `query ($object: ObjectRef!) {
    accessAuditEvents(filter: { object: $object }, first: 100) { edges { node { action outcome reason } } }
  }`;
  const { data } = await server().ask(query, { as: 'employee:sec-ines', variables: { object } });
  const { accessAuditEvents } = data as { accessAuditEvents: { edges: readonly { node: Event }[] } };
  return accessAuditEvents.edges.map(({ node }) => node);
}

interface Stored {
  readonly subject: string;
  readonly expiresAt: string | null;
  readonly createdBy: string | null;
}

async function storedOn(object: string, relation: string): Promise<readonly Stored[]> {
  const query = `query ($filter: AccessRelationshipFilter!) {
    accessRelationships(filter: $filter, first: 100) { edges { node { subject expiresAt createdBy } } }
  }`;
  const variables = { filter: { object, relation } };
  const { data } = await server().ask(query, { as: 'employee:oda', variables });
  return (data as { accessRelationships: { edges: readonly { node: Stored }[] } }).accessRelationships.edges.map(
    ({ node }) => node,
  );
}

/** What somebody may do with an object, by the check. */
async function permissionsOf(subject: string, object: string): Promise<readonly string[]> {
  const query = 'query ($objects: [ObjectRef!]!) { viewer { permissions(objects: $objects) { granted } } }';
  const { data } = await server().ask(query, { as: subject, variables: { objects: [object] } });
  return (
    (data as { viewer: { permissions: readonly { granted: readonly string[] }[] } }).viewer.permissions[0]?.granted ??
    []
  );
}

/** The same ones in each run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  };
}

function done(page: Page, kind: string) {
  return page.locator(`[data-done="${kind}"]`);
}

/** Waits until the server has said what a write would mean, and says so as well. */
async function previewIn(page: Page): Promise<string> {
  await page.locator('dialog[open] button[type="submit"]:enabled').waitFor();
  return page.getByRole('region', { name: 'What it would mean', exact: true }).innerText();
}

const fay = '{ object: "organization:northwind", relation: "finance", subject: "user:fay" }';

/** Something that somebody else decides on. */
async function propose(input: string): Promise<{ readonly id: string; readonly digest: string }> {
  const { data } = await server().ask(`mutation { proposeChange(input: { ${input} }) { proposal { id digest } } }`, {
    as: 'user:adam',
  });
  return (data as { proposeChange: { proposal: { id: string; digest: string } } }).proposeChange.proposal;
}

describe.skipIf(isBrowserMissing)('in Chromium', () => {
  test('a proposal is approved by the digest that was shown, once, and leads to its entry in the log', async () => {
    const { id, digest } = await propose(`deletes: [${fay}], reason: "has left finance"`);
    await using there = await visit(browser(), server(), { as: 'user:olga', mayFail: /ERR_FAILED/ });
    const { page } = there;
    const sent: unknown[] = [];
    await page.route('**/console/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON();
      if (!query.includes('mutation ApproveProposal')) return route.continue();
      sent.push(variables.input);
      if (sent.length > 1) return route.continue();
      // It arrives, and nobody hears of it.
      await route.fetch();
      await route.abort('failed');
    });
    await there.open(`/console/proposals/${id}`);
    await page.getByText('11 permissions: user:fay').waitFor();
    await page.getByLabel('Reason').fill('seen');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Nobody knows whether it was done').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('[data-state="APPLIED"]').waitFor();
    expect(sent).toEqual([{ id, digest, reason: 'seen', idempotencyKey: expect.any(String) }, sent[0]]);
    expect(await storedOn('organization:northwind', 'finance')).toEqual([]);
    await write(server().running.postern, ['organization:northwind#owner@user:second']);
    await using other = await visit(browser(), server(), { as: 'user:second' });
    await other.open(`/console/proposals/${id}`);
    await other.page.getByRole('link', { name: 'The entry in the history of organization:northwind' }).click();
    await other.page.getByRole('row', { name: /user:olga applyProposal user:fay finance/ }).waitFor();
    await write(server().running.postern, [], ['organization:northwind#owner@user:second']);
    // Of what she did herself there is nothing for her to see there.
    expect(await page.getByRole('link', { name: /^The entry/ }).count()).toBe(0);
  });

  test('a change on its object is told; whoever approves all the same finds it stale, proposes it again and takes that back', async () => {
    const reader = '{ object: "label:nightowl", relation: "reader", subject: "user:nia" }';
    const { id } = await propose(`writes: [${reader}], reason: "reads along"`);
    await using there = await visit(browser(), server(), { as: 'user:olga' });
    const { page } = there;
    await there.open(`/console/proposals/${id}`);
    await page.locator('[data-live="live"]').waitFor();
    await write(server().running.postern, ['label:nightowl#reader@user:meanwhile']);
    await page.getByText('1 change since this was read.').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.locator('[data-state="STALE"]').waitFor();
    await page.getByText(/permissions?: user:nia/).waitFor();
    expect((await storedOn('label:nightowl', 'reader')).map(({ subject }) => subject)).not.toContain('user:nia');
    await page.getByRole('link', { name: 'Propose it again' }).click();
    expect(await page.getByLabel('Reason').inputValue()).toBe('reads along');
    await previewIn(page);
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await page.getByText('You can take it back').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/console/proposals/${Number(id) + 1}`);
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.locator('[data-state="WITHDRAWN"]').waitFor();
  });

  test('whoever is denied something asks for it, and somebody who may give it says no', async () => {
    await using there = await visit(browser(), server(), { as: 'user:eve' });
    const { page } = there;
    await there.open('/console/ask/why?subject=user:eve&permission=can_edit&object=track:aurora-1');
    await page
      .getByRole('link', { name: /^Ask for/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Propose a role' }).waitFor();
    await page.getByLabel('On what').fill('artist:luna');
    await page.getByLabel('Which role').fill('admin');
    expect(await page.getByLabel('For whom').inputValue()).toBe('user:eve');
    await page.getByLabel('Reason').fill('max is away');
    await page.getByRole('button', { name: 'Propose', exact: true }).click();
    await page.getByText('You can take it back').waitFor();
    await using other = await visit(browser(), server(), { as: 'user:luna' });
    await other.open(new URL(page.url()).pathname);
    await other.page.getByLabel('Reason').fill('ask the manager');
    await other.page.getByRole('button', { name: 'Reject' }).click();
    await other.page.locator('[data-state="REJECTED"]').getByText('ask the manager').waitFor();
  });

  test('where findings cannot be looked for, nobody is told that there are none', async () => {
    await using there = await visit(browser(), server(), { as: 'user:audra' });
    const { page } = there;
    await page.route('**/console/graphql', async (route) => {
      if (!route.request().postDataJSON().query.includes('query Findings')) return route.continue();
      const error = { message: 'Not now.', extensions: { code: 'AUTHORIZATION_UNAVAILABLE' } };
      await route.fulfill({ json: { data: null, errors: [error] } });
    });
    await there.open('/console/findings/organization:northwind');
    await page.locator('[data-answer="undecided"]').getByText('Not now.').waitFor();
    expect(await page.getByText('Nothing found').count()).toBe(0);
  });

  test('a role is given by the keyboard alone, means what was said, and is one event', async () => {
    const [subject, object] = ['user:kay', 'show:nightshift'];
    const before = await permissionsOf(subject, object);
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page } = there;
    await there.open(`/console/objects/${object}`);
    await page.getByRole('link', { name: 'Give a role' }).press('Enter');
    expect(await page.evaluate('document.activeElement.name')).toBe('subject');
    await page.keyboard.type(subject);
    await page.getByText('Not known here yet').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const role = await page.locator('input[name="role"]:checked').inputValue();
    await page.locator('select[name="ends"]').focus();
    await page.keyboard.type('30');
    await page.locator('textarea[name="reason"]').focus();
    await page.keyboard.type('helps out until we know more');
    const preview = await previewIn(page);
    await page.setViewportSize({ width: 1280, height: 1400 });
    await takePicture(page, 'grant-whole-light');
    await page.keyboard.press('Control+Enter');
    await done(page, 'grant').getByRole('link', { name: subject }).waitFor();
    expect(await page.evaluate('document.activeElement.dataset.done')).toBe('grant');
    await page.getByRole('row', { name: new RegExp(`${subject} ${role}`) }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    const gained = (await permissionsOf(subject, object)).filter((one) => !before.includes(one));
    expect(preview).toContain(`${subject} gains ${gained.length} permission`);
    const [stored] = (await storedOn(object, role)).filter((one) => one.subject === subject);
    expect(stored).toMatchObject({ createdBy: 'user:tess' });
    expect(stored?.expiresAt).not.toBeNull();
    expect((await eventsOf(object))[0]).toEqual({
      action: 'grantRole',
      outcome: 'DONE',
      reason: 'helps out until we know more',
    });
  });

  test('an answer that is lost is asked for again by the same key: one relationship, one event', async () => {
    await using there = await visit(browser(), server(), { as: 'user:tess', mayFail: /ERR_FAILED/ });
    const { page } = there;
    const keys: string[] = [];
    await page.route('**/console/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON();
      if (!query.includes('mutation GrantRole') || variables.input.dryRun === true) return route.continue();
      keys.push(variables.input.idempotencyKey);
      if (keys.length > 1) return route.continue();
      // It arrives, and nobody hears of it.
      await route.fetch();
      await route.abort('failed');
    });
    const count = (await eventsOf('show:nightshift')).length;
    await there.open('/console/objects/show:nightshift?grant=1&role=comments_moderator&subject=user:lost');
    await previewIn(page);
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByText('Nobody knows whether it was done').waitFor();
    expect(await accessProblems(page)).toEqual([]);
    await takePicture(page, 'grant-unknown-light');
    await page.getByRole('button', { name: 'Try again' }).click();
    await done(page, 'grant').waitFor();
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect((await storedOn('show:nightshift', 'comments_moderator')).map(({ subject }) => subject)).toEqual([
      'user:lost',
    ]);
    expect(await eventsOf('show:nightshift')).toHaveLength(count + 1);
  });

  test('what was typed is there again when the session ended meanwhile, for the same person only', async () => {
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page, context } = there;
    await there.open('/console/objects/show:nightshift?grant=1&role=settings_editor');
    await page.getByLabel('Who gets it').fill('user:kept');
    await page.locator('select[name="ends"]').selectOption('chosen');
    await page.getByLabel('Until: a day and time').fill('2031-05-06T07:08');
    await page.getByLabel('Reason').fill('nobody else reads this');
    await previewIn(page);
    await context.clearCookies({ name: 'postern-session' });
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByLabel('Or anybody else').fill('user:tess');
    expect(page.url()).not.toMatch(/kept|reads/);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await previewIn(page);
    const typed = () =>
      Promise.all(['Who gets it', 'Until: a day and time', 'Reason'].map((one) => page.getByLabel(one).inputValue()));
    expect(await typed()).toEqual(['user:kept', '2031-05-06T07:08', 'nobody else reads this']);
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await context.clearCookies({ name: 'postern-session' });
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in as user:olga' }).click();
    await page.getByRole('dialog').getByText('Which roles there are is for those').waitFor();
    // Another person begins with a page of their own, of which the router keeps how far it was scrolled.
    expect(await page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('postern'))")).toEqual([]);
    expect(await storedOn('show:nightshift', 'settings_editor')).not.toContainEqual(
      expect.objectContaining({ subject: 'user:kept' }),
    );
  });

  test('another input is another request', async () => {
    await using there = await visit(browser(), server(), { as: 'user:tess', mayFail: /ERR_FAILED/ });
    const { page } = there;
    const keys: string[] = [];
    await page.route('**/console/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON();
      if (!query.includes('mutation GrantRole') || variables.input.dryRun === true) return route.continue();
      keys.push(variables.input.idempotencyKey);
      await (keys.length > 1 ? route.continue() : route.abort('failed'));
    });
    await there.open('/console/objects/show:nightshift?grant=1&role=settings_editor&subject=user:other');
    await previewIn(page);
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await page.getByText('Nobody knows whether it was done').waitFor();
    await page.getByLabel('Reason').fill('because');
    await page.getByRole('button', { name: 'Give', exact: true }).click();
    await done(page, 'grant').waitFor();
    expect(new Set(keys).size).toBe(2);
  });

  test('what is there with another end is shown beside, and can be changed instead', async () => {
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page } = there;
    await there.open('/console/objects/show:nightshift?grant=1&role=analytics_reader&subject=user:ana');
    await page.locator('select[name="ends"]').selectOption('day');
    await page.locator('[data-refusal="CONFLICT"]').getByText('no end').waitFor();
    expect(await page.getByRole('button', { name: 'Give', exact: true }).isDisabled()).toBe(true);
    expect(await accessProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Change the one that is there' }).click();
    await page.locator('select[name="ends"]').selectOption('month');
    await previewIn(page);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await done(page, 'extend').waitFor();
    const [ana] = await storedOn('show:nightshift', 'analytics_reader');
    expect(ana?.expiresAt).not.toBeNull();
  });

  test('a role is taken away and given back, and the focus stays where one is', async () => {
    const [subject, object] = ['user:paul', 'show:nightshift'];
    const before = await permissionsOf(subject, object);
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page } = there;
    await there.open(`/console/objects/${object}`);
    const opener = page.getByRole('button', { name: `What to do about episodes_manager of ${subject}` });
    await opener.press('Enter');
    await takePicture(page, 'row-menu-light');
    expect(await accessProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Take away' }).press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel');
    for (const close of ['Escape', 'Enter']) {
      await page.keyboard.press(close);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect([close, await opener.evaluate((element) => element === document.activeElement)]).toEqual([close, true]);
      await opener.press('Enter');
      await page.getByRole('link', { name: 'Take away' }).press('Enter');
      await page.getByRole('dialog').waitFor();
    }
    const preview = await previewIn(page);
    await page.getByRole('button', { name: 'Take away' }).press('Enter');
    await done(page, 'revoke').waitFor();
    await takePicture(page, 'revoked-light');
    const after = await permissionsOf(subject, object);
    const lost = before.filter((one) => !after.includes(one));
    expect(preview).toContain(`${subject} loses ${lost.length} permission`);
    await page.getByRole('button', { name: 'Give it back' }).click();
    await previewIn(page);
    expect(await accessProblems(page)).toEqual([]);
    await page.getByLabel('Reason').focus();
    await page.keyboard.type('needed after all');
    expect(await page.getByLabel('Reason').inputValue()).toBe('needed after all');
    await page.getByRole('dialog').getByRole('button', { name: 'Give it back' }).click();
    await done(page, 'grant').waitFor();
    expect(await permissionsOf(subject, object)).toEqual(before);
  });

  test('whatever is given and taken away: what the dialog said is what is so, and what the page shows', async () => {
    const object = 'show:nightshift';
    const query = 'query ($object: ObjectRef!) { objectRoles(object: $object) { role canGrant takesAway } }';
    const { data } = await server().ask(query, { as: 'user:tess', variables: { object } });
    const { objectRoles } = data as { objectRoles: readonly { role: string; canGrant: boolean }[] };
    const roles = objectRoles.filter(({ canGrant }) => canGrant).map(({ role }) => role);
    const next = randomNumbers(13);
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page } = there;
    const people = ['user:rnd-1', 'user:rnd-2'];
    const picked = Array.from({ length: 2 }, () => [people[next() % people.length], roles[next() % roles.length]]);
    // Each is given, and then taken away.
    for (const [subject = '', role = ''] of picked.flatMap((one) => [one, one])) {
      const isHeld = (await storedOn(object, role)).some((one) => one.subject === subject);
      const before = await permissionsOf(subject, object);
      const asked = isHeld ? 'change=revoke' : 'grant=1';
      await there.open(`/console/objects/${object}?${asked}&role=${role}&subject=${subject}`);
      const preview = await previewIn(page);
      await page.locator('dialog[open] button[type="submit"]').click();
      await done(page, isHeld ? 'revoke' : 'grant').waitFor();
      await page.locator('main[aria-busy="false"]').waitFor();
      const after = await permissionsOf(subject, object);
      const count = Math.abs(after.length - before.length);
      const said =
        count === 0 ? /nothing changes|gains|loses/ : new RegExp(`${isHeld ? 'loses' : 'gains'} ${count} permission`);
      expect([subject, role, preview]).toEqual([subject, role, expect.stringMatching(said)]);
      const rows = page.getByRole('row', { name: new RegExp(`${subject} ${role}.* directly`) });
      await (isHeld ? rows.waitFor({ state: 'detached' }) : rows.waitFor());
    }
  });

  test('a review is decided, outlives a reload, is previewed, applied once each, and exported', async () => {
    const object = 'show:nightshift';
    await using there = await visit(browser(), server(), { as: 'user:tess', mayFail: /ERR_FAILED/ });
    const { page } = there;
    const keys: string[] = [];
    await page.route('**/console/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON();
      if (!/mutation (?:Revoke|Extend)/.test(query) || variables.input.dryRun === true) return route.continue();
      keys.push(variables.input.idempotencyKey);
      if (keys.length !== 2) return route.continue();
      // It arrives, and nobody hears of it.
      await route.fetch();
      await route.abort('failed');
    });
    const count = (await eventsOf(object)).length;
    await there.open(`/console/reviews/${object}`);
    const decisionAbout = (what: string) => page.getByLabel(`Decision about ${what} on ${object}`);
    await decisionAbout('episodes_editor of user:ed').selectOption('revoke');
    await decisionAbout('episodes_manager of user:paul').selectOption('chosen');
    await page.getByLabel(/^Decision about episodes_manager of user:paul.*day and time$/).fill('2031-05-06T07:08');
    await decisionAbout('monetize_reader of user:mon').selectOption('keep');
    expect(await decisionAbout('monetize_reader of user:mon').locator('option').count()).toBe(2);
    await page.getByText('2 decisions change something').waitFor();
    await page.reload();
    await page.getByText('2 decisions change something').waitFor();
    await page.getByRole('button', { name: 'See what it would mean' }).click();
    await page.getByRole('region', { name: 'All of it together' }).getByText(/lost/).waitFor();
    await page
      .getByRole('region', { name: /^Take away/ })
      .getByText(/loses/)
      .first()
      .waitFor();
    await takePicture(page, 'review-preview-light');
    expect(await accessProblems(page)).toEqual([]);
    await page.getByLabel('Reason').fill('spring review');
    await page.getByRole('button', { name: 'Apply 2 changes' }).click();
    await page.getByText('1 of 2 applied').waitFor();
    await page.getByText('It stopped').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('2 of 2 applied').waitFor();
    expect([keys.length, new Set(keys).size]).toEqual([3, 2]);
    const events = await eventsOf(object);
    expect(events).toHaveLength(count + 2);
    expect((await storedOn(object, 'episodes_manager')).find(({ subject }) => subject === 'user:paul')?.expiresAt).toBe(
      '2031-05-06T07:08:00.000Z',
    );
    expect(events.slice(0, 2).map(({ action, reason }) => [action, reason])).toEqual([
      ['extendGrant', 'spring review'],
      ['revokeRole', 'spring review'],
    ]);
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Keep the file' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const [about = '', header = '', ...rows] = text.split('\r\n').slice(0, -1);
    expect(about).toMatch(/^Review of show:nightshift,everything,by user:tess,at [^,]+,complete,\d+ entries,/);
    expect(header).toMatch(/^object,role,subject,.*,decision$/);
    expect(about).toContain(`${rows.length} entries`);
    expect(rows.filter((row) => row.endsWith(': done'))).toHaveLength(1);
  });

  test('break-glass is opened for hours with a reason, means what was said, and is ended', async () => {
    const object = 'organization:northwind';
    await using there = await visit(browser(), server(), { as: 'employee:sec-ines' });
    const { page } = there;
    await there.open('/console/break-glass');
    await page.getByLabel('On what').fill(object);
    await page.getByLabel('Who gets it').fill('employee:zoe');
    await page.locator('input[value="support_viewer"]').check();
    await page.getByLabel('For how long').selectOption('4');
    await page.getByText(/employee:zoe gains \d+ permission/).waitFor();
    const open = page.getByRole('button', { name: 'Open it' });
    expect(await open.isDisabled()).toBe(true);
    await page.getByLabel('Reason').fill('ticket 4711');
    await takePicture(page, 'break-glass-form-light');
    expect(await accessProblems(page)).toEqual([]);
    await open.click();
    await done(page, 'break-glass').waitFor();
    expect((await permissionsOf('employee:zoe', object)).length).toBeGreaterThan(0);
    expect((await eventsOf(object)).find(({ action }) => action === 'grantRole')?.reason).toBe('ticket 4711');
    await page.getByRole('link', { name: /End it now.*employee:zoe/ }).click();
    await previewIn(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click();
    await done(page, 'revoke').waitFor();
    expect(await permissionsOf('employee:zoe', object)).toEqual([]);
  });

  test('the last owner is not taken away: the role is handed over, and whoever handed it over is asked nothing more', async () => {
    await using there = await visit(browser(), server(), { as: 'user:olga' });
    const { page } = there;
    const object = 'organization:northwind';
    await there.open(`/console/objects/${object}?change=revoke&role=owner&subject=user:olga`);
    await page.locator('[data-refusal="LAST_HOLDER"]').waitFor();
    expect(await page.getByRole('button', { name: 'Take away' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Hand it over to somebody else first' }).click();
    await page.getByLabel('Who gets it instead').fill('user:nia');
    await previewIn(page);
    await page.getByRole('button', { name: 'Hand over' }).click();
    await done(page, 'transfer').waitFor();
    await page.locator('main[aria-busy="false"]').waitFor();
    await page.getByText('Who has which role here is for those').waitFor();
    const owners = (await storedOn(object, 'owner')).map(({ subject }) => subject);
    expect([owners.includes('user:nia'), owners.includes('user:olga')]).toEqual([true, false]);
    // Whoever begins to follow only when the right is gone is refused, and it is recorded: that is a matter of moments.
    const refused = (await eventsOf(object)).filter(({ outcome }) => outcome === 'DENIED');
    expect(refused.filter(({ action }) => action !== 'readAuditLog')).toEqual([]);
  });

  test('what is offered can be chosen, and what is not says what it needs', async () => {
    await using there = await visit(browser(), server(), { as: 'user:adam' });
    const { page } = there;
    await there.open('/console/objects/organization:northwind?grant=1&subject=user:eve');
    const role = (name: string) => page.getByRole('dialog').locator(`input[name="role"][value="${name}"]`);
    await role('member').waitFor();
    for (const [name, isOffered] of [
      ['member', true],
      ['blocked', true],
      ['admin', false],
      ['finance', false],
    ] as const)
      expect([name, await role(name).isEnabled()]).toEqual([name, isOffered]);
    await page.getByLabel(/^admin.*needs can_grant_admin on organization:northwind/).waitFor();
  });

  test('somebody is off-boarded as it was said before, and what was taken can be kept', async () => {
    await using there = await visit(browser(), server(), { as: 'employee:oda' });
    const { page } = there;
    await there.open('/console/people/user:rex/off-board');
    await page.getByText('One relationship is taken away:').waitFor();
    await page.getByText('user:rex is reader of label:nightowl').waitFor();
    await page.getByLabel('Reason').fill('left us');
    await page.getByRole('button', { name: 'Off-board user:rex' }).click();
    await page.getByText('One relationship was taken away').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Keep what was taken as a file' }).click();
    expect((await download).suggestedFilename()).toBe('user-rex-taken.json');
    expect((await storedOn('label:nightowl', 'reader')).map(({ subject }) => subject)).not.toContain('user:rex');
    expect((await eventsOf('label:nightowl'))[0]).toEqual({
      action: 'offboardSubject',
      outcome: 'DONE',
      reason: 'left us',
    });
  });

  test('a last owner is not off-boarded, and whoever may not hand the role over is told who may', async () => {
    await using there = await visit(browser(), server(), { as: 'employee:oda' });
    const { page } = there;
    await there.open('/console/people/user:luna/off-board');
    await page.getByText('Somebody must keep these').waitFor();
    expect(await page.getByRole('button', { name: 'Off-board user:luna' }).isDisabled()).toBe(true);
    await page.getByText('needs can_grant_owner on organization:luna-mgmt').waitFor();
    await page.getByRole('link', { name: 'Who has that' }).click();
    await page.getByRole('main').getByRole('link', { name: 'user:luna' }).waitFor();
  });
});
