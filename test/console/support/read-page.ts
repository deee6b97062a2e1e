import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { limits } from '../../../src/model/limits.ts';
import type { PosternServer } from '../../support/postern-server.ts';
import { accessProblems, isTooWide, takePicture, visit } from './browser.ts';
import { countQuestions } from './count-questions.ts';

/** A page as somebody sees it. */
export interface PageCase {
  readonly name: string;
  readonly as?: string;
  readonly path: string;
  /** What one sees when everything is there. */
  readonly shows: string;
  /** How its last answer looks, where it has one. */
  readonly answer?: 'allowed' | 'denied' | 'undecided' | 'hidden';
}

/** The newest event of the audit log. */
async function newestEvent(server: PosternServer): Promise<unknown> {
  const newest = '{ accessAuditEvents(first: 1) { edges { node { id } } } }';
  return (await server.ask(newest, { as: 'employee:sec-ines' })).data;
}

/** A page asks as little as one request may. */
const [mostRequests, mostQuestions] = [limits.questions.most, limits.questions.most];

/** Opens a page in both themes and on a narrow screen: everybody can read it, and no event says that somebody did. */
export async function expectReadable(browser: Browser, server: PosternServer, page: PageCase): Promise<void> {
  const { name, as, path, shows, answer } = page;
  const before = await newestEvent(server);
  await using there = await visit(browser, server, { as });
  const { page: shown } = there;
  await there.open(path);
  await shown.getByText(shows).filter({ visible: true }).first().waitFor();
  await shown.locator('main[aria-busy="false"]').waitFor();
  if (answer !== undefined)
    expect(await shown.locator('[data-answer]').last().getAttribute('data-answer')).toBe(answer);
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
  expect(there.asked.length).toBeLessThanOrEqual(mostRequests);
  expect(countQuestions(there.asked)).toBeLessThanOrEqual(mostQuestions);
  expect(await newestEvent(server)).toEqual(before);
}
