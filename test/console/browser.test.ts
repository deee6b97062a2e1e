import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { write } from '../support/postern.ts';
import { accessProblems, takePicture, visit } from './support/browser.ts';
import { expectReadable, type PageCase } from './support/read-page.ts';
import { isBrowserMissing, useConsole } from './support/use-console.ts';

/** The console in a real browser. Where there is none, nothing is known of it. */

if (isBrowserMissing && process.env.CI !== undefined && process.env.TEST_WITHOUT_BROWSER === undefined)
  throw new Error('Chromium is not installed, and CI tries the console in it.');
if (isBrowserMissing)
  console.warn('LEFT OUT: Chromium is not installed ("apt-get install chromium"), so the console is not tried in it.');

const { server, browser } = await useConsole();

const why = (subject: string, permission: string, object: string, more = '') =>
  `/console/ask/why?subject=${subject}&permission=${permission}&object=${object}${more}`;

const cases: readonly PageCase[] = [
  { name: 'sign-in', path: '/console/', shows: 'one click, and you are who you like' },
  { name: 'home', as: 'user:olga', path: '/console/', shows: 'No permissions there' },
  { name: 'home-operator', as: 'employee:oda', path: '/console/', shows: 'Active model' },
  { name: 'home-security', as: 'employee:sec-ines', path: '/console/', shows: 'Refused in the last 24 hours' },
  { name: 'why-empty', as: 'user:eve', path: '/console/ask/why', shows: 'Everybody may ask about themselves' },
  // Each of the four answers has a look of its own, and an error is none of a denial.
  {
    name: 'why-allowed',
    as: 'employee:oda',
    path: why('user:mia', 'can_edit', 'track:aurora-1'),
    shows: 'user:mia has can_edit on track:aurora-1.',
    answer: 'allowed',
  },
  {
    name: 'why-denied',
    as: 'employee:oda',
    path: why('user:eve', 'can_edit', 'episode:ns-41'),
    shows: 'user:eve does not have can_edit on episode:ns-41.',
    answer: 'denied',
  },
  {
    name: 'why-excluded',
    as: 'employee:oda',
    path: why('user:bea', 'can_review_access', 'organization:northwind'),
    shows: 'but this takes it away',
  },
  {
    name: 'why-undecided',
    as: 'employee:oda',
    path: why('user:lou', 'can_listen', 'track:aurora-1'),
    shows: 'It is not a no.',
    answer: 'undecided',
  },
  {
    name: 'why-hidden',
    as: 'user:eve',
    path: why('user:eve', 'can_edit', 'track:harbour-1'),
    shows: 'is not yours to see',
    answer: 'hidden',
  },
  {
    name: 'why-forbidden',
    as: 'user:lou',
    path: why('user:eve', 'can_edit', 'track:harbour-1'),
    shows: 'Not yours to ask',
    answer: 'hidden',
  },
  {
    name: 'why-unknown',
    as: 'employee:oda',
    path: why('user:eve', 'can_edti', 'track:harbour-1'),
    shows: 'Did you mean',
    answer: 'undecided',
  },
  {
    name: 'who',
    as: 'employee:oda',
    path: '/console/ask/who?type=user&permission=can_edit&object=track:aurora-1',
    shows: 'in all',
  },
  {
    name: 'what',
    as: 'employee:oda',
    path: '/console/ask/what?subject=user:eve&permission=can_edit&type=track',
    shows: 'in all',
  },
  {
    name: 'object-people',
    as: 'user:audra',
    path: '/console/objects/organization:northwind?contained=yes',
    shows: 'Include what belongs to it',
  },
  {
    name: 'object-stranger',
    as: 'user:eve',
    path: '/console/objects/organization:northwind',
    shows: 'Who has which role here is for those',
  },
  {
    name: 'object-history',
    as: 'user:audra',
    path: '/console/objects/organization:northwind/history',
    shows: 'Put there',
  },
  {
    name: 'object-manager',
    as: 'user:tess',
    path: '/console/objects/show:nightshift',
    shows: 'Give a role',
  },
  {
    name: 'object-permissions',
    as: 'user:tess',
    path: '/console/objects/show:nightshift/permissions',
    shows: 'needs can_grant_team_admin on show:nightshift',
  },
  {
    name: 'object-permissions-stranger',
    as: 'user:eve',
    path: '/console/objects/organization:northwind/permissions',
    shows: 'Which roles there are is for those',
  },
  {
    name: 'grant',
    as: 'user:tess',
    path: '/console/objects/show:nightshift?grant=1&role=episodes_editor&subject=user:eve',
    shows: 'user:eve gains',
  },
  {
    name: 'grant-conflict',
    as: 'user:tess',
    path: '/console/objects/show:nightshift?grant=1&role=episodes_editor&subject=user:ed',
    shows: 'It is so already',
  },
  {
    name: 'grant-condition',
    as: 'employee:sec-ines',
    path: '/console/objects/organization:northwind?grant=1&role=support_viewer&subject=employee:sam',
    shows: 'granted_at',
  },
  {
    name: 'grant-stranger',
    as: 'user:eve',
    path: '/console/objects/organization:northwind?grant=1&role=admin&subject=user:eve',
    shows: 'Which roles there are is for those',
  },
  {
    name: 'revoke',
    as: 'user:tess',
    path: '/console/objects/show:nightshift?change=revoke&role=episodes_manager&subject=user:paul',
    shows: 'user:paul loses',
  },
  {
    name: 'revoke-last-holder',
    as: 'user:olga',
    path: '/console/objects/organization:northwind?change=revoke&role=owner&subject=user:olga',
    shows: 'Hand it over to somebody else first',
  },
  {
    name: 'revoke-without-right',
    as: 'user:adam',
    path: '/console/objects/organization:northwind?change=revoke&role=owner&subject=user:olga',
    shows: 'needs can_grant_owner on organization:northwind',
  },
  {
    name: 'extend',
    as: 'user:tess',
    path: '/console/objects/show:nightshift?change=extend&role=episodes_manager&subject=user:paul',
    shows: 'Fill in what is missing',
  },
  {
    name: 'transfer',
    as: 'user:tess',
    path: '/console/objects/show:nightshift?change=transfer&role=episodes_manager&subject=user:paul',
    shows: 'Who gets it instead',
  },
  {
    name: 'person',
    as: 'employee:oda',
    path: '/console/people/user:mia',
    shows: 'team:nw-marketing',
  },
  {
    name: 'person-within',
    as: 'user:adam',
    path: '/console/people/user:mia?within=organization:northwind',
    shows: 'Take away',
  },
  {
    name: 'structure',
    as: 'user:audra',
    path: '/console/objects/organization:northwind/structure',
    shows: 'Belongs to it',
  },
  {
    name: 'structure-staff',
    as: 'employee:oda',
    path: '/console/objects/label:northwind/structure',
    shows: 'Belongs to it',
  },
  {
    name: 'person-teams',
    as: 'employee:oda',
    path: '/console/people/user:mia/teams',
    shows: 'relationship',
  },
  {
    name: 'person-timeline',
    as: 'employee:sec-ines',
    path: '/console/people/employee:sam/timeline',
    shows: 'So far',
  },
  { name: 'person-stranger', as: 'user:eve', path: '/console/people/user:mia', shows: 'Say within what' },
  {
    name: 'offboard',
    as: 'employee:oda',
    path: '/console/people/user:eve/off-board',
    shows: 'taken away:',
  },
  {
    name: 'offboard-owner',
    as: 'employee:oda',
    path: '/console/people/user:olga/off-board',
    shows: 'Somebody must keep these',
  },
  {
    name: 'offboard-within',
    as: 'user:adam',
    path: '/console/people/user:gone/off-board?within=organization:northwind',
    shows: 'user:gone is editor of label:northwind',
  },
  {
    // A block is nothing that is taken, and to try it would be refused.
    name: 'offboard-blocked',
    as: 'user:adam',
    path: '/console/people/user:bea/off-board?within=organization:northwind',
    shows: 'They hold nothing here that you may take away',
  },
  {
    name: 'offboard-stranger',
    as: 'user:eve',
    path: '/console/people/user:mia/off-board?within=label:northwind',
    shows: 'What somebody holds there is for those',
  },
  { name: 'review-start', as: 'user:eve', path: '/console/reviews', shows: 'Review it' },
  {
    name: 'review',
    as: 'user:adam',
    path: '/console/reviews/organization:northwind?contained=yes',
    shows: 'are decided',
  },
  {
    name: 'review-stranger',
    as: 'user:eve',
    path: '/console/reviews/organization:northwind?outsiders=member',
    shows: 'Who has which role here is for those',
  },
  { name: 'findings-start', as: 'user:eve', path: '/console/findings', shows: 'Look at it' },
  {
    name: 'findings',
    as: 'user:audra',
    path: '/console/findings/organization:northwind',
    shows: 'Somebody from outside',
  },
  {
    name: 'findings-none',
    as: 'user:audra',
    path: '/console/findings/organization:northwind?kind=ESCALATION&alone=yes',
    shows: 'Examined was organization:northwind by itself, for “Can give themselves more”.',
  },
  {
    name: 'findings-unknown',
    as: 'user:audra',
    path: '/console/findings/organization:northwind?kind=NOTHING',
    shows: 'The question is not right',
    answer: 'undecided',
  },
  {
    name: 'findings-stranger',
    as: 'user:eve',
    path: '/console/findings/organization:northwind',
    shows: 'What there is to look at is for those',
  },
  {
    name: 'finding-end',
    as: 'user:olga',
    path: '/console/findings/organization:northwind?end=qyYWpGtLdYbeAhNPZqLhof',
    shows: 'Take away finance of user:fay on organization:northwind',
  },
  {
    name: 'finding-end-seen-only',
    as: 'user:audra',
    path: '/console/findings/organization:northwind?end=WSxHW31grYGL3VF7yOdcRb',
    shows: 'To propose it, one has to see',
  },
  {
    name: 'finding-gone',
    as: 'user:audra',
    path: '/console/findings/organization:northwind?end=nothing',
    shows: 'This finding is not among those that are shown',
  },
  { name: 'proposals', as: 'user:olga', path: '/console/proposals', shows: 'for you to decide' },
  { name: 'proposals-mine', as: 'user:adam', path: '/console/proposals?show=mine', shows: 'yours' },
  { name: 'proposals-none', as: 'user:eve', path: '/console/proposals?show=decide', shows: 'Nothing waits for you' },
  { name: 'home-decider', as: 'user:olga', path: '/console/', shows: 'is not a member any more' },
  { name: 'proposal', as: 'user:olga', path: '/console/proposals/1', shows: '11 permissions: user:fay' },
  { name: 'proposal-mine', as: 'user:adam', path: '/console/proposals/1', shows: 'You can take it back' },
  { name: 'proposal-about-me', as: 'user:olga', path: '/console/proposals/2', shows: 'the change is about' },
  { name: 'proposal-stranger', as: 'user:eve', path: '/console/proposals/1', shows: 'it is not yours to see' },
  { name: 'proposal-rejected', as: 'user:adam', path: '/console/proposals/3', shows: 'no longer needed' },
  { name: 'proposal-stale', as: 'user:adam', path: '/console/proposals/4', shows: 'Nothing was made of it' },
  { name: 'proposal-model', as: 'employee:oda', path: '/console/proposals/5', shows: 'You can take it back' },
  {
    name: 'propose-role',
    as: 'user:eve',
    path: '/console/proposals/new?object=artist:luna&role=admin&subject=user:eve',
    shows: 'is for those who review',
  },
  {
    name: 'propose-role-stranger',
    as: 'user:lou',
    path: '/console/proposals/new?object=label:northwind&role=editor&subject=user:eve',
    shows: 'To propose a change for somebody',
  },
  { name: 'break-glass', as: 'employee:sec-ines', path: '/console/break-glass', shows: 'Over, and not taken away yet' },
  {
    name: 'break-glass-stranger',
    as: 'user:eve',
    path: '/console/break-glass',
    shows: 'Who may go through is for those',
  },
  { name: 'audit', as: 'employee:sec-ines', path: '/console/audit', shows: 'Put there' },
  { name: 'audit-stranger', as: 'user:eve', path: '/console/audit', shows: 'The whole audit log is for those' },
  { name: 'settings', as: 'user:eve', path: '/console/settings', shows: 'Single keys' },
  { name: 'no-page', as: 'user:eve', path: '/console/nothing', shows: 'There is no such page' },
];

interface Made {
  readonly id: string;
  readonly digest: string;
}

/** Proposals in every state that a page of them can show, by their numbers. */
async function propose(): Promise<void> {
  const act = async (as: string, field: string, input: string) => {
    const { data, errors } = await server().ask(
      `mutation { ${field}(input: { ${input} }) { proposal { id digest } userErrors { code } } }`,
      { as },
    );
    expect(errors).toEqual([]);
    const { proposal } = Object.values(data as Record<string, { readonly proposal: Made }>)[0] as { proposal: Made };
    return proposal;
  };
  const editor = (name: string) => `{ object: "label:northwind", relation: "editor", subject: "user:${name}" }`;
  const evidence = 'evidence: ["Finding qyYWpGtLdYbeAhNPZqLhof"]';
  const finance = '{ object: "organization:northwind", relation: "finance", subject: "user:fay" }';
  await act('user:adam', 'proposeChange', `deletes: [${finance}], ${evidence}, reason: "is not a member any more"`);
  await act('user:adam', 'proposeChange', `writes: [${editor('olga')}], reason: "helps with the release"`);
  const third = await act('user:adam', 'proposeChange', `writes: [${editor('nia')}], reason: "is new"`);
  await act('user:olga', 'rejectProposal', `id: "${third.id}", reason: "no longer needed"`);
  const reader = (name: string) => `{ object: "label:nightowl", relation: "reader", subject: "user:${name}" }`;
  const fourth = await act('user:adam', 'proposeChange', `writes: [${reader('nia')}], reason: "reads along"`);
  await write(server().running.postern, ['label:nightowl#reader@user:meanwhile']);
  await act('user:olga', 'approveProposal', `id: "${fourth.id}", digest: "${fourth.digest}"`);
  const modules = ['core', 'music', 'podcasts', 'audiobooks'].map((name) => {
    const dsl = readFileSync(`examples/creators/${name}.fga`, 'utf8').replace(
      'can_view_statements: (finance',
      'can_view_statements: (owner',
    );
    return `{ name: "${name}.fga", dsl: ${JSON.stringify(dsl)} }`;
  });
  const model = `model: { modules: [${modules.join(', ')}], activate: true }`;
  await act('employee:oda', 'proposeChange', `${model}, reason: "finance has its own statements"`);
}

describe.skipIf(isBrowserMissing)('in Chromium', () => {
  beforeAll(propose);

  test.each(cases)('$name can be read by everybody, and leaves no trace', async (page) => {
    await expectReadable(browser(), server(), page);
  });

  test.each([
    ['dots', '%2e%2e'],
    ['a tag', '<img/src=x/onerror=alert(1)>'],
    ['quotes', `"'\`\${1}`],
    ['an address', 'javascript&colon;alert(1)?a=b&c=d'],
    ['slashes', 'a/../../b//c'],
    ['a number', '007'],
    ['another direction', 'שלום-abc'],
    ['256 bytes', 'x'.repeat(256)],
    ['pluses and percents', 'a+b%20c%ZZ'],
  ])('an id of %s goes there and back, and is text', async (_what, id) => {
    const object = `show:${id}`;
    await using there = await visit(browser(), server(), { as: 'employee:oda' });
    const { page } = there;
    const question = new URLSearchParams({ subject: 'user:eve', permission: 'can_edit_episode', object });
    await there.open(`/console/ask/why?${question}`);
    const sentence = page.getByText(`user:eve does not have can_edit_episode on ${object}.`, { exact: true });
    await sentence.waitFor();
    expect(await page.getByLabel('On what').inputValue()).toBe(object);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'A page, or an object' }).fill(object);
    await page.keyboard.press('Enter');
    const title = page.getByRole('heading', { level: 1 });
    await page.waitForURL(/\/objects\//);
    await page.getByText('Include what belongs to it').waitFor();
    expect(await title.innerText()).toBe(object);
    await page.getByRole('link', { name: 'History' }).click();
    await page.waitForURL(/\/history$/);
    expect(await title.innerText()).toBe(object);
    await page.reload();
    await title.filter({ hasText: object }).waitFor();
    await page.goBack();
    await page.goBack();
    await sentence.waitFor();
  });

  test('a question by clicks is the same as its address, and steps back and forward are questions', async () => {
    await using there = await visit(browser(), server(), { as: 'employee:oda' });
    const { page } = there;
    await there.open('/console/');
    await page.getByLabel('Who', { exact: true }).fill('user:mia');
    await page.getByLabel('May', { exact: true }).fill('can_edit');
    await page.getByLabel('On what').fill('track:aurora-1');
    await page.getByRole('button', { name: 'Ask' }).click();
    const allowed = page.getByText('user:mia has can_edit on track:aurora-1.');
    await allowed.waitFor();
    expect(await page.evaluate('document.activeElement.dataset.answer')).toBe('allowed');
    const byClicks = await page.locator('main').innerText();
    await page.getByRole('navigation', { name: 'Side of the question' }).getByRole('link', { name: 'Who' }).click();
    await page.waitForURL(/\/ask\/who/);
    await page.getByRole('heading', { level: 1, name: 'Who has access?' }).waitFor();
    expect(await page.getByLabel('On what').inputValue()).toBe('track:aurora-1');
    await page.goBack();
    await allowed.waitFor();
    await page.goForward();
    await page.waitForURL(/\/ask\/who/);
    await page.goBack();
    await page.reload();
    await allowed.waitFor();
    expect(await page.locator('main').innerText()).toBe(byClicks);
  });

  test('one signs in where one wanted to go, becomes somebody else, and leaves', async () => {
    await using there = await visit(browser(), server());
    const { page } = there;
    await there.open(why('user:eve', 'can_edit', 'track:harbour-1'));
    await page.getByRole('button', { name: 'Sign in as user:eve' }).click();
    await page.getByText('user:eve has can_edit on track:harbour-1.').waitFor();
    await page.getByRole('link', { name: 'Somebody else' }).click();
    await page.getByRole('button', { name: 'Sign in as user:lou' }).click();
    await page.getByText('Not yours to ask').waitFor();
    expect(new URL(page.url()).searchParams.get('object')).toBe('track:harbour-1');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByText('track:harbour-1').count()).toBe(0);
  });

  test('a session that ends while a page is open leads to signing in, and back to the page', async () => {
    await using there = await visit(browser(), server(), { as: 'user:eve' });
    const { page } = there;
    await there.open('/console/ask/why');
    await page.getByLabel('Who', { exact: true }).fill('user:eve');
    await page.getByLabel('May', { exact: true }).fill('can_edit');
    await page.getByLabel('On what').fill('track:harbour-1');
    await there.context.clearCookies({ name: 'postern-session' });
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByRole('button', { name: 'Sign in as user:eve' }).click();
    await page.getByText('user:eve has can_edit on track:harbour-1.').waitFor();
  });

  test('by a few letters and the keyboard one is everywhere, and Escape leads back to where one was', async () => {
    await using there = await visit(browser(), server(), { as: 'employee:oda' });
    const { page } = there;
    await there.open('/console/');
    const opener = page.getByRole('button', { name: 'Go to' });
    await opener.press('Enter');
    const field = page.getByRole('combobox', { name: 'A page, or an object' });
    await field.fill('a');
    await takePicture(page, 'palette-light');
    expect(await accessProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Go to');
    await page.keyboard.press('Control+k');
    await field.fill('track:aurora-1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ask\/why\?object=track%3Aaurora-1$/);
    await page.getByRole('heading', { level: 1, name: 'Why' }).waitFor();
    expect(await page.getByLabel('On what').inputValue()).toBe('track:aurora-1');
  });

  test('single keys lead through a page and write nothing, and are letters where somebody types', async () => {
    await using there = await visit(browser(), server(), { as: 'user:tess' });
    const { page } = there;
    await there.open('/console/objects/show:nightshift');
    const rows = page.locator('tbody tr:has(th[scope="row"])');
    await rows.first().waitFor();
    await page.locator('main[aria-busy="false"]').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const isIn = (index: number) => rows.nth(index).evaluate((row) => row.contains(row.ownerDocument.activeElement));
    expect([await isIn(0), await isIn(1)]).toEqual([false, true]);
    await page.keyboard.press('k');
    expect(await isIn(0)).toBe(true);
    await page.keyboard.press('.');
    await page.locator('[popover]:popover-open').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await takePicture(page, 'keys-light');
    expect(await accessProblems(page)).toEqual([]);
    await page.keyboard.press('n');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: 'Give a role' }).waitFor();
    await page.keyboard.type('nj?.w');
    expect(await page.getByLabel('Who gets it').inputValue()).toBe('nj?.w');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await rows.first().getByRole('link').first().focus();
    await page.keyboard.press('w');
    await page.waitForURL(/\/ask\/why\?/);
    await page.getByRole('heading', { level: 1, name: 'Why' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.evaluate("localStorage.setItem('postern-keys', 'off')");
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('the theme that one chooses stays', async () => {
    await using there = await visit(browser(), server(), { as: 'user:eve' });
    const { page } = there;
    await there.open('/console/');
    await page.getByLabel('Theme').selectOption('dark');
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await page.getByLabel('Theme').inputValue()).toBe('dark');
  });
});
