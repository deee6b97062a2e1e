import { statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { buildConsole } from '../../scripts/build-console.mjs';
import { readConsoleFiles } from '../../src/server/console/console-files.ts';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase());
const files = readConsoleFiles();

/** Without what differs from server to server. */
function shown(headers: Headers): readonly string[] {
  const changing = new Set(['date', 'connection', 'keep-alive', 'content-length', 'x-request-id']);
  return [...headers].filter(([name]) => !changing.has(name)).map(([name, value]) => `${name}: ${value}`);
}

describe('the page', () => {
  test.each(['/console', '/console/', '/console/objects/show:nightshift', '/console/objects/show:%2e%2e'])(
    'is at %s',
    async (path) => {
      const { status, text } = await server().send(path);
      expect([status, text]).toEqual([200, expect.stringContaining('<div id="console">')]);
    },
  );

  test('comes in the theme that was chosen, and in no other words of a cookie', async () => {
    const themeFor = async (theme: string) => {
      const { text } = await server().send('/console/', { headers: { cookie: `postern-theme=${theme}` } });
      return /data-theme="([^"]*)"/.exec(text)?.[1];
    };
    expect(await themeFor('dark')).toBe('dark');
    expect(await themeFor('light')).toBe('light');
    expect(await themeFor('%22%3E%3Cscript%3E')).toBe('system');
  });
});

describe('what the page is made of', () => {
  const names = [...(files?.assets.keys() ?? [])];

  test('is kept for good, and the page itself is not kept: these are their headers', async () => {
    const script = names.find((name) => name.endsWith('.js')) ?? '';
    const golden = [];
    for (const [title, path] of [
      ['the page', '/console/'],
      ['a script', `/console/assets/${script}`],
    ] as const) {
      const { status, headers } = await server().send(path);
      golden.push(`${title}: ${status}`, ...shown(headers).map((line) => `  ${line}`));
    }
    await expect(`${golden.join('\n')}\n`).toMatchFileSnapshot('../golden/console-headers.txt');
  });

  test('is what the page names', async () => {
    const named = Array.from(files?.page.matchAll(/(?:src|href)="([^"]+)"/g) ?? [], ([, path = '']) => path);
    expect(named.length).toBeGreaterThan(1);
    for (const path of named) expect([path, (await server().send(path)).status]).toEqual([path, 200]);
  });

  test.each([
    '/console/assets/nothing.js',
    '/console/assets/../index.html',
    '/console/assets/%2e%2e%2findex.html',
    '/console/assets/..%2f..%2f..%2fpackage.json',
    '/console/assets/__proto__',
  ])('does not lead to %s', async (path) => {
    const { status, headers } = await server().send(path, { redirect: 'manual' });
    // The first one is another address by the time that it is sent.
    if (status === 200) expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    else expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  test('is at most 230 kB to begin with', () => {
    const first = Array.from(
      files?.page.matchAll(/(?:src|href)="\/console\/assets\/([^"]+)"/g) ?? [],
      ([, name = '']) => name,
    );
    const bytes = first.map((name) => gzipSync(files?.assets.get(name)?.body ?? '').length);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(230_000);
  });
});

test('is built once: a second time there is nothing to do', () => {
  const builtAt = () => statSync('console/dist/index.html').mtimeMs;
  const before = builtAt();
  expect(buildConsole()).toBe(0);
  expect(builtAt()).toBe(before);
});
