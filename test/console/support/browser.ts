import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PosternServer } from '../../support/postern-server.ts';
import { signIn } from './console-client.ts';

/** A browser that the project does not bring: Debian's, or whatever `TEST_CHROMIUM` names. */
export const chromiumPath = process.env.TEST_CHROMIUM ?? onPath(['chromium', 'chromium-browser', 'google-chrome']);

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

export function launchBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: isRoot ? ['--no-sandbox'] : [],
  });
}

export interface VisitOptions {
  /** Whose session the browser has; none without it. */
  readonly as?: string | undefined;
  /** What the browser may complain of, since the test makes it happen. */
  readonly mayFail?: RegExp;
}

/** A page in a browser of its own, in which nothing may go wrong: neither what runs nor what the policy forbids. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to an address of the console as somebody does who types it in. */
  open(path: string): Promise<void>;
}

export async function visit(browser: Browser, server: PosternServer, options: VisitOptions = {}): Promise<Visit> {
  const { as, mayFail } = options;
  const { origin } = new URL(server.url);
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 900 },
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  if (as !== undefined) await context.addCookies([await sessionCookie(server, as)]);
  const page = await context.newPage();
  const problems = watch(page, mayFail);
  return {
    page,
    context,
    open: async (path) => void (await page.goto(path)),
    [Symbol.asyncDispose]: async () => {
      await context.close();
      expect(problems).toEqual([]);
    },
  };
}

async function sessionCookie(server: PosternServer, subject: string) {
  const [name = '', value = ''] = (await signIn(server, subject)).split('=');
  const { hostname } = new URL(server.url);
  return { name, value, domain: hostname, path: '/console', httpOnly: true, sameSite: 'Strict' as const };
}

/** What a browser complains of: of what the policy forbids as well. */
function watch(page: Page, mayFail: RegExp | undefined): readonly string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    const isRefusal = /status of (?:40[013]|429)/.test(message.text()) || mayFail?.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isRefusal) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return problems;
}

/** What WCAG 2.2 AA has against the page, in one line each; or against its colours alone, where nothing else has changed. */
export async function accessProblems(page: Page, of: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const rules =
    of === 'colours'
      ? ['color-contrast', 'link-in-text-block']
      : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const runOnly = { type: of === 'colours' ? 'rule' : 'tag', values: rules };
  const found: unknown = await page.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))`,
  );
  return found as readonly string[];
}

/** Whether one has to scroll sideways. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

const folder = '.postern/screenshots';

/** For people to look at: nothing is compared. Continuous integration takes none. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.TEST_PICTURES === '0') return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
