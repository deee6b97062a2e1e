import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Limit, limits } from '../../src/model/limits.ts';

test('docs/running.md has all limits, as they are', async () => {
  const all: readonly Limit[] = Object.values(limits);
  const rows = all.map(({ most, of, why }) => `| ${most.toLocaleString('en')} | ${of} | ${why} |`);
  expect(await readFile('docs/running.md', 'utf8')).toContain(`|---|---|---|\n${rows.join('\n')}\n`);
});
