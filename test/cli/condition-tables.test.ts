import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runTestCommand } from '../../src/cli/store-file/test-command.ts';

/** The lines that `postern test` prints, and its exit code. Tables of conditions need no database. */
async function play(path: string): Promise<readonly (string | number)[]> {
  const lines: string[] = [];
  const code = await runTestCommand({ paths: [path], databaseUrl: undefined, print: (line) => lines.push(line) });
  return [...lines, code];
}

/** A table of its own, gone after the test. */
async function table(...lines: readonly object[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-conditions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'table.jsonl');
  await writeFile(path, lines.map((line) => JSON.stringify(line)).join('\n'));
  return path;
}

const tables = join(import.meta.dirname, '..', 'conditions');

test.each([
  ['cel-go.jsonl', 'what OpenFGA answers'],
  ['otherwise.jsonl', 'where we answer otherwise on purpose'],
])('%s: %s', async (name) => {
  const [first, last, code, ...more] = await play(join(tables, name));
  expect(more).toEqual([]);
  expect([last, code]).toEqual([String(first).replace(/Playing (\d+) conditions\./, '$1 passed, 0 failed'), 0]);
});

test('a difference is shown with the reason', async () => {
  const one = { params: { i: 'int' }, expression: '1 / i == 1', context: { i: 0 } };
  const path = await table({ ...one, answer: false }, { ...one, answer: 'error' }, { ...one, answer: 'missing' });
  const actual = 'error: The condition "c" could not be evaluated: a number is divided by zero.';
  expect(await play(path)).toEqual([
    'Playing 3 conditions.',
    `FAILED ${path} › (i: int) 1 / i == 1 on {"i":0}\n       expected false\n       actual   ${actual}`,
    '2 passed, 1 failed',
    1,
  ]);
});

test('a number that would be rounded is refused, as wherever a context is read', async () => {
  const path = await table();
  const long = '{"params":{"i":"int"},"expression":"i > 0","context":{"i":9007199254740993},"answer":true}\n';
  await writeFile(path, long);
  const [, failure] = await play(path);
  expect(failure).toContain('actual   error: The number "9007199254740993" is too long to be kept exactly as a number');
});

test('a line that is no condition is named', async () => {
  const one = { params: {}, expression: 'true', context: {}, answer: true };
  const path = await table(one, { ...one, answer: 'maybe' });
  await expect(play(path)).rejects.toThrow(
    `Line 2 of "${path}" is no condition with params, expression, context and answer.`,
  );
});
