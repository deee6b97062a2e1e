import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useDatabase } from '../../support/database.ts';
import { runMain } from '../../support/run-main.ts';
import { runProgram } from '../../support/run-program.ts';

const databaseUrl = useDatabase();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-move-in-'));
  for (const name of ['roles.yaml', 'documents.yaml']) {
    await copyFile(join(import.meta.dirname, 'spicedb', name), join(folder, name));
  }
  await writeFile(join(folder, 'names.yaml'), '"project#read": can_look\n"role#active": active\n');
  await writeFile(join(folder, 'stray.yaml'), '"project#reed": can_look\n');
});

afterAll(() => rm(folder, { recursive: true }));

async function run(line: string) {
  const environment = { DATABASE_URL: databaseUrl() };
  const { code, output, errors } = await runProgram(line.split(' '), { folder, environment });
  return { code, said: `${output}${errors}` };
}

test.each<[line: string, said: string]>([
  ['import', 'There is nothing to import. Next: name a "*.fga.yaml" file'],
  ['import x.yaml --from spicedb', 'Moving in takes no "x.yaml". Next: name it with --in.'],
  ['import --from spicedb --in roles.yaml', 'Where to write the plan is not said. Next: name a folder with --plan.'],
  ['import --from spicedb --plan p', 'What to read is not said. Next: name a file with --in.'],
  ['import --from spicedb --apply p', 'and not both at once. Next: leave one of them out.'],
  ['import --apply p --dry-run', 'There is no --dry-run of moving in'],
  ['import --from spicedb --in x --plan p --dry-run', 'There is no --dry-run of moving in'],
  [
    'import --from spicedb --in x --plan p --replace-model',
    'Next: leave --replace-model out, or name a plan with --apply.',
  ],
  ['import --from spicedb --in role.yaml --plan p', 'There is no file "role.yaml". Did you mean "roles.yaml"?'],
  [
    'import --from spicedb --in roles.yaml --names stray.yaml --plan p',
    'The schema has no "project#reed". Did you mean "project#read"?',
  ],
  [
    'import --from openfga --in roles.yaml --names names.yaml --plan p',
    'keeps its names. Next: leave out --names and --types.',
  ],
  [
    'import --from openfga --url http://127.0.0.1:9 --store s --plan p',
    'Nothing answers at "http://127.0.0.1:9/stores/s/',
  ],
  ['import --from openfga --url http://127.0.0.1:9 --plan p', 'or a server with --url and --store.'],
  ['import --from keto --url http://127.0.0.1:9 --plan p', 'Keto is read from a file.'],
  ['import --apply nowhere', 'There is no file "nowhere/report.json".'],
  ['import --from spicedb --in roles.yaml --plan p --allow-refused nam', 'Did you mean "name"?'],
])('%s', async (line, said) => {
  const ended = await run(line);
  expect(ended.said).toContain(said);
  expect(ended.code).toBe(1);
});

test('a source that cannot come in whole ends with 1, and is applied once that was allowed', async () => {
  const refused = await run('import --from spicedb --in roles.yaml --plan whole');
  expect(refused.code).toBe(1);
  expect(refused.said).toContain('line 14: refused (name): permission project#read.');
  expect(refused.said).toContain('Assertions of the source: 6 of 6 hold.');
  expect(refused.said).toContain('plan again with --allow-refused name to leave that out.');
  expect((await run('import --apply whole')).said).toContain('refuses something (name), and nothing was changed.');
  const allowed = await run('import --from spicedb --in roles.yaml --plan whole --allow-refused name');
  expect(allowed.code).toBe(0);
});

test('relation tuples of Keto are planned with the types of their subject ids, and applied', async () => {
  const tuple = { namespace: 'Paper', object: '1', relation: 'reader', subject_id: 'ann' };
  await writeFile(join(folder, 'tuples.json'), JSON.stringify({ relation_tuples: [tuple], next_page_token: '' }));
  await writeFile(join(folder, 'types.yaml'), 'Paper: paper\nsubject_id: user\n');
  const untyped = await run('import --from keto --in tuples.json --plan keto');
  expect(untyped.said).toContain('plan again with --allow-refused subject-type to leave that out.');
  expect(untyped.code).toBe(1);
  const planned = await run('import --from keto --in tuples.json --types types.yaml --plan keto');
  expect(planned.said).toContain('plan again with --model');
  expect(planned.code).toBe(0);
  const applied = await run('import --apply keto');
  expect(applied.said).toContain('paper#reader: 1 planned, 1 read back');
  expect(applied.said).toContain('Next: write a model with permissions, and plan again with --model.');
  expect(applied.said).not.toContain('postern -- test');
  expect(await readFile(join(folder, 'keto', 'names.yaml'), 'utf8')).toBe('Paper#reader: reader\n');
  expect(applied.code).toBe(0);
});

test('a model that no server could start with is refused when it is planned', async () => {
  const pages = ['team_a', 'team__a'].map((name) => `definition ${name} { relation a: user permission b = a }`);
  await writeFile(join(folder, 'twins.zed'), ['definition user {}', ...pages].join('\n'));
  const refused = await run('import --from spicedb --in twins.zed --plan twins');
  expect(refused.said).toMatch(/refused \(model\): model\. .*team_a.* Next: give other names/);
  expect(refused.code).toBe(1);
});

test('names that were given are those of the plan, which gives them out again', async () => {
  const named = await run('import --from spicedb --in roles.yaml --names names.yaml --plan named');
  expect(named.code).toBe(0);
  expect(await readFile(join(folder, 'named', 'model.fga'), 'utf8')).toContain(
    'define reader: [account:*, role#active]',
  );
  const names = await readFile(join(folder, 'named', 'names.yaml'), 'utf8');
  expect(names).toContain('project#read: can_look\n');
  const again = await run(
    'import --from spicedb --in roles.yaml --names named/names.yaml --types named/types.yaml --plan again',
  );
  expect(again.code).toBe(0);
  const digest = /Digest of the plan: \w+/;
  expect(digest.exec(again.said)?.[0]).toBe(digest.exec(named.said)?.[0]);
  expect((await run('test named/tests.fga.yaml')).said).toContain('6 passed, 0 failed');
});

test('a process that is killed while it applies leaves nothing that a next one does not end', async () => {
  expect((await run('import --from spicedb --in documents.yaml --plan killed')).code).toBe(0);
  const environment = { DATABASE_URL: databaseUrl() };
  expect(await run('import --apply killed')).toMatchObject({ code: 1, said: expect.stringContaining('type "paper"') });
  {
    await using killed = runMain(['import', '--apply', 'killed', '--replace-model'], { folder, environment });
    await killed.printed(/published and active/);
    killed.signal('SIGKILL');
    await killed.end;
  }
  const last = await run('import --apply killed');
  expect(last.said).toContain('work_group#member: 2 planned, 2 read back');
  expect(last.said).toMatch(/All of the plan is here\. Next: .*test killed\/tests\.fga\.yaml/);
  expect(last.code).toBe(0);
});
