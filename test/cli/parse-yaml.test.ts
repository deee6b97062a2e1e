import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseYaml } from '../../src/cli/parse-yaml.ts';
import { readStoreData } from '../../src/cli/store-file/read-store-file.ts';
import { readTestFiles } from '../../src/cli/store-file/read-test-files.ts';

test.each([
  ['tuples:\n  - { context: { owner: 1234567890123456789 } }', 2],
  ['a: 1\nb:\n  - 9007199254740993', 3],
  ['{ "a": 9007199254740993.0 }', 1],
  ['a: 0x20000000000001', 1],
  ['a: 1e23', 1],
])('a number that would be rounded is refused with its line: %j', (text, line) => {
  expect(() => parseYaml(text)).toThrow(new RegExp(`^The number ".+" in line ${line} .*write it as text, in quotes`));
});

test('everything else is read', () => {
  expect(parseYaml('a: "1234567890123456789"\nb: 9007199254740992\nc: 0.1\nd: 1e20\ne: 0x1f\nf: -.5')).toEqual({
    a: '1234567890123456789',
    b: 9007199254740992,
    c: 0.1,
    d: 1e20,
    e: 31,
    f: -0.5,
  });
  expect(() => parseYaml('a: [')).toThrow();
  expect(() => parseYaml('a: 1\na: 2')).toThrow();
});

test('a test file with two tenants that would be one is refused with its name and line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'postern-numbers-'));
  const path = join(folder, 'bills.fga.yaml');
  const bill =
    '{ user: "user:ann", relation: reader, object: "bill:1", condition: { name: same, context: { owner: 1234567890123456789 } } }';
  await writeFile(path, `model: |\n  model\n    schema 1.1\ntuples:\n  - ${bill}\n`);
  await expect(readTestFiles([path])).rejects.toThrow(
    /bills\.fga\.yaml.*"1234567890123456789" in line 5 .*write it as text/,
  );
  await expect(readStoreData(path)).rejects.toThrow(/"1234567890123456789" in line 5 .*write it as text/);
  await rm(folder, { recursive: true });
});

test('no command reads YAML past it', async () => {
  for await (const file of glob('src/**/*.ts')) {
    // The other says in which lines something stands, and never what it is.
    const isHere = ['src/cli/parse-yaml.ts', 'src/cli/yaml-lines.ts'].includes(file);
    const text = (await readFile(file, 'utf8')).replace("import { stringify } from 'yaml';", '');
    expect([file, !isHere && /from 'yaml'/.test(text)]).toEqual([file, false]);
  }
});
