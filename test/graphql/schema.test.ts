import { readFile, writeFile } from 'node:fs/promises';
import { type ASTNode, graphql, Kind, parse, print, subscribe, visit } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BuiltSubgraph } from '../../src/graphql/schema.ts';
import { audienceOf, boundTypes, fieldsOf } from '../../src/graphql/shield.ts';
import { buildCreatorsSubgraph } from '../support/creators-subgraph.ts';
import { useDatabase } from '../support/database.ts';
import { creatorsStore, usePosternServer } from '../support/postern-server.ts';
import { contract, findBreaks } from './support/contract.ts';

const server = usePosternServer(useDatabase(), { store: creatorsStore });
const golden = 'test/golden/creators-subgraph.graphql';
let subgraph: BuiltSubgraph;

beforeAll(async () => {
  subgraph = await buildCreatorsSubgraph();
});

/** The coordinates of all fields that nobody gave a rule. */
function unguarded({ schema, bindings }: BuiltSubgraph): readonly string[] {
  const fields = fieldsOf(schema).filter(
    ([type, field]) => audienceOf(type, field, boundTypes(bindings)) === undefined,
  );
  return fields.map(([type, field]) => `${type}.${field}`);
}

describe('rules', () => {
  test('every field has one', () => {
    expect(fieldsOf(subgraph.schema).length).toBeGreaterThan(150);
    expect(unguarded(subgraph)).toEqual([]);
  });

  const madeUp = 'extend type Query { secret: String } type Vault { gold: Int } extend type Query { vault: Vault }';

  test('a field that nobody gave one is found, and denied even to those with a token', async () => {
    const extended = await buildCreatorsSubgraph({ addition: madeUp });
    expect(unguarded(extended)).toEqual(['Query.secret', 'Query.vault', 'Vault.gold']);
    const { schema } = extended;
    const rootValue = { secret: 'open', vault: { gold: 1 } };
    const contextValue = { viewer: { subject: 'user:ann' } };
    const answer = await graphql({ schema, rootValue, contextValue, source: '{ secret vault { gold } }' });
    expect(answer.data).toEqual({ secret: null, vault: null });
    expect(answer.errors?.map(({ message }) => message)).toEqual(['Not allowed.', 'Not allowed.']);
  });

  test('a subscription that nobody gave one is denied before its stream is opened', async () => {
    const extended = await buildCreatorsSubgraph({ addition: 'extend type Subscription { secrets: String }' });
    expect(unguarded(extended)).toEqual(['Subscription.secrets']);
    const { schema } = extended;
    let isOpen = false;
    const secrets = () => {
      isOpen = true;
      return (async function* () {
        yield { secrets: 'open' };
      })();
    };
    const contextValue = { viewer: { subject: 'user:ann' } };
    const document = parse('subscription { secrets }');
    const answer = await subscribe({ schema, document, rootValue: { secrets }, contextValue });
    expect([isOpen, answer]).toMatchObject([false, { errors: [{ message: 'Not allowed.' }] }]);
  });

  test.each([
    ['relationshipChanges { activatedModel }'],
    ['accessChanges(object: "track:1") { activatedModel }'],
    ['accessAuditEventAdded { cursor }'],
    ['viewerPermissionsChanged(objects: ["track:1"]) { granted }'],
  ])('the subscription %s is denied to nobody in particular before its stream is opened', async (field) => {
    const { schema } = subgraph;
    const answer = await subscribe({
      schema,
      document: parse(`subscription { ${field} }`),
      contextValue: { viewer: null },
    });
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('names that every object inherits have none', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
    expect(names.flatMap((name) => [audienceOf('Query', name, new Set()), audienceOf(name, name, new Set())])).toEqual(
      Array(8).fill(undefined),
    );
  });
});

describe('descriptions', () => {
  /** Coordinates of what has no description; root types belong to the whole supergraph and have none. */
  function undescribed(sdl: string): readonly string[] {
    const found: string[] = [];
    const path: string[] = [];
    visit(parse(sdl), {
      enter(node) {
        if (!('name' in node) || node.name?.kind !== Kind.NAME) return;
        path.push(node.name.value);
        if (described.has(node.kind) && !isDescribed(node) && !/^(Query|Mutation|Subscription)$/.test(path.join('.'))) {
          found.push(path.join('.'));
        }
      },
      leave: (node) => void ('name' in node && node.name?.kind === Kind.NAME && path.pop()),
    });
    return found;
  }

  function isDescribed(node: ASTNode): boolean {
    return 'description' in node && (node.description?.value.trim().length ?? 0) > 0;
  }

  const described: ReadonlySet<string> = new Set([
    Kind.SCALAR_TYPE_DEFINITION,
    Kind.OBJECT_TYPE_DEFINITION,
    Kind.INTERFACE_TYPE_DEFINITION,
    Kind.UNION_TYPE_DEFINITION,
    Kind.ENUM_TYPE_DEFINITION,
    Kind.ENUM_VALUE_DEFINITION,
    Kind.INPUT_OBJECT_TYPE_DEFINITION,
    Kind.FIELD_DEFINITION,
    Kind.INPUT_VALUE_DEFINITION,
    Kind.DIRECTIVE_DEFINITION,
  ]);

  test('everything has one', () => {
    expect(undescribed(subgraph.sdl)).toEqual([]);
  });

  test.each([
    ['type A { "x" b: Int }', 'A'],
    ['"x" type A { b: Int }', 'A.b'],
    ['"x" type A { "x" b(c: Int): Int }', 'A.b.c'],
    ['"x" input A { b: Int }', 'A.b'],
    ['"x" enum A { B }', 'A.B'],
    ['"x" directive @a(b: Int) on FIELD', 'a.b'],
    ['scalar A', 'A'],
    ['" " scalar A', 'A'],
  ])('%s lacks one', (sdl, coordinate) => {
    expect(undescribed(sdl)).toEqual([coordinate]);
  });
});

describe('contract', () => {
  test('every name that clients rely on is there', () => {
    expect(findBreaks(contract, subgraph.sdl)).toEqual([]);
  });

  test.each([
    [
      'can(permission: String!, object: ObjectRef!): Boolean!',
      'can(permission: String!): Boolean!',
      'Viewer.can(object)',
    ],
    ['allowed: Boolean!', 'allowed: Boolean', 'PermissionDecision.allowed'],
    ['edges: [ViewerTrackEdge!]!', 'list: [ViewerTrackEdge!]!', 'ViewerTrackConnection.edges'],
    ['pageInfo: PageInfo!', 'pageInfo(x: Int!): PageInfo!', 'ViewerTrackConnection.pageInfo(x)'],
    ['modelId: ID\n', 'modelId: ID! by: Int!\n', 'CheckPermissionsInput.modelId'],
    ['enum OnMissing { ERROR IGNORE }', 'enum OnMissing { ERROR }', 'OnMissing.IGNORE'],
    ['viewer: Viewer @shareable', 'viewer: Viewer', 'Query.viewer@shareable'],
    ['scalar SubjectRef', 'type SubjectRef { a: Int }', 'SubjectRef'],
  ])('instead of %j, %j breaks it', (kept, broken, coordinate) => {
    expect(contract).toContain(kept);
    expect(findBreaks(contract, contract.replace(kept, broken))).toContain(coordinate);
  });
});

describe('publishing', () => {
  test('anybody can fetch what is printed', async () => {
    const answer = await server().ask('{ _service { sdl } }');
    expect(answer.data).toEqual({ _service: { sdl: subgraph.sdl } });
  });

  test('the whole schema is the reviewed one', async () => {
    const printed = `${print(parse(subgraph.sdl))}\n`;
    if (process.env.UPDATE_GOLDEN === '1') await writeFile(golden, printed);
    expect(printed, 'if the change is meant: UPDATE_GOLDEN=1').toBe(await readFile(golden, 'utf8'));
  });
});
