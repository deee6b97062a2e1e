import { buildSubgraphSchema } from '@apollo/subgraph';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { linkSDL, requiresPermissionSDL } from '../src/index.ts';
import { problemsOf } from './support/problems-of.ts';

const at = (args: string) => `@requiresPermission(${args})`;
const p = 'permission: "can_edit"';

describe('a directive that would not reach the supergraph', () => {
  const fed =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])\n';
  const types = `type Query { f: Int ${at(`${p}, object: "a:b"`)} }`;
  const url = 'https://specs.postern.dev/postern';
  const compose = 'extend schema @composeDirective(name: "@requiresPermission")\n';
  const link = (version: string, rest: string) => `extend schema @link(url: "${url}/${version}"${rest})\n`;
  const imports = ', import: ["@requiresPermission"]';

  test.each<readonly [string, string, ...string[]]>([
    ['linked', fed + linkSDL],
    ['a later minor version', fed + link('v1.3', imports) + compose],
    [
      'compose directive by its full name',
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")\n${link('v1.0', imports)}extend schema @federation__composeDirective(name: "@requiresPermission")\n`,
    ],
    ['not linked', fed, '@requiresPermission is used without its @link'],
    ['federation 1', '', '@requiresPermission is used without its @link'],
    [
      'not composed',
      fed + link('v1.0', imports),
      'Composition would drop every @requiresPermission of this subgraph and say nothing',
    ],
    ['not imported', fed + link('v1.0', '') + compose, '@link does not import "@requiresPermission"'],
    [
      'renamed',
      fed + link('v1.0', ', import: [{ name: "@requiresPermission", as: "@guarded" }]') + compose,
      'is imported as "@guarded"',
    ],
    [
      'another major version',
      fed + link('v2.0', imports) + compose,
      'The version of "https://specs.postern.dev/postern/v2.0" is not known',
    ],
    ['everything at once', fed + link('v2.0', ''), '/v2.0" is not known', 'does not import'],
  ])('%s', (_name, head, ...expected) => {
    const typeDefs = parse(head + requiresPermissionSDL + types);
    const problems = problemsOf(buildSubgraphSchema([{ typeDefs }]));
    expect(problems).toEqual(expected.map((text) => expect.stringContaining(text)));
  });
});

test.each([
  ['has the links', linkSDL, []],
  [
    'lacks the @composeDirective',
    linkSDL.replace(/@composeDirective\(.*\)/, ''),
    [expect.stringContaining('write @composeDirective')],
  ],
  ['lacks all', '', [expect.stringContaining('@requiresPermission is used without its @link')]],
])('a builder that keeps the links of a schema in its text only, which %s', (_what, links, expected) => {
  const text = `type Query { f: Int ${at(`${p}, object: "a:b"`)} }`;
  const federation =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])';
  const schema = makeExecutableSchema({
    typeDefs: `${requiresPermissionSDL} ${text} extend type Query { _service: Service! } type Service { sdl: String }`,
    resolvers: { Query: { _service: () => ({ sdl: `${links} ${federation} ${requiresPermissionSDL} ${text}` }) } },
  });
  expect(problemsOf(schema)).toEqual(expected);
});

describe('a directive where nothing looks for it', () => {
  const loose = requiresPermissionSDL.replace(
    /repeatable on .*/,
    'repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | INPUT_OBJECT | INPUT_FIELD_DEFINITION | ENUM | ENUM_VALUE | SCALAR | ARGUMENT_DEFINITION',
  );
  const d = at(`${p}, object: "a:b"`);

  test.each([
    [
      `interface I ${d} { a: Int } type T implements I { a: Int }`,
      '"I" is an interface, on which a guard guards nothing',
    ],
    [
      `interface I { a: Int ${d} } type T implements I { a: Int }`,
      '"I.a" is of an interface, on which a guard guards nothing',
    ],
    [`type T { a: Int } union U ${d} = T`, '"U" is a union, on which a guard guards nothing'],
    [
      `type T { a: Int } input N ${d} { a: Int }`,
      '@requiresPermission on "N" guards nothing, as it can be on object types, their fields and arguments, on fields of inputs and values of enums only',
    ],
    [
      `type T { a: Int } scalar S ${d}`,
      '@requiresPermission on "S" guards nothing, as it can be on object types, their fields and arguments, on fields of inputs and values of enums only',
    ],
    [
      `interface I { a(b: Int ${d}): Int } type T implements I { a(b: Int): Int }`,
      '@requiresPermission on "I.a.b" guards nothing, as it can be on object types, their fields and arguments',
    ],
    [
      `type T { a: Int } directive @sort(by: Int ${d}) on FIELD`,
      '@requiresPermission on "sort.by" guards nothing, as it can be on object types, their fields and arguments',
    ],
    [
      `enum E { A ${d} } type T { a(by: E): Int } directive @sort(by: [E!]) repeatable on FIELD | QUERY`,
      'The directive "@sort" of operations takes "E.A", and no guard sees what directives are given',
    ],
    [
      `input N { in: M } input M { a: Int ${d} } type T { a(by: M): Int } directive @sort(by: N!) on VARIABLE_DEFINITION`,
      'The directive "@sort" of operations takes "M.a", and no guard sees what directives are given',
    ],
  ])('%s', (types, expected) => {
    const schema = buildSchema(`${loose} type Query { t: T f: Int ${d} } ${types}`);
    expect(problemsOf(schema)).toEqual([expect.stringContaining(expected)]);
  });
});
