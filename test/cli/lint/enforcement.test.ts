import { describe, expect, test } from 'vitest';
import { composed, link, linked, lintTexts, subgraph } from './support/lint-texts.ts';

const guard = '@requiresPermission(permission: "can_edit")';
const source = 'source: "api", http: { GET: "/tracks/{$args.id}" }, selection: "id x"';

const connectors: Readonly<Record<string, readonly [connectLink: string, directive: string]>> = {
  imported: ['import: ["@connect", "@source"]', '@connect'],
  'imported under another name': ['import: [{ name: "@connect", as: "@fetched" }]', '@fetched'],
  'not imported': ['', '@connect'],
  'linked under another name': ['as: "rest"', '@rest'],
};

const withConnector = (arguments_: string, fields: string, head = '') => {
  const connect = `@link(url: "https://specs.apollo.dev/connect/v0.2"${arguments_ && `, ${arguments_}`})`;
  return linked(`${link} ${composed}\n${connect}`, `extend type Query { ${fields} }\n${head}`).replace('v2.9', 'v2.12');
};

describe('a guard in a subgraph that the router fetches', () => {
  test.each(Object.entries(connectors))('%s', async (_name, [arguments_, directive]) => {
    const type = `type Track @key(fields: "id") {\n id: ID!\n x: Int ‸${guard}\n}`;
    const { found, marked, end } = await lintTexts({
      'a.graphql': withConnector(arguments_, `track(id: ID!): Track ${directive}(${source}, entity: true)`, type),
    });
    expect([found.filter((line) => line.endsWith('guard-on-connector')), end]).toEqual([
      marked.map((place) => `${place} guard-on-connector`),
      1,
    ]);
  });

  test.each([
    [
      'on the fetched field',
      `track(id: ID!): Track ${guard.replace(')', ', object: "track:{$args.id}")')} @connect(${source})`,
      '',
    ],
    [
      'on an argument',
      `track(id: ID! ${guard.replace(')', ', object: "track:{$args.id}")')}): Track @connect(${source})`,
      '',
    ],
    ['on a type', `track(id: ID!): Track @connect(${source})`, `${guard}`],
    ['of a type that is fetched itself', 'track(id: ID!): Track', `@connect(${source})`],
  ])('%s', async (_what, fields, head) => {
    const isGuarded = `${fields} ${head}`.includes('requiresPermission');
    const x = isGuarded ? 'x: Int' : `x: Int ${guard}`;
    const text = withConnector(
      'import: ["@connect"]',
      fields,
      `type Track @key(fields: "id") ${head} { id: ID! ${x} }`,
    );
    expect((await lintTexts({ 'a.graphql': text })).found.join()).toContain('guard-on-connector');
  });

  test('also with a supergraph that was composed elsewhere', async () => {
    const text = withConnector(
      'import: ["@connect"]',
      `track(id: ID!): Track @connect(${source})`,
      `type Track @key(fields: "id") { id: ID! x: Int ${guard} }`,
    );
    const supergraph = `type Track { id: ID! x: Int ${guard} }`;
    const { found, end } = await lintTexts({ 'a.graphql': text, 'supergraph.graphql': supergraph });
    expect([found.map((line) => line.split(' ')[1]).toSorted(), end]).toEqual([
      ['guard-on-connector', 'not-composed'],
      1,
    ]);
  });

  test('a directive of the same name of somebody else is none', async () => {
    const text = subgraph(
      `directive @connect on FIELD_DEFINITION\nextend type Query { track: Track @connect }\ntype Track @key(fields: "id") { id: ID! x: Int ${guard} }`,
    );
    expect((await lintTexts({ 'a.graphql': text })).found).toEqual([]);
  });
});

test('a name that no subgraph has is a mistake, not a subgraph without guards', async () => {
  const text = subgraph(
    `extend type Query { track: Track }\ntype Track @key(fields: "id") { id: ID! x: Int ${guard} }`,
  );
  const { end } = await lintTexts(
    { 'sales.graphql': text, 'music.graphql': 'type Query { n: Int }' },
    { notJavascript: ['sale'] },
  );
  expect(end).toMatch(/^No subgraph is called "sale", which --not-javascript names\. .*"sales"/);
});
