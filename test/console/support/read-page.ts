import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import type { PosternServer } from '../../support/postern-server.ts';
import { accessProblems, isTooWide, takePicture, visit } from './browser.ts';

/** A page as somebody sees it. */
export interface PageCase {
  readonly name: string;
  readonly as?: string;
  readonly path: string;
  /** What one sees when everything is there. */
  readonly shows: string;
}

/** The newest event of the audit log. */
async function newestEvent(server: PosternServer): Promise<unknown> {
  const newest = '{ accessAuditEvents(first: 1) { edges { node { id } } } }';
  return (await server.ask(newest, { as: 'employee:sec-ines' })).data;
}

/** Opens a page in both themes and on a narrow screen: everybody can read it, and no event says that somebody did. */
export async function expectReadable(browser: Browser, server: PosternServer, page: PageCase): Promise<void> {
  const { name, as, path, shows } = page;
  const before = await newestEvent(server);
  await using there = await visit(browser, server, { as });
  const { page: shown } = there;
  await there.open(path);
  await shown.getByText(shows).filter({ visible: true }).first().waitFor();
  await shown.locator('main[aria-busy="false"]').waitFor();
  for (const [theme, of] of [
    ['light', 'all'],
    ['dark', 'colours'],
  ] as const) {
    await shown.getByLabel('Theme').selectOption(theme);
    await takePicture(shown, `${name}-${theme}`);
    expect([theme, ...(await accessProblems(shown, of))]).toEqual([theme]);
  }
  await shown.setViewportSize({ width: 320, height: 640 });
  await takePicture(shown, `${name}-narrow`);
  expect(await isTooWide(shown)).toBe(false);
  expect(await newestEvent(server)).toEqual(before);
}
