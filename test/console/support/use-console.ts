import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { readExample } from '../../../src/cli/example.ts';
import { useDatabase } from '../../support/database.ts';
import { creatorsStore, type PosternServer, usePosternServer } from '../../support/postern-server.ts';
import { chromiumPath, launchBrowser } from './browser.ts';

/** Where there is no browser, nothing is known of the console, and `browser.test.ts` says so. */
export const isBrowserMissing = chromiumPath === undefined;

/** A server with the example, as `npm start` has it, and a browser. The getters work from the first test on. */
export async function useConsole(): Promise<{ readonly server: () => PosternServer; readonly browser: () => Browser }> {
  const { claims, callers } = await readExample('examples/creators');
  const server = usePosternServer(useDatabase(), { store: creatorsStore, claims, callers });
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!isBrowserMissing) browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return {
    server,
    browser: () => {
      if (browser === undefined) throw new Error('The browser is there only inside tests.');
      return browser;
    },
  };
}
