import { createRequire } from 'node:module';
import type { GraphQLResolveInfo } from 'graphql';
import { describe, expect, test } from 'vitest';
import { ask, guard, subgraph } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

const require = createRequire(import.meta.url);
const graphqlFields = require('graphql-fields') as (info: GraphQLResolveInfo) => object;
const { fieldsList } = require('graphql-fields-list') as { fieldsList(info: GraphQLResolveInfo): readonly string[] };
const { parseResolveInfo } = require('graphql-parse-resolve-info') as {
  parseResolveInfo(info: GraphQLResolveInfo): unknown;
};

const see = (object: string) => `@requiresPermission(permission: "can_see", object: "${object}")`;
const typeDefs = `
type Query { tracks: [Track] mine: [Track] ${see('label:{$this.label.id}').replace(')', ', onDeny: "FILTER")')} }
type Track @key(fields: "id") {
  id: ID!
  label(size: Int = 3, from: String): Label
  labels: [Label]
  revenue: Int ${see('label:{$this.label.id}')}
  shares: Int ${see('label:{$this.labels.id}')}
  country: Int ${see('label:{$this.label.home.country}')}
}
type Label @key(fields: "id") { id: ID! name: String home: Home }
type Home { country: ID }
`;

const label = { id: '7', name: 'L', home: { country: 'fr' } };
const pick = (names: readonly string[]) =>
  Object.fromEntries(Object.entries(label).filter(([name]) => names.includes(name)));

/** How resolvers find out what is asked of them, so that they read no more than that. */
const ways: Readonly<Record<string, (info: GraphQLResolveInfo) => readonly string[]>> = {
  'graphql-fields': (info) => Object.keys(graphqlFields(info)),
  'graphql-fields-list': (info) => fieldsList(info),
  'graphql-parse-resolve-info': (info) => {
    const { fieldsByTypeName } = parseResolveInfo(info) as {
      fieldsByTypeName: { Label: Record<string, { name: string }> };
    };
    return Object.values(fieldsByTypeName.Label).map(({ name }) => name);
  },
  'by hand': ({ fieldNodes }) =>
    (fieldNodes[0]?.selectionSet?.selections ?? []).map((node) => ('name' in node ? (node.name?.value ?? '') : '')),
};

describe.each(Object.entries(ways))('a resolver that looks ahead with %s', (_name, look) => {
  const seen: { readonly info: GraphQLResolveInfo; readonly args: unknown }[] = [];
  const read = (_source: unknown, args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    seen.push({ info, args });
    return pick(look(info));
  };
  const client = recordingClient((check) => check === 'label:7#can_see' || check === 'label:fr#can_see');
  const track = { id: '1', revenue: 5, shares: 6, country: 7 };
  const resolvers = {
    Query: { tracks: () => [track], mine: () => [track] },
    Track: { label: read, labels: (...call: Parameters<typeof read>) => [read(...call)] },
  };
  const schema = guard(subgraph(typeDefs, resolvers as never), client);

  test.each([
    ['{ tracks { revenue } }', { tracks: [{ revenue: 5 }] }],
    ['{ tracks { shares } }', { tracks: [{ shares: 6 }] }],
    ['{ tracks { country } }', { tracks: [{ country: 7 }] }],
    ['{ mine { id } }', { mine: [{ id: '1' }] }],
  ])('%s', async (source, data) => {
    expect(await ask(schema, source)).toEqual({ data, errors: [] });
  });

  test('gets all that an executor gives', async () => {
    seen.length = 0;
    await ask(schema, '{ a: tracks { revenue } mine { id } }');
    const [first, second] = seen.toSorted((a, b) =>
      String(a.info.path.prev?.prev?.key).localeCompare(String(b.info.path.prev?.prev?.key)),
    );
    expect(first?.args).toEqual({ size: 3 });
    expect(first?.info).toMatchObject({
      fieldName: 'label',
      parentType: { name: 'Track' },
      operation: { kind: 'OperationDefinition' },
      path: { key: 'label', typename: 'Track', prev: { key: 0, prev: { key: 'a' } } },
      fieldNodes: [{ kind: 'Field', name: { value: 'label' }, arguments: [], directives: [] }],
    });
    expect(String(first?.info.returnType)).toBe('Label');
    expect(second?.info.path).toMatchObject({ key: 'label', prev: { key: 0, prev: { key: 'mine' } } });
  });
});
