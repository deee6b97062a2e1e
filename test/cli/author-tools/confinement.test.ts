import { renameSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { beginReading, confineTo, OutsideFolder, readConfined } from '../../../src/cli/confinement.ts';

/** So deep that the way to it takes a while to be looked at, a part at a time. */
const deep = 'd/'.repeat(300);

test('a folder on the way whose place a link takes, after it was looked at, leads nowhere', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'postern-confined-'));
  for (const [name, text] of [
    ['inside/way', 'inside'],
    ['outside', 'outside'],
  ] as const) {
    await mkdir(join(parent, name, deep), { recursive: true });
    await writeFile(join(parent, name, deep, 'x'), text);
  }
  await symlink(join(parent, 'outside'), join(parent, 'inside/link'));
  confineTo(join(parent, 'inside'));
  beginReading();
  expect(String(await readConfined(`way/${deep}x`))).toBe('inside');
  const [way, away, link] = ['way', 'away', 'link'].map((name) => join(parent, 'inside', name)) as [
    string,
    string,
    string,
  ];
  const found = new Set<string>();
  for (let n = 0; n < 10; n += 1) {
    const read = readConfined(`way/${deep}x`).then(String, (error: Error) => error.constructor.name);
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    renameSync(way, away);
    renameSync(link, way);
    found.add(await read);
    renameSync(way, link);
    renameSync(away, way);
  }
  // Now and then there is nothing for a moment, as two names change places.
  expect(found).toContain(OutsideFolder.name);
  expect(found).not.toContain('outside');
  await rm(parent, { recursive: true });
});
