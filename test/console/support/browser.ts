import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
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
    // One process has compiled everything already that the page after it runs.
    args: ['--renderer-process-limit=1', ...(isRoot ? ['--no-sandbox'] : [])],
  });
}

export interface VisitOptions {
  /** Whose session the browser has; none without it. */
  readonly as?: string | undefined;
  /** What the browser may complain of, since the test makes it happen. */
  readonly mayFail?: RegExp;
  /** Whether it is in a context of its own, which ends with it: as whoever puts its clock forward. */
  readonly isAlone?: boolean;
}

/** A page in a browser that knows nobody, in which nothing may go wrong: neither what runs nor what the policy forbids. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page has asked the server, so far. */
  readonly asked: readonly Asked[];
  /** Goes to an address of the console as somebody does who types it in. */
  open(path: string): Promise<void>;
}

/** One request of GraphQL. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What contexts have loaded once, they need not load again: those that nobody uses wait here, by the server that they know. */
const waiting = new WeakMap<PosternServer, BrowserContext[]>();

function newContext(browser: Browser, server: PosternServer): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: new URL(server.url).origin,
    viewport: { width: 1280, height: 900 },
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
}

/** Nothing of a visit is left for the next one but what the server lets browsers keep. */
async function clear(context: BrowserContext, origin: string): Promise<void> {
  const [page, ...others] = context.pages();
  for (const other of others) await other.close();
  if (page !== undefined) {
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'cookies,local_storage' });
    await page.close();
  }
  await context.clearCookies();
}

export async function visit(browser: Browser, server: PosternServer, options: VisitOptions = {}): Promise<Visit> {
  const { as, mayFail, isAlone = false } = options;
  const kept = waiting.get(server) ?? [];
  waiting.set(server, kept);
  const context = (isAlone ? undefined : kept.pop()) ?? (await newContext(browser, server));
  if (as !== undefined) await context.addCookies([await sessionCookie(server, as)]);
  const page = await context.newPage();
  const problems = watch(page, mayFail);
  const asked: Asked[] = [];
  page.on('request', (request) => asked.push(...askedBy(request)));
  return {
    page,
    context,
    asked,
    open: async (path) => void (await page.goto(path)),
    [Symbol.asyncDispose]: async () => {
      if (isAlone) await context.close();
      else {
        await clear(context, new URL(server.url).origin);
        kept.push(context);
      }
      expect(problems).toEqual([]);
    },
  };
}

async function sessionCookie(server: PosternServer, subject: string) {
  const [name = '', value = ''] = (await signIn(server, subject)).split('=');
  const { hostname } = new URL(server.url);
  return { name, value, domain: hostname, path: '/console', httpOnly: true, sameSite: 'Strict' as const };
}

function askedBy(request: Request): readonly Asked[] {
  if (!new URL(request.url()).pathname.startsWith('/console/graphql')) return [];
  const { query, variables = {} } = request.postDataJSON();
  return [{ query, variables }];
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

/** Axe as it is sent to browsers: the other one takes twice as long to get there. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What WCAG 2.2 AA has against the page, in one line each; or against its colours alone, where nothing else has changed. */
export async function accessProblems(page: Page, of: 'all' | 'colours' = 'all'): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  const rules =
    of === 'colours'
      ? ['color-contrast', 'link-in-text-block']
      : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const runOnly = { type: of === 'colours' ? 'rule' : 'tag', values: rules };
  // No rule that runs looks at style sheets themselves.
  const options = { runOnly, resultTypes: ['violations'], preload: false };
  const found: unknown = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
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
