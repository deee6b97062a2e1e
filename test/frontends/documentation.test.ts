import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync('docs/frontends.md', 'utf8');
const snippets = Array.from(
  text.matchAll(/^```(tsx?|graphql)(?: (\S+))?\n(.*?)^```$/gms),
  ([, language = '', file = '', body = '']) => ({ language, file, body }),
);

test('docs/frontends.md has programs, and says of each which file it is from', () => {
  expect(snippets.length).toBeGreaterThan(10);
  expect(snippets.filter(({ file }) => !existsSync(file))).toEqual([]);
});

test.each(snippets)('what it shows of $file is what is compiled and run', ({ file, body }) => {
  expect(readFileSync(file, 'utf8')).toContain(body);
});
