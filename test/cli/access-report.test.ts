import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { relationship } from '../support/parse.ts';
import { publish, usePostern, write } from '../support/postern.ts';
import { runMain } from '../support/run-main.ts';
import { runProgram } from '../support/run-program.ts';

const databaseUrl = useDatabase();
const postern = usePostern(databaseUrl);
let folder = '';

const dsl = `model
  schema 1.1
type user
type team
  relations
    define member: [user, team#member]
type organization
  relations
    define owner: [user]
    define member: [user, user with in_time, team#member] or owner
    define can_manage_access: owner
type folder
  relations
    define organization: [organization]
    define viewer: [user] or member from organization
    define can_manage_access: can_manage_access from organization
condition in_time(current_time: timestamp, ends_at: timestamp, note: string) {
  current_time < ends_at
}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-report-'));
  await publish(postern(), dsl);
  // Numbers are given in the order of the list, so that the order of the report is the same each time.
  for (const one of [
    relationship('organization:acme#owner@user:ada'),
    relationship('organization:acme#member@user:=cmd|calc', { expiresAt: new Date('2199-01-01T00:00:00Z') }),
    relationship('organization:acme#member@user:a"b",c', {
      condition: ['in_time', { ends_at: '2001-01-01T00:00:00Z', note: 'a, b' }],
    }),
    relationship('organization:acme#member@team:a#member'),
    relationship('team:a#member@user:ann'),
    relationship('folder:plans#organization@organization:acme'),
    relationship('folder:plans#viewer@user:out'),
  ]) {
    await write(postern(), [one]);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const place = () => ({ environment: { DATABASE_URL: databaseUrl() }, folder });
const report = (...args: readonly string[]) => runProgram(['access-report', ...args], place());

/** Without the times of writing, which differ from run to run. */
function withoutTimes(text: string): string {
  return text.replaceAll(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z,console/g, 'TIME,console');
}

test('is CSV that spreadsheets read', async () => {
  await using main = runMain(['access-report', 'organization:acme', '--contained'], place());
  const { code, output, errors } = await main.end;
  await expect(withoutTimes(output)).toMatchFileSnapshot('../golden/access-report.csv');
  expect(errors.trim().split('\n')).toEqual([
    expect.stringMatching(/^Database: "\w+" of the PostgreSQL at "127\.0\.0\.1:\d+"$/),
    'Wrote 10 entries about "organization:acme"; 7 have no effect now.',
    'Next: look for what ends soon with --expires-before, or for outsiders with --without-end --outsiders-to.',
  ]);
  expect(code).toBe(0);
}, 60_000);

test.each([
  ['--expires-before 2200-01-01', 1],
  ['--without-end', 4],
  ['--contained --without-end --outsiders-to organization:acme#member', 3],
])('%s: %i entries', async (args, count) => {
  const { code, output } = await report('organization:acme', ...args.split(' '));
  expect(code).toBe(0);
  expect(output.split('\r\n')).toHaveLength(count + 2);
});

test('of an object that nothing is granted on asks for its name', async () => {
  const { code, errors } = await report('organization:amce');
  expect([code, errors]).toEqual([
    0,
    expect.stringContaining('\nNext: see whether the name is right, or add --contained'),
  ]);
});

test('goes into a file, which has its name only when it is whole', async () => {
  const { code, output, errors } = await report('organization:acme', '--output', 'report.csv');
  expect([code, output]).toEqual([0, '']);
  expect(errors).toContain('entries about "organization:acme" to "report.csv"');
  expect((await readFile(join(folder, 'report.csv'), 'utf8')).split('\r\n')[0]).toMatch(/^object,role,subject/);
  await writeFile(join(folder, 'old.csv'), 'old');
  const failed = await report('nothing:acme', '--output', 'old.csv');
  expect(failed.code).toBe(1);
  expect(failed.errors).toContain('Unknown type "nothing"');
  expect(await readFile(join(folder, 'old.csv'), 'utf8')).toBe('old');
  expect((await readdir(folder)).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
});

test.each([
  [['organization'], 'The object "organization" is not of the form "type:id".'],
  [['organization:acme', '--expires-before', '2027-02-30'], '"2027-02-30" is not a date'],
  [['organization:acme', '--expires-before', 'soon'], '"soon" is not a date'],
  [
    ['organization:acme', '--outsiders-to', 'organization:acme'],
    '"organization:acme" is not of the form "type:id#relation".',
  ],
  [['organization:acme', '--outsiders-to', 'organization:acme#membr'], 'Did you mean "member"?'],
  [['organization:acme', '--without-end', '--expires-before', '2027-01-01'], 'What has no end does not expire'],
])('refuses %j', async (args, message) => {
  const { code, errors, output } = await report(...args);
  expect(code).toBe(1);
  expect(errors).toContain(message);
  expect(output.split('\r\n').length).toBeLessThanOrEqual(2);
});
