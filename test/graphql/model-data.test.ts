import { beforeAll, describe, expect, test } from 'vitest';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import { formatRelation } from '../../src/model/format-relation.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { useDatabase } from '../support/database.ts';
import { unwrap } from '../support/parse.ts';
import { codesOf, creatorsStore, usePosternServer } from '../support/postern-server.ts';

const server = usePosternServer(useDatabase(), { store: creatorsStore });
const source = await readModelFile('examples/creators/fga.mod');
const modules = source.kind === 'modules' ? source.modules : [];
const { model } = unwrap(parseModel(source));

const query = `query ($id: ID) { authorizationModel(id: $id) { id modules { name dsl }
  types { name module description relations { name kind definition module description
    subjects { type relation wildcard condition } gives { here below { type permissions } isComplete } } }
  conditions { name module description expression parameters { name type isRuntime } } } }`;

interface Data {
  readonly modules: readonly object[];
  readonly types: readonly {
    readonly name: string;
    readonly relations: readonly {
      readonly name: string;
      readonly kind: string;
      readonly definition: string;
      readonly gives: object | null;
    }[];
  }[];
  readonly conditions: readonly { readonly name: string }[];
}

async function dataOf(id: string | null): Promise<Data> {
  const { data, errors } = await server().ask(query, { as: 'employee:oda', variables: { id } });
  expect(errors).toEqual([]);
  return (data as { readonly authorizationModel: Data }).authorizationModel;
}

let data: Data;
beforeAll(async () => {
  data = await dataOf(null);
});

describe('a model of modules', () => {
  test('has its modules as they were published', () => {
    expect(data.modules).toEqual(modules);
  });

  test('has every type, relation and condition, in the order of the modules', () => {
    const written = modules.flatMap(({ dsl }) =>
      [...dsl.matchAll(/^type (\w+)|^condition (\w+)/gm)].map(([, type, condition]) => [type, condition]),
    );
    expect(data.types.map(({ name }) => name)).toEqual(written.flatMap(([type]) => type ?? []));
    expect(data.conditions.map(({ name }) => name)).toEqual(written.flatMap(([, condition]) => condition ?? []));
    const [platform] = data.types.filter(({ name }) => name === 'platform');
    expect(platform?.relations.slice(0, 4).map(({ name }) => name)).toEqual([
      'operator',
      'security',
      'writer',
      'reader',
    ]);
    for (const { name: type, relations } of data.types) {
      const defined = [...(model.types.get(type)?.relations.values() ?? [])];
      expect(relations.map(({ name, definition }) => [name, definition]).toSorted()).toEqual(
        defined.map((relation) => [relation.name, formatRelation(relation)]).toSorted(),
      );
    }
  });

  test.each([
    ['platform', 'operator', 'ROLE', 'core.fga', 'the root of all rights: nobody but an operator makes an operator'],
    [
      'platform',
      'can_read_audit_log',
      'PERMISSION',
      'core.fga',
      'an operator is not among them: he would watch over himself',
    ],
    ['platform', 'must_keep', 'DECLARATION', 'core.fga', null],
    ['organization', 'platform', 'STRUCTURE', 'core.fga', null],
    ['organization', 'platform_operator', 'COMPUTED', 'core.fga', null],
    ['album', 'label', 'STRUCTURE', 'music.fga', null],
  ])(
    'says of %s#%s what it is for (%s), where it is (%s), and what is written above it',
    (type, name, kind, module, description) => {
      const relation = data.types.find((one) => one.name === type)?.relations.find((one) => one.name === name);
      expect(relation).toMatchObject({ kind, module, description });
      expect(relation?.gives === null).toBe(kind !== 'ROLE');
    },
  );

  test('says of types and conditions the same', () => {
    expect(data.types.find(({ name }) => name === 'platform')).toMatchObject({
      module: 'core.fga',
      description: 'Those who run Postern itself; it asks these permissions on platform:main.',
    });
    expect(data.conditions.find(({ name }) => name === 'not_expired')).toMatchObject({
      parameters: expect.arrayContaining([{ name: 'current_time', type: 'timestamp', isRuntime: true }]),
    });
  });
});

test('a model of one text has no modules, and its comments all the same', async () => {
  const dsl = 'model\n  schema 1.1\n# people\ntype user\n';
  const publish =
    'mutation ($dsl: String!) { publishAuthorizationModel(input: { dsl: $dsl }) { model { id types { name description } modules { name } } } }';
  const answer = await server().ask(publish, { as: 'employee:oda', variables: { dsl } });
  const published = { id: '2', types: [{ name: 'user', description: 'people' }], modules: [] };
  expect(answer.data).toEqual({ publishAuthorizationModel: { model: published } });
  expect(await dataOf('2')).toMatchObject({
    modules: [],
    types: [{ name: 'user', description: 'people', module: null }],
  });
  expect((await dataOf('1')).types).toHaveLength(model.types.size);
});

test('a page of models does not load them all', async () => {
  const list = '{ authorizationModels(first: 100) { edges { node { types { name } } } } }';
  expect(codesOf(await server().ask(list, { as: 'employee:oda' }))).toEqual(['BAD_USER_INPUT']);
});

describe('the place of a mistake', () => {
  const publish =
    'mutation ($input: PublishAuthorizationModelInput!) { publishAuthorizationModel(input: $input) { userErrors { code message place { module line column } } } }';
  const placesOf = async (input: object) => {
    const { data: answer } = await server().ask(publish, { as: 'employee:oda', variables: { input } });
    return (answer as { publishAuthorizationModel: { userErrors: readonly { message: string; place: unknown }[] } })
      .publishAuthorizationModel.userErrors;
  };

  test.each([
    [
      'of one text',
      { dsl: 'model\n  schema 1.1\ntype user\ntype doc\n  relations\n    define can_see: nobody\n' },
      { module: null, line: 6, column: 21 },
    ],
    [
      'of modules',
      { modules: [{ name: 'a.fga', dsl: 'module a\ntype user\ntype doc\n  relations\n    define viewer: [usr]\n' }] },
      { module: 'a.fga', line: 5, column: 21 },
    ],
    ['that is no model', { dsl: 'hello' }, { module: null, line: 1, column: 1 }],
  ])('in a model %s is data, and in the message', async (_what, input, place) => {
    const [error] = await placesOf(input);
    expect(error?.place).toEqual(place);
    const text = Object.values(place)
      .filter((part) => part !== null)
      .join(':');
    expect(error?.message.startsWith(`${text}: `)).toBe(true);
  });

  test('is null where a mistake is at none', async () => {
    expect(await placesOf({ dsl: 'x', modules: [] })).toMatchObject([{ code: 'INVALID_INPUT', place: null }]);
    const large = `model\n  schema 1.1\n${'#'.repeat(256 * 1024)}`;
    expect(await placesOf({ dsl: large })).toMatchObject([{ code: 'MODEL_TOO_COSTLY', place: null }]);
  });
});
