import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { importStore } from '../../src/cli/import-store.ts';
import { findingKinds } from '../../src/operations/findings/access-finding.ts';
import { useDatabase } from '../support/database.ts';
import { operator, usePostern } from '../support/postern.ts';
import { creatorsStore } from '../support/postern-server.ts';
import { runProgram } from '../support/run-program.ts';

const databaseUrl = useDatabase();
const postern = usePostern(databaseUrl);

beforeAll(() => importStore(postern(), operator, creatorsStore));

const pairs = [
  { first: 'payout_account#can_prepare', second: 'payout_account#can_approve' },
  { first: 'organization#can_read_audit_log', second: 'payout_account#can_view_statements', scope: 'anywhere' },
];
const place = () => ({
  environment: { DATABASE_URL: databaseUrl(), POSTERN_TOXIC_PAIRS: JSON.stringify(pairs) },
});
const run = (...args: readonly string[]) => runProgram(args, place());
const said = (errors: string) => errors.split('\n').filter((line) => line !== '' && !line.startsWith('Database:'));

test('what is found in the creators’ example, and in which order', async () => {
  const kinds = findingKinds.flatMap((kind) => ['--kind', kind]);
  const { output, errors } = await run('findings', 'organization:northwind', ...kinds, '--first', '1000');
  await expect(`${output}\n${said(errors).join('\n')}\n`).toMatchFileSnapshot('../golden/findings.txt');
  const ranks = output.split('\n').flatMap((line) => /^(\d+) /.exec(line)?.slice(1).map(Number) ?? []);
  expect(ranks.length).toBeGreaterThan(20);
  expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
});

test('what ends a finding says more by its next command than by the object of the change alone', async () => {
  const { output } = await run('findings', 'organization:northwind', '--first', '1000');
  const next = [...output.matchAll(/^ {2}Next: (.*)$/gm)].map(([, line = '']) => line);
  expect(next.length).toBeGreaterThan(0);
  for (const line of next) {
    expect(line).toMatch(/^npm run postern -- simulate (--(write|delete) '[^']+' )+--within 'organization:northwind'$/);
  }
});

test('what a member of a team gets where the team stands is said without naming that', async () => {
  const { code, output } = await run('simulate', '--write', 'team:nw-marketing#member@user:paul');
  expect([code, output]).toEqual([0, expect.stringContaining(': 34 gained and 0 lost.')]);
});

test('pages are one list', async () => {
  const all = await run('findings', 'organization:northwind', '--first', '1000');
  const some = await run('findings', 'organization:northwind', '--first', '3');
  expect(all.output.startsWith(some.output.trimEnd())).toBe(true);
  expect(some.errors).toContain('There are more than 3. Next: ask for more with --first, or for one --kind.');
});

test('what the documentation runs', async () => {
  const page = await readFile('docs/findings.md', 'utf8');
  const commands = [...page.matchAll(/^npm run postern -- (.*?)(?: {2,}# .*)?$/gm)].map(([, line = '']) => line.trim());
  expect(commands.length).toBe(5);
  for (const command of commands) {
    const { output, errors } = await run(...command.split(' ').map((word) => word.replaceAll("'", '')));
    expect([command, output !== '', errors.includes('--help')]).toEqual([
      command,
      // Nobody climbs in the example, and nobody has measured what it uses.
      !/escalation|unusedGrant/.test(command),
      false,
    ]);
  }
});

test('a change is simulated', async () => {
  const change = [
    '--write',
    'organization:northwind#payout_approver@user:fritz',
    '--delete',
    'organization:northwind#owner@user:olga',
  ];
  const { code, output } = await run('simulate', ...change, '--within', 'organization:northwind');
  await expect(output).toMatchFileSnapshot('../golden/simulation.txt');
  // Somebody must remain.
  expect(code).toBe(1);
});

test.each([
  [['findings', 'organization'], 'The object "organization" is not of the form "type:id".'],
  [
    ['findings', 'organization:northwind', '--kind', 'outsidr'],
    '"outsidr" is no kind of finding. Did you mean "outsider"?',
  ],
  [['findings', 'organization:northwind', '--steps', '9'], '"9" is not a whole number between 1 and 5.'],
  [
    ['findings', 'organization:northwind', '--insiders', 'user:ann'],
    '"user:ann" is not of the form "type:id#relation".',
  ],
  [['findings', 'orgnization:northwind'], 'Unknown type "orgnization". Did you mean "organization"?'],
  [['simulate', '--write', 'team:a'], '"team:a" is not of the form "type:id#relation@subject".'],
  [['simulate'], 'There is nothing to write or delete.'],
])('%j is refused', async (args, message) => {
  const { code, errors } = await run(...args);
  expect([code, errors]).toEqual([1, expect.stringContaining(message)]);
});
