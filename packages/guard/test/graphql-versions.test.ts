import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useInstalledPackage } from './support/installed-package.ts';

/** A subgraph and a gateway's plugin, asked in every way; what comes of it is printed. */
const program = `import { buildSchema, type ExecutionResult, type FieldNode, graphql, type GraphQLSchema, isObjectType, parse, subscribe } from 'graphql';
import { guardSchema, requiresPermissionSDL, type PosternClient } from '@postern/guard';
import { postern } from '@postern/guard/hive-gateway';
import { allowOnly, unavailable } from '@postern/guard/testing';
import { createYoga } from 'graphql-yoga';

const at = (rest: string) => '@requiresPermission(permission: "can_read", ' + rest + ')';
const sdl = requiresPermissionSDL + \`
  type Query {
    report(id: ID = "1"): Int \${at('object: "report:{$args.id}"')}
    many(input: Input): Int \${at('object: "report:{$args.input.ids}"')}
    sorted(by: By, first: Int = 1 \${at('object: "report:3"')}, input: Given): Int
    quiet: Int \${at('object: "report:2", onDeny: "NULL"')}
    tracks: [Track!]
    open: [Track] \${at('object: "track:{$this.id}", onDeny: "FILTER"')}
  }
  enum By { UP DOWN \${at('object: "report:3"')} }
  input Given { id: ID = "1" by: By = UP own: Int = 1 \${at('object: "report:{$this.id}"')} in: [Given] }
  input Input { ids: [ID!] = ["1"] }
  type Track { id: ID label(of: String = "7"): Label royalties: Int \${at('object: "label:{$this.label.id}"')} }
  type Label { id: ID name: String }
  type Mutation { rename(id: ID!): Track \${at('object: "track:{$args.id}"')} track: TrackMutations! }
  type TrackMutations { give(id: ID!): Track \${at('object: "track:{$args.id}"')} }
  type Subscription { plays(id: ID!): Int \${at('object: "track:{$args.id}"')} }
\`;

const fieldOf = (schema: GraphQLSchema, type: string, field: string): object => {
  const owner = schema.getType(type);
  const found = isObjectType(owner) ? owner.getFields()[field] : undefined;
  if (found === undefined) throw new Error('There is no field ' + type + '.' + field);
  return found;
};
const rights = ['report:1#can_read', 'track:1#can_read', 'label:7#can_read'];
const ran: string[] = [];
const build = () => {
  const schema = buildSchema(sdl);
  const set = (type: string, field: string, resolve: unknown) => Object.assign(fieldOf(schema, type, field), { resolve });
  const tracks = [{ id: '1', royalties: 5 }, { id: '2', royalties: 6 }];
  set('Query', 'report', () => 1);
  set('Query', 'many', () => 2);
  set('Query', 'quiet', () => 3);
  set('Query', 'sorted', () => 4);
  set('Query', 'tracks', () => tracks);
  set('Query', 'open', () => tracks);
  const selected = ([node]: readonly FieldNode[]) =>
    (node?.selectionSet?.selections ?? []).flatMap((one) => (one.kind === 'Field' ? [one.name.value] : []));
  set('Track', 'label', (track: { id: string }, { of }: { of: string }, _context: unknown, { fieldNodes }: { fieldNodes: readonly FieldNode[] }) =>
    track.id === '1' ? Object.fromEntries(selected(fieldNodes).map((name) => [name, of])) : null);
  for (const [type, field] of [['Mutation', 'rename'], ['TrackMutations', 'give']] as const) {
    set(type, field, (_: unknown, { id }: { id: string }) => (ran.push(field + ' ' + id), tracks[Number(id) - 1]));
  }
  set('Mutation', 'track', () => ({}));
  Object.assign(fieldOf(schema, 'Subscription', 'plays'), {
    subscribe: async function* () { yield 1; yield 2; }, resolve: (event: number) => event * 10,
  });
  return schema;
};
const guarded = (client: PosternClient) => guardSchema<{ token?: string }>(build(), { client, authorization: ({ token }) => token });
interface Told { readonly message: string; readonly path?: readonly (string | number)[] | undefined; readonly extensions?: object | undefined }
const codeOf = (extensions: object = {}) => ('code' in extensions ? extensions.code : undefined);
const short = ({ data, errors = [] }: { data?: unknown; errors?: readonly Told[] | undefined }) => [data, errors.map(({ path, extensions, message }) => (codeOf(extensions) ?? message) + ' ' + path?.join('.')), ran.splice(0)];
const print = (name: string, value: unknown) => console.log(name + ' ' + JSON.stringify(value));

const queries: [string, Record<string, unknown>?][] = [
  ['{ report }'],
  ['{ report(id: 2) }'],
  ['query ($id: ID = "2") { a: report(id: $id) b: report(id: "1") }'],
  ['query ($id: ID) { report(id: $id) }', { id: '2' }],
  ['query ($id: ID) { report(id: $id) }'],
  ['query ($no: Boolean!) { report(id: 2) @skip(if: $no) quiet }', { no: true }],
  ['query ($ids: [ID!]) { many(input: { ids: $ids }) }', { ids: ['1', '2'] }],
  ['{ many(input: {}) }'],
  ['{ sorted(first: 1, by: UP, input: { own: 1 }) }'],
  ['{ sorted(first: 2) }'],
  ['query ($by: By = DOWN) { sorted(by: $by) }'],
  ['query ($g: Given) { sorted(input: $g) }', { g: { in: { own: 2 } } }],
  ['query ($g: Given!) { sorted(input: { in: [$g] }) }', { g: { id: '2', own: null } }],
  ['{ tracks { id royalties } open { id } }'],
  ['mutation { rename(id: 1) { id } }'],
  ['mutation { rename(id: 2) { id } }'],
  ['mutation ($id: ID!) { track { give(id: $id) { royalties } } }', { id: '1' }],
  ['mutation ($id: ID!) { track { give(id: $id) { id } } }', { id: '2' }],
];
const contextValue = { token: 'Bearer x' };
for (const [source, variableValues = {}] of queries) {
  print(source, short(await graphql({ schema: guarded(allowOnly(rights)), source, variableValues, contextValue })));
}
print('nobody', short(await graphql({ schema: guarded(allowOnly(rights)), source: '{ report quiet }', contextValue: {} })));
print('outage', short(await graphql({ schema: guarded(unavailable()), source: '{ report quiet }', contextValue })));

const undone = guarded(allowOnly(rights));
Object.assign(fieldOf(undone, 'Query', 'report'), { resolve: () => 99 });
print('undone', short(await graphql({ schema: undone, source: '{ report(id: 2) }', contextValue })));

const listen = async (id: number) => {
  const document = parse('subscription { plays(id: ' + id + ') }');
  const stream: ExecutionResult | AsyncIterable<ExecutionResult> = await subscribe({ schema: guarded(allowOnly(rights)), document, contextValue });
  if (!(Symbol.asyncIterator in stream)) return [short(stream)];
  const events = [];
  for await (const event of stream) events.push(short(event));
  return events;
};
print('subscription', [await listen(1), await listen(2)]);

const client = allowOnly(rights);
const yoga = createYoga({ schema: build(), logging: false, plugins: [postern({ client, authorization: () => 'Bearer x' })] });
for (const [query, variables] of queries) {
  const response = await yoga.fetch('http://yoga/graphql', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }),
  });
  print('plugin ' + query, short(await response.json()));
}
print('asked', client.asked.length);
`;

const byField = `{ report } [{"report":1},[],[]]
{ report(id: 2) } [{"report":null},["FORBIDDEN report"],[]]
query ($id: ID = "2") { a: report(id: $id) b: report(id: "1") } [{"a":null,"b":1},["FORBIDDEN a"],[]]
query ($id: ID) { report(id: $id) } [{"report":null},["FORBIDDEN report"],[]]
query ($id: ID) { report(id: $id) } [{"report":1},[],[]]
query ($no: Boolean!) { report(id: 2) @skip(if: $no) quiet } [{"quiet":null},[],[]]
query ($ids: [ID!]) { many(input: { ids: $ids }) } [{"many":null},["FORBIDDEN many"],[]]
{ many(input: {}) } [{"many":2},[],[]]
{ sorted(first: 1, by: UP, input: { own: 1 }) } [{"sorted":4},[],[]]
{ sorted(first: 2) } [{"sorted":null},["FORBIDDEN sorted"],[]]
query ($by: By = DOWN) { sorted(by: $by) } [{"sorted":null},["FORBIDDEN sorted"],[]]
query ($g: Given) { sorted(input: $g) } [{"sorted":4},[],[]]
query ($g: Given!) { sorted(input: { in: [$g] }) } [{"sorted":null},["FORBIDDEN sorted"],[]]
{ tracks { id royalties } open { id } } [{"tracks":[{"id":"1","royalties":5},{"id":"2","royalties":null}],"open":[{"id":"1"}]},["FORBIDDEN tracks.1.royalties"],[]]
mutation { rename(id: 1) { id } } [{"rename":{"id":"1"}},[],["rename 1"]]
mutation { rename(id: 2) { id } } [{"rename":null},["FORBIDDEN rename"],[]]
mutation ($id: ID!) { track { give(id: $id) { royalties } } } [{"track":{"give":{"royalties":5}}},[],["give 1"]]
mutation ($id: ID!) { track { give(id: $id) { id } } } [{"track":{"give":null}},["FORBIDDEN track.give"],[]]
nobody [{"report":null,"quiet":null},["UNAUTHENTICATED report"],[]]
outage [{"report":null,"quiet":null},["AUTHORIZATION_UNAVAILABLE report","AUTHORIZATION_UNAVAILABLE quiet"],[]]
undone [{"report":null},["FORBIDDEN report"],[]]
subscription [[[{"plays":10},[],[]],[{"plays":20},[],[]]],[[null,["FORBIDDEN plays"],[]]]]
`;

/** The plugin refuses a mutation whole, and leaves to the subgraph what it cannot know yet. */
const byPlugin = `plugin { report } [{"report":1},[],[]]
plugin { report(id: 2) } [{"report":null},["FORBIDDEN report"],[]]
plugin query ($id: ID = "2") { a: report(id: $id) b: report(id: "1") } [{"a":null,"b":1},["FORBIDDEN a"],[]]
plugin query ($id: ID) { report(id: $id) } [{"report":null},["FORBIDDEN report"],[]]
plugin query ($id: ID) { report(id: $id) } [{"report":1},[],[]]
plugin query ($no: Boolean!) { report(id: 2) @skip(if: $no) quiet } [{"quiet":null},[],[]]
plugin query ($ids: [ID!]) { many(input: { ids: $ids }) } [{"many":null},["FORBIDDEN many"],[]]
plugin { many(input: {}) } [{"many":2},[],[]]
plugin { sorted(first: 1, by: UP, input: { own: 1 }) } [{"sorted":4},[],[]]
plugin { sorted(first: 2) } [{"sorted":null},["FORBIDDEN sorted"],[]]
plugin query ($by: By = DOWN) { sorted(by: $by) } [{"sorted":null},["FORBIDDEN sorted"],[]]
plugin query ($g: Given) { sorted(input: $g) } [{"sorted":4},[],[]]
plugin query ($g: Given!) { sorted(input: { in: [$g] }) } [{"sorted":null},["FORBIDDEN sorted"],[]]
plugin { tracks { id royalties } open { id } } [{"tracks":[{"id":"1","royalties":5},{"id":"2","royalties":6}],"open":[{"id":"1"},{"id":"2"}]},[],[]]
plugin mutation { rename(id: 1) { id } } [{"rename":{"id":"1"}},[],["rename 1"]]
plugin mutation { rename(id: 2) { id } } [null,["FORBIDDEN rename"],[]]
plugin mutation ($id: ID!) { track { give(id: $id) { royalties } } } [{"track":{"give":{"royalties":5}}},[],["give 1"]]
plugin mutation ($id: ID!) { track { give(id: $id) { id } } } [null,["FORBIDDEN track.give"],[]]
asked 16
`;

describe.each([
  ['graphql', '16.'],
  ['graphql-17', '17.'],
])('with %s', (name, version) => {
  const project = useInstalledPackage({ graphql: name, packages: ['graphql-yoga'] });

  test('every guard, and the plugin of gateways, decides alike', async () => {
    const manifest = await readFile(join(project().folder, 'node_modules', 'graphql', 'package.json'), 'utf8');
    expect(JSON.parse(manifest).version).toMatch(version);
    expect(await project().compileAndRun('program', program, '--skipLibCheck')).toBe(byField + byPlugin);
  });
});
