import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importStoreFile } from '../../src/cli/import-command.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { useDatabase } from '../support/database.ts';
import { usePostern } from '../support/postern.ts';

const postern = usePostern(useDatabase());
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-import-'));
});

afterEach(() => rm(folder, { recursive: true }));

const model = `model
  schema 1.1
type user
type folder
  relations
    define guest: [user, user with in_house]
    define can_open: guest
condition in_house(house: string) {
  house == "main"
}
`;
const indented = model.replaceAll(/^(?=.)/gm, '  ');
const ann = '  - { user: "user:ann", relation: guest, object: "folder:1" }\n';
const bob = '  - { user: "user:bob", relation: guest, object: "folder:1", condition: { name: in_house } }\n';
const store = (...tuples: readonly string[]) => `model: |\n${indented}tuples:\n${tuples.join('')}`;

/** Imports a file with this text; what was printed, or the error. */
async function load(text: string, dryRun = false): Promise<string> {
  await writeFile(join(folder, 'store.fga.yaml'), text);
  return importFile('store.fga.yaml', dryRun);
}

async function importFile(name: string, dryRun = false): Promise<string> {
  const lines: string[] = [];
  const said = await importStoreFile(postern(), join(folder, name), { dryRun }, (line) => lines.push(line)).then(
    () => lines.join('\n'),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return said.replaceAll(`${folder}/`, '');
}

/** How many models there are, which is active, and what is stored. */
async function state() {
  const models = await postern().store.readModels(100, undefined);
  const { relationships } = await postern().store.readRelationships({}, 100, undefined);
  const stored = relationships.map(({ relationship }) => formatRelationship(relationship)).toSorted();
  return { models: models.length, active: models.find(({ active }) => active)?.id, stored };
}

const refusedAtFirst: readonly (readonly [what: string, text: string, sentence: RegExp])[] = [
  [
    'a relation that the model does not have',
    store(ann, ann.replace('guest', 'gest').replace('ann', 'eve')),
    /^Relationships of "store\.fga\.yaml" are not valid; nothing was changed\.\n"folder:1#gest@user:eve": Unknown relation "gest" on type "folder"\. Did you mean "guest"\?$/,
  ],
  ['a subject without a type', store(ann.replace('user:ann', 'ann')), /not valid; nothing was changed\.\n.*"ann"/],
  [
    'a model with a mistake',
    store(ann).replace('[user,', '[usr,'),
    /model of "store\.fga\.yaml" is not valid\.\n.*"?usr"?/,
  ],
  [
    'one relationship in two ways',
    store(bob, bob.replace(', condition: { name: in_house }', '')),
    /in two ways; nothing was changed/,
  ],
];

test.each(refusedAtFirst)('%s: nothing has changed, not even the model', async (_what, text, sentence) => {
  const before = await state();
  expect(await load(text)).toMatch(sentence);
  expect(await state()).toEqual(before);
});

describe('a file that is imported', () => {
  test('says what it would do, and does it', async () => {
    const plan = 'The model of "store.fga.yaml" is valid, and is published and activated.\nRelationships to write: 2.';
    expect(await load(store(ann, bob), true)).toBe(
      `${plan}\nNothing was changed. Next: npm run postern -- import store.fga.yaml`,
    );
    expect(await state()).toEqual({ models: 0, active: undefined, stored: [] });
    expect(await load(store(ann, bob))).toMatch(plan);
    const stored = ['folder:1#guest@user:ann', 'folder:1#guest@user:bob'];
    expect(await state()).toEqual({ models: 1, active: 1, stored });
  });

  test('a second time publishes and writes nothing', async () => {
    const said = await load(store(ann, bob));
    expect(said).toContain('is the active one; none is published.\nRelationships to write: 0; 2 are there already.');
    expect(await state()).toMatchObject({ models: 1, active: 1 });
  });

  test('writes only what is missing', async () => {
    expect(await load(store(ann, bob, ann.replace('ann', 'cy')))).toContain('Relationships to write: 1; 2 are there');
    expect((await state()).stored).toContain('folder:1#guest@user:cy');
  });

  test('and stands against what is stored changes nothing', async () => {
    const before = await state();
    const said = await load(
      store(ann.replace('user:ann', 'user:dan'), bob.replace(', condition: { name: in_house }', '')),
    );
    expect(said).toMatch(
      /stored with another condition, beginning or end; nothing was changed\..*\nfolder:1#guest@user:bob$/,
    );
    expect(await state()).toEqual(before);
  });
});

describe('relationships in other forms', () => {
  const csv = 'user_type,user_id,user_relation,relation,object_type,object_id,condition_name,condition_context\n';
  const marked = `\ufeff${csv}user,"x,y",,guest,folder,csv,,\nuser,z,,guest,folder,csv,in_house,"{""house"":""main""}"\n`;
  const line = (user: string, object: string) => JSON.stringify({ user, relation: 'guest', object });

  test.each<[name: string, text: string, stored: readonly string[] | RegExp]>([
    ['t.csv', marked, ['folder:csv#guest@user:x,y', 'folder:csv#guest@user:z']],
    [
      't.jsonl',
      `${line('user:a', 'folder:l')}\n\n${line('user:b', 'folder:l')}\n`,
      ['folder:l#guest@user:a', 'folder:l#guest@user:b'],
    ],
    ['t.json', `[${line('user:a', 'folder:j')}]`, ['folder:j#guest@user:a']],
    ['t.yml', `- ${line('user:a', 'folder:y')}`, ['folder:y#guest@user:a']],
    ['t.csv', csv.replace('object_id', 'object_ic'), /first line of "t\.csv" has the unknown column "object_ic"/],
    ['t.csv', csv.replace('user_id,', ''), /lacks the column "user_id"/],
    ['t.csv', `${csv}user,,,guest,folder,1,,\n`, /Line 2 of "t\.csv" says nothing in the column "user_id"/],
    ['t.csv', `${csv}user,a,,guest,folder,1,,{}\n`, /Line 2 of "t\.csv" has a context, and no condition/],
    ['t.jsonl', `${line('user:a', 'folder:l')}\n{"user":1}\n`, /t\.jsonl:2\.user 1 is not text\./],
    ['t.jsonl', '{"user":\n', /Line 1 of "t\.jsonl" cannot be read/],
    ['t.json', '{}', /"t\.json" is no list of relationships/],
    ['t.txt', '', /"t\.txt" are in no known form\. Next: name it \.yaml, \.yml, \.json, \.jsonl, \.csv/],
  ])('%s %j', async (name, text, stored) => {
    await writeFile(join(folder, name), text);
    const said = await load(`model: |\n${indented}tuple_file: ${name}\n`);
    if (stored instanceof RegExp) expect(said).toMatch(stored);
    else expect((await state()).stored).toEqual(expect.arrayContaining([...stored]));
  });
});

test.each<[name: string, text: string, said: string]>([
  ['t.csv', '', '"t.csv" holds relationships, and no model'],
  ['t.csv', '', 'with "model_file: model.fga" and "tuple_file: t.csv".'],
  ['t.fga.yaml', 'tupels: []', 't.fga.yaml has no setting "tupels". Did you mean "tuples"?'],
  ['t.fga.yaml', 'a: [', '"t.fga.yaml" cannot be read: '],
])('%s is no store file: %j', async (name, text, said) => {
  await writeFile(join(folder, name), text);
  expect(await importFile(name)).toContain(said);
});

describe('models in other forms', () => {
  const json = {
    schema_version: '1.1',
    type_definitions: [
      { type: 'user' },
      {
        type: 'folder',
        relations: { owner: { this: {} } },
        metadata: { relations: { owner: { directly_related_user_types: [{ type: 'user' }] } } },
      },
    ],
  };

  test.each<[name: string, text: string | Buffer, said: RegExp]>([
    ['m.fga', `\ufeff${model}`, /is the active one|is valid/],
    ['m.json', JSON.stringify(json), /is valid, and is published/],
    ['m.json', `\ufeff${JSON.stringify({ authorization_model: json })}`, /is the active one/],
    [
      'm.json',
      '{}',
      /"m\.json" is no model in JSON\.\nm\.json\.schema_version is missing\.\nm\.json\.type_definitions is missing\./,
    ],
    ['m.fga', Buffer.from(`\ufeff${model}`, 'utf16le'), /"m\.fga" is not text in UTF-8; save it in that encoding\./],
    ['m.mod', 'contents: 1', /m\.mod\.schema is missing\.\n\S*m\.mod\.contents 1 is not a list\./],
    ['m.mod', "schema: '1.2'\ncontents:\n  - gone.fga\n", /There is no file "gone\.fga"\./],
  ])('%s', async (name, text, said) => {
    await writeFile(join(folder, name), text);
    expect(await load(`model_file: ${name}\n`)).toMatch(said);
  });

  test('a file that there is not', async () => {
    await writeFile(join(folder, 'model.fga'), model);
    expect(await load('model_file: modle.fga\n')).toBe('There is no file "modle.fga". Did you mean "model.fga"?');
  });
});
