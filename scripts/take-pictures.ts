import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startDemo } from '../examples/creators/supergraph/start-demo.ts';
import { buildApp } from './build-app.mjs';

/** `npm run pictures`: takes the README's pictures of the console and of the studio, as `npm run demo` has them. */

async function take(
  browser: Browser,
  path: string,
  height: number,
  show: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1120, height }, colorScheme: 'light', timezoneId: 'UTC' });
  await show(page);
  await page.screenshot({ path });
  await page.close();
  console.log(`Took ${path}.`);
}

if (buildApp('examples/creators/studio') !== 0) throw new Error('The studio cannot be built.');
const folder = await mkdtemp(join(tmpdir(), 'postern-pictures-'));
const demo = await startDemo({ posternEnvironment: { POSTERN_DATA_DIRECTORY: folder } });
const executablePath = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  await take(browser, 'docs/console.png', 1180, async (page) => {
    const question = 'subject=user:mia&permission=can_edit&object=track:aurora-1';
    await page.goto(new URL(`/console/ask/why?${question}`, demo.posternUrl).href);
    await page.getByRole('button', { name: 'Sign in as employee:oda' }).click();
    await page.getByText('user:mia has can_edit on track:aurora-1.', { exact: true }).waitFor();
    await page.getByRole('img').last().waitFor();
  });
  await take(browser, 'docs/studio.png', 520, async (page) => {
    await page.goto(new URL('/studio/', demo.gatewayUrl).href);
    await page.getByRole('button', { name: 'user:paul' }).click();
    await page.getByRole('navigation', { name: 'Your shows' }).getByRole('button').first().click();
    await page.getByRole('button', { name: 'Publish today' }).first().waitFor();
  });
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
}
