import type { FindingCode } from '../../../src/cli/lint/finding-codes.ts';
import type { LintOptions } from '../../../src/cli/lint/run-lint.ts';
import { composed, link, linked, subgraph } from './support/lint-texts.ts';

/** A mistake as somebody makes it, with a mark where it is to be found, and the same graph without it. */
export interface CorpusCase {
  readonly code: FindingCode;
  readonly what: string;
  readonly wrong: Texts;
  readonly right: Texts;
  readonly more?: Pick<LintOptions, 'requireGuards' | 'notJavascript' | 'foreign'>;
}

type Texts = Readonly<Record<string, string>>;

const guard = '@requiresPermission(permission: "can_edit")';
const root = 'extend type Query { track(id: ID!): Track }';
const track = (fields: string, head = '') =>
  `${root}\ntype Track @key(fields: "id") ${head} {\n  id: ID!\n  ${fields}\n}`;

/** A case in one subgraph, whose schema is linked as it should be. */
const one = (code: FindingCode, what: string, wrong: string, right: string): CorpusCase => ({
  code,
  what,
  wrong: { 'a.graphql': subgraph(wrong) },
  right: { 'a.graphql': subgraph(right) },
});

/** A case in two subgraphs: the first stays as it is. */
const two = (code: FindingCode, what: string, first: string, wrong: string, right: string): CorpusCase => ({
  code,
  what,
  wrong: { 'a.graphql': subgraph(first), 'b.graphql': subgraph(wrong) },
  right: { 'a.graphql': subgraph(first), 'b.graphql': subgraph(right) },
});

/** A case of the head of a schema. */
const head = (code: FindingCode, what: string, wrong: string, use = guard): CorpusCase => ({
  code,
  what,
  wrong: { 'a.graphql': linked(wrong, track(`x: Int ${use}`)) },
  right: { 'a.graphql': subgraph(track(`x: Int ${guard}`)) },
});

const definition = `scalar postern__Permission
scalar postern__ObjectRef
scalar postern__OnDeny
‸directive @requiresPermission(permission: postern__Permission!, object: postern__ObjectRef, onDeny: postern__OnDeny)`;

const defined = (what: string, text: string): CorpusCase => ({
  code: 'different-definition',
  what,
  wrong: { 'a.graphql': linked(`${link} ${composed}`, track(`x: Int ${guard}`), text) },
  right: { 'a.graphql': subgraph(track(`x: Int ${guard}`)) },
});

const renamed = link.replace('"@requiresPermission"', '‸{ name: "@requiresPermission", as: "@guarded" }');
const extension = (fields: string) => `type Track @key(fields: "id") {\n  id: ID!\n  ${fields}\n}`;
const keyedMedia = (fields: string, head = '') =>
  `${root}\ninterface Media @key(fields: "id") { id: ID! }\ntype Track implements Media @key(fields: "id") ${head} {\n  id: ID!\n  ${fields}\n}`;
const pointer = (object: string) => `@requiresPermission(permission: "can_edit", object: "track:${object}")`;
const asks = (permission: string, more = '') => `@requiresPermission(permission: "${permission}"${more})`;
const album = 'type Album @key(fields: "id") { id: ID! royalties: Int @requiresPermission(permission: "can_edit") }';

/** Another subgraph, without guards. */
const ownerOfTrack = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
type Query { version: Int @shareable } type Track @key(fields: "id") { id: ID! owner: ID @shareable }`;
const platform = ', object: "platform:main"';
const inUse = (guards: string) => `type Track {\n  id: ID!\n  x: Int ${guards}\n}`;
const firstDefinition = `${definition.replace('‸', '')} repeatable on FIELD_DEFINITION | OBJECT`;
const sorted = (onValue: string) => `${track('x(id: ID, by: Sort): Int')}\nenum Sort { TITLE MONEY ${onValue} }`;
const inContext = (before: string) =>
  `${root}\ntype Track @key(fields: "id") @context(name: "track") { id: ID! x: Int part: Part }\ntype Part @key(fields: "id") { id: ID! y(x: Int ${before}@fromContext(field: "$track { x }")): Int z: Int ${guard.replace(')', ', object: "track:{$this.id}")')} }`;

/** Names that tell of a guarded field, which only whoever wants to hear of them is told. */
const hints = (head: string, cases: readonly (readonly [string, string, string])[]): readonly CorpusCase[] =>
  cases.map(([what, wrong, right]) => ({
    ...one(
      'unguarded-input',
      what,
      `${head}\nextend type Query { ${wrong} }`,
      `${head}\nextend type Query { ${right.replace('GUARD', asks('can_import', platform))} }`,
    ),
    more: { requireGuards: 'inputs' },
  }));

const composition: readonly CorpusCase[] = [
  one('unreadable-sdl', 'a brace too few', 'type Track {\n  id: ID!\n  x: ‸}', track('x: Int')),
  one('not-composable', 'a type that nobody defines', track('x: ‸Nothing'), track('x: Int')),
  {
    code: 'not-composable',
    what: 'a field that two subgraphs do not share',
    wrong: { 'a.graphql': subgraph(track('‸x: Int')), 'b.graphql': subgraph(extension('x: Int')) },
    right: { 'a.graphql': subgraph(track('x: Int @shareable')), 'b.graphql': subgraph(extension('x: Int @shareable')) },
  },
  {
    code: 'not-composed',
    what: 'a federation of the future',
    wrong: {
      'a.graphql': subgraph(track(`x: Int ${guard}`))
        .replace('@link', '‸@link')
        .replace('v2.9', 'v2.99'),
    },
    right: { 'a.graphql': subgraph(track(`x: Int ${guard}`)) },
  },
  head('missing-link', 'no @link', '', `‸${guard}`),
  head(
    'missing-link',
    'the @link of somebody else',
    `@link(url: "https://example.com/postern/v1.0", import: ["@requiresPermission"])\n  ${composed}`,
    `‸${guard}`,
  ),
  head('missing-import', 'no import', '‸@link(url: "https://specs.postern.dev/postern/v1.0")'),
  head('missing-compose-directive', 'a forgotten @composeDirective', `‸${link}`),
  head('renamed-directive', 'an import under another name', `${renamed}\n  ${composed}`),
  head(
    'renamed-directive',
    'a link under another name',
    `${link.replace('@link(', '‸@link(as: "perm", ')}\n  ${composed}`,
  ),
  head(
    'wrong-version',
    'a major version of the future',
    `${link.replace('url: "', 'url: ‸"').replace('v1.0', 'v2.0')}\n  ${composed}`,
  ),
  {
    code: 'undefined-directive',
    what: 'no definition',
    wrong: { 'a.graphql': linked(`${link} ${composed}`, track(`x: Int ‸${guard}`), '') },
    right: { 'a.graphql': subgraph(track(`x: Int ${guard}`)) },
  },
  defined('a definition that takes one guard only', `${definition} on FIELD_DEFINITION | OBJECT`),
  defined('a definition with more places', `${definition} repeatable on FIELD_DEFINITION | OBJECT | INTERFACE`),
  defined(
    'a definition with another argument',
    `${definition.replace('object: postern__ObjectRef', 'resource: postern__ObjectRef')} repeatable on FIELD_DEFINITION | OBJECT`,
  ),
  defined(
    'a definition without a scalar',
    `${definition.replace('scalar postern__OnDeny\n', '')} repeatable on FIELD_DEFINITION | OBJECT`,
  ),
];

const placement: readonly CorpusCase[] = [
  one(
    'guard-on-abstract-type',
    'an interface',
    `interface Media ‸${guard} { id: ID! }\n${track('x: Int', 'implements Media').replace('@key(fields: "id") implements Media', 'implements Media @key(fields: "id")')}`,
    track('x: Int'),
  ),
  one(
    'guard-on-abstract-type',
    'a field of an interface',
    `interface Media { id: ID! x: Int ‸${guard} }\n${track('x: Int')}`,
    `interface Media { id: ID! x: Int }\n${track('x: Int')}`,
  ),
  one(
    'guard-on-abstract-type',
    'a union',
    `${track('x: Int')}\nunion Found ‸${guard} = Track`,
    `${track('x: Int')}\nunion Found = Track`,
  ),
  two(
    'guard-on-abstract-type',
    'a field of an interface object',
    'extend type Query { media: Media }\ninterface Media @key(fields: "id") { id: ID! }\ntype Track implements Media @key(fields: "id") { id: ID! }',
    `type Media @interfaceObject @key(fields: "id") { id: ID! x: Int ‸${asks('can_edit', ', object: "track:{$this.id}"')} }`,
    'type Media @interfaceObject @key(fields: "id") { id: ID! x: Int }',
  ),
  one(
    'guard-on-root-type',
    'all of Query',
    `${track('x: Int')}\nextend type Query ‸${asks('can_import', ', object: "platform:main"')}`,
    track('x: Int'),
  ),
  one(
    'misplaced-guard',
    'a scalar',
    `${track('x: Money')}\nscalar Money ‸${guard}`,
    `${track(`x: Money ${guard}`)}\nscalar Money`,
  ),
  one(
    'misplaced-guard',
    'an argument of an interface',
    `${track('x: Int')}\ninterface Sorted { x(a: Int ‸${guard}): Int }`,
    `${track('x: Int')}\ninterface Sorted { x(a: Int): Int }`,
  ),
  one(
    'misplaced-guard',
    'an argument of a directive',
    `${track('x: Int')}\ndirective @sorted(by: Int ‸${guard}) on FIELD`,
    `${track('x: Int')}\ndirective @sorted(by: Int) on FIELD`,
  ),
  one(
    'misplaced-guard',
    'an argument that the gateway gives',
    inContext(`‸${pointer('{$this.id}')} `),
    inContext('').replace(' y(', ` more(a: Int ${pointer('{$this.id}')}): Int y(`),
  ),
  one(
    'misplaced-guard',
    'a value that directives of operations take',
    `${sorted(`‸${asks('can_import', platform)}`)}\ndirective @sorted(by: [Sort]) on FIELD`,
    `${sorted(asks('can_import', platform))}\ndirective @sorted(by: Int) on FIELD`,
  ),
  one(
    'misplaced-guard',
    'an input as a whole',
    `${track('x(a: In): Int')}\ninput In ‸${asks('can_import', platform)} { b: Int }`,
    `${track('x(a: In): Int')}\ninput In { b: Int ${asks('can_import', platform)} }`,
  ),
];

const given: readonly CorpusCase[] = [
  {
    code: 'different-definition',
    what: 'a definition without the places for arguments',
    wrong: { 'a.graphql': linked(`${link} ${composed}`, track(`x(a: Int ‸${guard}): Int`), firstDefinition) },
    right: { 'a.graphql': linked(`${link} ${composed}`, track(`x(a: Int): Int ${guard}`), firstDefinition) },
  },
  {
    code: 'different-definition',
    what: 'a definition of another subgraph without the places for arguments',
    wrong: {
      'a.graphql': subgraph(track(`x(a: Int ${guard}): Int`)),
      'b.graphql': linked(
        `${link} ${composed}`,
        extension(`y: Int ${guard}`),
        `${firstDefinition.replace('directive', '‸directive')}`,
      ),
    },
    right: {
      'a.graphql': subgraph(track(`x(a: Int ${guard}): Int`)).replace('postern/v1.0', 'postern/v1.1'),
      'b.graphql': linked(`${link} ${composed}`, extension(`y: Int ${guard}`), firstDefinition),
    },
  },
  one(
    'unknown-permission',
    'for a value of an enum',
    sorted(`‸${asks('can_imort', platform)}`),
    sorted(asks('can_import', platform)),
  ),
  one('missing-object', 'for a value of an enum', sorted(`‸${guard}`), sorted(asks('can_import', platform))),
  one(
    'this-on-root',
    'of a value of an enum',
    sorted(`‸${pointer('{$this.id}')}`),
    sorted(asks('can_import', platform)),
  ),
  one(
    'unknown-pointer',
    'to an argument that not each field has',
    `${sorted(`‸${pointer('{$args.id}')}`)}\nextend type Query { other(by: Sort): Int }`,
    `${sorted(pointer('{$args.id}'))}\nextend type Query { other(id: ID, by: Sort): Int }`,
  ),
  one(
    'unknown-pointer',
    'out of an input',
    `${track('x(id: ID, a: In): Int')}\ninput In { b: Int ‸${pointer('{$this.id}')} }`,
    `${track('x(a: In): Int')}\ninput In { id: ID b: Int ${pointer('{$this.id}')} }`,
  ),
  one(
    'filter-on-non-list',
    'of what is given',
    track(`x(a: [Int] ‸${guard.replace(')', ', onDeny: "FILTER")')}): [Int]`),
    track(`x(a: [Int] ${guard}): [Int]`),
  ),
  one(
    'null-on-non-null',
    'a field that takes it',
    track(`x(a: Int ‸${guard.replace(')', ', onDeny: "NULL")')}): Int!`),
    track(`x(a: Int ${guard.replace(')', ', onDeny: "NULL")')}): Int`),
  ),
  two(
    'unguarded-in-subgraph',
    'an argument of a shared field',
    track(`x(a: Int ${guard}): Int @shareable`),
    extension('x(‸a: Int): Int @shareable'),
    extension(`x(a: Int ${guard}): Int @shareable`),
  ),
  two(
    'unguarded-in-subgraph',
    'a field of an input that both take',
    `${track('x(a: In): Int')}\ninput In { b: Int ${asks('can_import', platform)} }`,
    `${extension('y(a: [In!]): Int')}\ninput In {\n ‸b: Int }`,
    `${extension('y(a: [In!]): Int')}\ninput In { b: Int ${asks('can_import', platform)} }`,
  ),
  two(
    'unguarded-in-subgraph',
    'a value of an enum that both take',
    sorted(asks('can_import', platform)),
    `${extension('y(by: Sort): Int')}\nenum Sort { TITLE ‸MONEY }`,
    `${extension('y(by: Int): Int')}\nenum Sort { TITLE MONEY }`,
  ),
  one(
    'unequal-implementations',
    'an argument that one implementation leaves open',
    `${track(`x(a: Int ${guard}): Int`, '').replace('type Track', 'interface X { x(a: Int): Int } type Track implements X')}\ntype Other implements X { x(‸a: Int): Int }`,
    `${track(`x(a: Int ${guard}): Int`, '').replace('type Track', 'interface X { x(a: Int): Int } type Track implements X')}\ntype Other implements X { x(a: Int ${asks('can_edit', ', object: "track:{$args.a}"')}): Int }`,
  ),
  {
    code: 'guard-not-in-javascript',
    what: 'an argument in another language',
    more: { notJavascript: ['b'] },
    wrong: {
      'a.graphql': subgraph(track(`x: Int ${guard}`)),
      'b.graphql': subgraph(extension(`y(a: Int ‸${guard}): Int`)),
    },
    right: { 'a.graphql': subgraph(track(`x: Int ${guard}`)), 'b.graphql': subgraph(extension('y(a: Int): Int')) },
  },
  {
    code: 'missing-in-supergraph',
    what: 'a supergraph from before the guard of an argument',
    wrong: {
      'a.graphql': subgraph(track(`x(a: Int ‸${guard}): Int`)),
      'supergraph.graphql': inUse('').replace('x:', 'x(a: Int):'),
    },
    right: {
      'a.graphql': subgraph(track(`x(a: Int ${guard}): Int`)),
      'supergraph.graphql': inUse('').replace('x:', `x(a: Int ${guard}):`),
    },
  },
  ...hints(track(`money: Int ${guard}`), [
    ['an argument', 'tracks(‸money: Int): [Track]', 'tracks(money: Int GUARD): [Track]'],
    [
      'a value of an enum',
      'tracks(by: Sort): [Track] } enum Sort { TITLE ‸MONEY_DESC',
      'tracks(by: Sort): [Track] } enum Sort { TITLE MONEY_DESC GUARD',
    ],
    [
      'a field of an input, for pages',
      'tracks(in: [In!]): TrackConnection } type TrackConnection { nodes: [Track] pageInfo: Int } input In { and: [In!] ‸minMoney: Int',
      'tracks(in: [In!]): TrackConnection } type TrackConnection { nodes: [Track] pageInfo: Int } input In { and: [In!] minMoney: Int GUARD',
    ],
  ]),
];

const requirements: readonly CorpusCase[] = [
  one(
    'malformed-directive',
    'an argument that there is not',
    track('x: Int ‸@requiresPermission(permission: "can_edit", resource: "a")'),
    track(`x: Int ${guard}`),
  ),
  one(
    'malformed-directive',
    'no permission',
    track('x: Int ‸@requiresPermission(object: "track:{$this.id}")'),
    track(`x: Int ${guard}`),
  ),
  one(
    'malformed-directive',
    'a permission without quotes',
    track('x: Int ‸@requiresPermission(permission: can_edit)'),
    track(`x: Int ${guard}`),
  ),
  one(
    'malformed-directive',
    'a template with two expressions',
    track(`x: Int ‸${pointer('{$this.id}{$this.id}')}`),
    track(`x: Int ${pointer('{$this.id}')}`),
  ),
  one(
    'malformed-directive',
    'a variable that there is not',
    track(`x: Int ‸${pointer('{$context.id}')}`),
    track(`x: Int ${pointer('{$this.id}')}`),
  ),
  one(
    'malformed-directive',
    'an id that no object has',
    track(`x: Int ‸${pointer(`${'i'.repeat(257)}`)}`),
    track(`x: Int ${pointer('i')}`),
  ),
  one(
    'malformed-directive',
    'a way to deny that there is not',
    track(`x: Int ‸${asks('can_edit', ', onDeny: "HIDE"')}`),
    track(`x: Int ${asks('can_edit', ', onDeny: "NULL"')}`),
  ),
  one(
    'unknown-type',
    'a type with a typing error',
    track(`x: Int ‸${asks('can_edit', ', object: "trak:{$this.id}"')}`),
    track(`x: Int ${guard}`),
  ),
  one(
    'unknown-type',
    'an entity that the model does not have',
    'extend type Query { song: Song }\ntype Song @key(fields: "id") { id: ID! x: Int ‸@requiresPermission(permission: "can_edit") }',
    'extend type Query { song: Song }\ntype Song @key(fields: "id") { id: ID! x: Int @requiresPermission(permission: "can_edit", object: "track:{$this.id}") }',
  ),
  one(
    'unknown-permission',
    'a permission with a typing error',
    track(`x: Int ‸${asks('can_edti')}`),
    track(`x: Int ${guard}`),
  ),
  one(
    'unknown-permission',
    'a permission in camel case',
    track(`x: Int ‸${asks('canEdit')}`),
    track(`x: Int ${guard}`),
  ),
  one(
    'permission-of-another-type',
    "an album's permission",
    track(`x: Int ‸${asks('can_view_royalties')}`),
    track(`x: Int ${asks('can_view_stats')}`),
  ),
  one('not-a-permission', 'a role', track(`x: Int ‸${asks('owner')}`), track(`x: Int ${guard}`)),
  one(
    'missing-object',
    'a root field',
    `${track('x: Int')}\nextend type Query { y(id: ID!): Int ‸${guard} }`,
    `${track('x: Int')}\nextend type Query { y(id: ID!): Int ${pointer('{$args.id}')} }`,
  ),
  one(
    'missing-object',
    'a type without a key',
    `extend type Query { song: Song }\ntype Song { id: ID! x: Int ‸${guard} }`,
    `extend type Query { song: Song }\ntype Song { id: ID! x: Int ${pointer('{$this.id}')} }`,
  ),
  one(
    'missing-object',
    'a key of two fields',
    `${root}\ntype Track @key(fields: "id market") { id: ID! market: String! x: Int ‸${guard} }`,
    `${root}\ntype Track @key(fields: "id market") { id: ID! market: String! x: Int ${pointer('{$this.id}')} }`,
  ),
  one(
    'missing-object',
    'two keys',
    `${root}\ntype Track @key(fields: "id") @key(fields: "isrc") { id: ID! isrc: String! x: Int ‸${guard} }`,
    `${root}\ntype Track @key(fields: "id") @key(fields: "isrc") { id: ID! isrc: String! x: Int ${pointer('{$this.id}')} }`,
  ),
];

const input = 'input In { id: ID ids: [ID!] deep: Deep many: [Deep!] }\ninput Deep { id: ID amount: Float }';
const args = (object: string) => `${track(`x(in: In, id: ID): Int ${object}`)}\n${input}`;

const song = 'type Song implements Media @key(fields: "id") { id: ID! }';

const pointers: readonly CorpusCase[] = [
  one(
    'unknown-pointer',
    'an argument that there is not',
    args(`‸${pointer('{$args.di}')}`),
    args(pointer('{$args.id}')),
  ),
  one(
    'unknown-pointer',
    'a field that an input does not have',
    args(`‸${pointer('{$args.in.deep.idd}')}`),
    args(pointer('{$args.in.deep.id}')),
  ),
  one('unknown-pointer', 'a field inside an id', args(`‸${pointer('{$args.id.id}')}`), args(pointer('{$args.in.id}'))),
  one(
    'unknown-pointer',
    'a field of the parent that there is not',
    track(`x: Int ‸${pointer('{$this.idd}')}`),
    track(`x: Int ${pointer('{$this.id}')}`),
  ),
  one(
    'unusable-pointer',
    'a field that needs an argument',
    track(`of(market: ID!): ID\n  x: Int ‸${pointer('{$this.of}')}`),
    track(`of(market: ID! = "SE"): ID\n  x: Int ${pointer('{$this.of}')}`),
  ),
  one(
    'unknown-pointer',
    'a field of an interface',
    `${track(`media: Media\n  x: Int ‸${pointer('{$this.media.id}')}`)}\ninterface Media { id: ID! }\n${song}`,
    `${track(`media: Song\n  x: Int ${pointer('{$this.media.id}')}`)}\ninterface Media { id: ID! }\n${song}`,
  ),
  one(
    'args-on-type',
    'an argument of each field',
    `${root}\ntype Track @key(fields: "id") ‸${pointer('{$args.of}')} { id: ID! x(of: ID): Int y(of: ID): Int }`,
    `${root}\ntype Track @key(fields: "id") { id: ID! x(of: ID): Int ${pointer('{$args.of}')} y(of: ID): Int }`,
  ),
  one(
    'unknown-pointer',
    'a field that the items of a list do not have',
    `${track('x: Int')}\nextend type Query { all: [Track] ‸${asks('can_listen', ', object: "track:{$this.idd}", onDeny: "FILTER"')} }`,
    `${track('x: Int')}\nextend type Query { all: [Track] ${asks('can_listen', ', object: "track:{$this.id}", onDeny: "FILTER"')} }`,
  ),
  one('unusable-pointer', 'an input as a whole', args(`‸${pointer('{$args.in}')}`), args(pointer('{$args.in.id}'))),
  one(
    'unusable-pointer',
    'a number with a fraction',
    args(`‸${pointer('{$args.in.deep.amount}')}`),
    args(pointer('{$args.in.ids}')),
  ),
  one(
    'unusable-pointer',
    'a list of inputs',
    args(`‸${pointer('{$args.in.many}')}`),
    args(pointer('{$args.in.many.id}')),
  ),
  one(
    'unusable-pointer',
    'an entity as a whole',
    `${track(`album: Album\n  x: Int ‸${asks('can_edit', ', object: "album:{$this.album}"')}`)}\n${album}`,
    `${track(`album: Album\n  x: Int ${asks('can_edit', ', object: "album:{$this.album.id}"')}`)}\n${album}`,
  ),
  one(
    'this-on-root',
    '$this of a query',
    `${track('x: Int')}\nextend type Query { y(id: ID!): Int ‸${pointer('{$this.id}')} }`,
    `${track('x: Int')}\nextend type Query { y(id: ID!): Int ${pointer('{$args.id}')} }`,
  ),
  two(
    'this-not-available',
    'an external field that is not required',
    track('label: ID @shareable'),
    extension(`label: ID @external\n  y: Int @requires(fields: "label")\n  x: Int ‸${pointer('{$this.label}')}`),
    extension(
      `label: ID @external\n  y: Int @requires(fields: "label")\n  x: Int @requires(fields: "label") ${pointer('{$this.label}')}`,
    ),
  ),
  two(
    'this-not-available',
    'a nested external field that is not required',
    `${track('album: Album')}\ntype Album { id: ID! label: ID! }`,
    `${extension(`album: Album @external\n  y: Int @requires(fields: "album { id label }")\n  x: Int @requires(fields: "album { id }") ‸${pointer('{$this.album.label}')}`)}\ntype Album { id: ID! @external label: ID! @external }`,
    `${extension(`album: Album @external\n  x: Int @requires(fields: "album { id label }") ${pointer('{$this.album.label}')}`)}\ntype Album { id: ID! @external label: ID! @external }`,
  ),
];

const denials: readonly CorpusCase[] = [
  one(
    'filter-of-other-object',
    'an object of the field',
    `${track('x: Int')}\nextend type Query { all(of: ID): [Track] ‸${asks('can_listen', ', object: "track:{$args.of}", onDeny: "FILTER"')} }`,
    `${track('x: Int')}\nextend type Query { all(of: ID): [Track] ${asks('can_listen', ', onDeny: "FILTER"')} }`,
  ),
  one(
    'filter-on-mutation',
    'a subscription',
    `${track('x: Int')}\ntype Subscription { all: [Track] ‸${asks('can_listen', ', onDeny: "FILTER"')} }`,
    `${track('x: Int')}\ntype Subscription { all: [Track] ${asks('can_import', ', object: "platform:main"')} }`,
  ),
  one(
    'filter-on-non-list',
    'a list of scalars',
    track(`x: [Int] ‸${asks('can_edit', ', onDeny: "FILTER"')}`),
    track(`x: [Int] ${guard}`),
  ),
  one(
    'null-on-non-null',
    'a field',
    track(`x: Int! ‸${asks('can_edit', ', onDeny: "NULL"')}`),
    track(`x: Int ${asks('can_edit', ', onDeny: "NULL"')}`),
  ),
  one(
    'null-on-non-null',
    'a field of a guarded type',
    track('x: Int!', `‸${asks('can_edit', ', onDeny: "NULL"')}`),
    track('x: Int', asks('can_edit', ', onDeny: "NULL"')),
  ),
  one(
    'filter-on-non-list',
    'one value',
    track(`x: Int ‸${asks('can_edit', ', onDeny: "FILTER"')}`),
    track(`x: [Track!] ${asks('can_edit', ', onDeny: "FILTER"')}`),
  ),
  one(
    'filter-on-non-list',
    'a connection',
    `${track(`x: TrackConnection ‸${asks('can_edit', ', onDeny: "FILTER"')}`)}\ntype TrackConnection { edges: [Edge] }\ntype Edge { node: Track }`,
    track(`x: [Track!] ${asks('can_edit', ', onDeny: "FILTER"')}`),
  ),
  one(
    'filter-on-non-list',
    'a type',
    track('x: Int', `‸${asks('can_edit', ', onDeny: "FILTER"')}`),
    track('x: Int', guard),
  ),
  one(
    'filter-on-mutation',
    'a mutation',
    `${track('x: Int')}\ntype Mutation { edit(id: ID!): [Track] ‸${asks('can_edit', ', onDeny: "FILTER"')} }`,
    `${track('x: Int')}\ntype Mutation { edit(id: ID!): [Track] ${pointer('{$args.id}')} }`,
  ),
  one('error-on-non-null', 'a field', track(`x: Int! ‸${guard}`), track(`x: Int ${guard}`)),
  one(
    'error-on-non-null',
    'fields of a guarded type',
    track('x: Int! y: Int!', `‸${guard}`),
    track('x: Int y: Int', guard),
  ),
];

const media = (first: string, second: string) => `extend type Query { media: Media }
interface Media { id: ID! x: Int }
type Track implements Media @key(fields: "id") { id: ID! x: Int ${guard} }
type Album implements Media ${first}@key(fields: "id") {
  id: ID!
  ${second}
}`;

const wholes: readonly CorpusCase[] = [
  one(
    'guarded-key',
    'the key itself',
    `${root}\ntype Track @key(fields: "id") { id: ID ‸${guard} x: Int }`,
    `${root}\ntype Track @key(fields: "id") { id: ID x: Int ${guard} }`,
  ),
  {
    code: 'guarded-key',
    what: 'a key of another subgraph',
    wrong: {
      'a.graphql': subgraph(track(`isrc: String @shareable ‸${guard}`)),
      'b.graphql': subgraph(
        'type Track @key(fields: "id") @key(fields: "isrc") { id: ID! isrc: String @shareable y: Int }',
      ),
    },
    right: {
      'a.graphql': subgraph(track(`isrc: String @shareable\n  x: Int ${guard}`)),
      'b.graphql': subgraph(
        'type Track @key(fields: "id") @key(fields: "isrc") { id: ID! isrc: String @shareable y: Int }',
      ),
    },
  },
  one(
    'unequal-implementations',
    'a field that one implementation leaves open',
    media('', '‸x: Int'),
    media('', `x: Int ${guard}`),
  ),
  two(
    'unguarded-in-subgraph',
    'a shared field',
    track(`x: Int @shareable ${guard}`),
    extension('‸x: Int @shareable'),
    extension(`x: Int @shareable ${guard}`),
  ),
  two(
    'unguarded-in-subgraph',
    'a shared field with half of the guards',
    track(`x: Int @shareable ${guard} ${asks('can_listen')}`),
    extension(`‸x: Int @shareable ${asks('can_listen')}`),
    extension(`x: Int @shareable ${asks('can_listen')} ${guard}`),
  ),
  two(
    'unguarded-in-subgraph',
    'a shared list that is filtered in one of them',
    track(`x: [Track] @shareable ${asks('can_edit', ', object: "track:{$this.id}", onDeny: "FILTER"')} ${guard}`),
    extension(`‸x: [Track] @shareable ${guard}`),
    extension(`x: [Track] @shareable ${asks('can_edit', ', onDeny: "FILTER"')} ${guard}`),
  ),
  two(
    'unguarded-in-subgraph',
    'a field that moved',
    track(`x: Int ${guard}`),
    extension('‸x: Int @override(from: "a")'),
    extension(`x: Int @override(from: "a") ${guard}`),
  ),
  two(
    'unguarded-in-subgraph',
    'a field that is on the move',
    track(`x: Int ${guard}`),
    extension('‸x: Int @override(from: "a", label: "percent(5)")'),
    extension(`x: Int @override(from: "a", label: "percent(5)") ${guard}`),
  ),
  two(
    'unguarded-in-subgraph',
    'a provided field',
    track(`x: Int @shareable ${guard}`),
    `extend type Query { best: Track @provides(fields: "x") }\n${extension('‸x: Int @external')}`,
    `extend type Query { best: Track }\n${extension('y: Int')}`,
  ),
  two(
    'unguarded-in-subgraph',
    'a value type',
    `extend type Query { m: Money }\ntype Money { cents: Int @shareable ${asks('can_import', ', object: "platform:main"')} }`,
    'extend type Query { n: Money }\ntype Money { ‸cents: Int @shareable }',
    `extend type Query { n: Money }\ntype Money { cents: Int @shareable ${asks('can_import', ', object: "platform:main"')} }`,
  ),
  two(
    'unguarded-in-subgraph',
    'a field under a guard of the type',
    track('x: Int @shareable', guard),
    extension('‸x: Int @shareable'),
    extension(`x: Int @shareable ${guard}`),
  ),
  two(
    'unguarded-in-subgraph',
    'a field of an interface object',
    `extend type Query { media: Media }\ninterface Media @key(fields: "id") { id: ID! }\ntype Track implements Media @key(fields: "id") { id: ID! x: Int @shareable ${guard} }`,
    'type Media @interfaceObject @key(fields: "id") { id: ID! ‸x: Int @shareable }',
    'type Media @interfaceObject @key(fields: "id") { id: ID! y: Int @shareable }',
  ),
  two(
    'type-guarded-elsewhere',
    'a field that another subgraph adds',
    track('x: Int', guard),
    `‸${extension('y: Int')}`,
    extension(`y: Int ${guard}`),
  ),
  two(
    'requires-guarded-field',
    'a field of the same entity',
    track(`x: Int ${guard}`),
    extension('x: Int @external\n  y: Int ‸@requires(fields: "x")'),
    extension(`x: Int @external\n  y: Int @requires(fields: "x") ${guard}`),
  ),
  two(
    'requires-guarded-field',
    'a nested field',
    `${track('album: Album')}\n${album}`,
    `${extension('album: Album @external\n  y: Int ‸@requires(fields: "album { royalties }")')}\ntype Album @key(fields: "id") { id: ID! royalties: Int @external }`,
    `${extension('album: Album @external\n  y: Int @requires(fields: "album { id }")')}\ntype Album @key(fields: "id") { id: ID! }`,
  ),
  {
    code: 'type-guarded-elsewhere',
    what: 'a field that another subgraph adds by an @interfaceObject',
    wrong: {
      'a.graphql': subgraph(keyedMedia('x: Int', guard)),
      'b.graphql': subgraph('‸type Media @key(fields: "id") @interfaceObject { id: ID! y: Int }'),
    },
    right: {
      'a.graphql': subgraph(keyedMedia('x: Int', guard)),
      'b.graphql': subgraph(extension(`y: Int ${guard}`)),
    },
  },
  two(
    'requires-guarded-field',
    'a field of the implementations of an @interfaceObject',
    keyedMedia(`x: Int ${guard}`).replace('interface Media @key(fields: "id") { id: ID!', '$& x: Int'),
    'type Media @key(fields: "id") @interfaceObject { id: ID! x: Int @external y: Int ‸@requires(fields: "x") }',
    extension(`x: Int @external\n  y: Int @requires(fields: "x") ${guard}`),
  ),
  ...(
    [
      ['an object that the caller chooses', 'y(of: ID!): Int', pointer('{$args.of}')],
      ['one object for everybody', 'y: Int', pointer('1')],
      ['each item of what it returns', 'y: [Track]', asks('can_edit', ', onDeny: "FILTER"')],
    ] as const
  ).map(([what, field, own]) =>
    two(
      'requires-guarded-field',
      `a field that is guarded by ${what}`,
      track(`x: Int ${guard}`),
      extension(`x: Int @external\n  ${field} ${own} ‸@requires(fields: "x")`),
      extension(`x: Int @external\n  ${field} ${guard} @requires(fields: "x")`),
    ),
  ),
  {
    code: 'guarded-key',
    what: 'a key of another subgraph, which a guard on the type covers',
    wrong: {
      'a.graphql': subgraph(track('isrc: String @shareable', `‸${guard}`)),
      'b.graphql': subgraph('type Track @key(fields: "id") @key(fields: "isrc") { id: ID! isrc: String @shareable }'),
    },
    right: {
      'a.graphql': subgraph(track('x: Int', guard)),
      'b.graphql': subgraph('type Track @key(fields: "id") @key(fields: "isrc") { id: ID! isrc: String }'),
    },
  },
  one(
    'renamed-directive',
    'a use under the name that it has without the import',
    `directive @postern__requiresPermission(permission: postern__Permission!) on FIELD_DEFINITION\n${track(
      `x: Int ${guard} y: Int ‸@postern__requiresPermission(permission: "can_edit")`,
    )}`,
    track(`x: Int ${guard} y: Int ${guard}`),
  ),
  one(
    'context-of-guarded-field',
    'a field of a parent',
    `${root}\ntype Track @key(fields: "id") @context(name: "track") { id: ID! x: Int ${guard} part: Part }\ntype Part @key(fields: "id") { id: ID! y(x: Int ‸@fromContext(field: "$track { x }")): Int }`,
    `${root}\ntype Track @key(fields: "id") @context(name: "track") { id: ID! x: Int z: Int ${guard} part: Part }\ntype Part @key(fields: "id") { id: ID! y(x: Int @fromContext(field: "$track { x }")): Int }`,
  ),
  {
    code: 'unguarded-mutation',
    what: 'one of two',
    more: { requireGuards: 'mutations' },
    wrong: {
      'a.graphql': subgraph(
        `${track('x: Int')}\ntype Mutation {\n  edit(id: ID!): Int ${pointer('{$args.id}')}\n  ‸drop(id: ID!): Int\n}`,
      ),
    },
    right: {
      'a.graphql': subgraph(`${track('x: Int')}\ntype Mutation { edit(id: ID!): Int ${pointer('{$args.id}')} }`),
    },
  },
];

const edits = pointer('{$args.id}');

/** Mutations in namespaces: below the root, below another one, in another subgraph. */
const namespaces: readonly CorpusCase[] = (
  [
    [
      'a namespace',
      'track: TrackMutations!',
      `type TrackMutations { edit(id: ID!): Int ${edits}\n ‸drop(id: ID!): Int }`,
    ],
    [
      'a namespace in a namespace',
      'all: Everything',
      `type Everything { track: Inner ‸reset: Int }\ntype Inner { edit(id: ID!): Int ${edits} }`,
    ],
    [
      'a namespace of one object',
      'track(id: ID!): TrackOps',
      `type TrackOps { edit(id: ID!): Int ${edits}\n ‸drop: Int }`,
    ],
    [
      'a payload, which is no namespace',
      '‸touch(id: ID!): Touched',
      `type Touched { track: Track ${guard.replace(')', ', object: "track:{$this.trackId}")')} trackId: ID pages(first: Int): Int ${guard.replace(')', ', object: "track:{$this.trackId}")')} }`,
    ],
    ['an entity, which is no namespace', '‸touch: Track', ''],
  ] as const
).map(([what, root, types]) => {
  const text = `${track(`x: Int ${guard}`)}\ntype Mutation {\n  ${root}\n}\n${types}`;
  return {
    code: 'unguarded-mutation',
    what,
    more: { requireGuards: 'mutations' },
    wrong: { 'a.graphql': subgraph(text) },
    right: { 'a.graphql': subgraph(text.replace(/‸([^\n}]*)/, `$1 ${pointer('1')}`)) },
  };
});

const cached = (fields: string, head = '') =>
  `enum CacheControlScope { PUBLIC PRIVATE }
directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
${track(fields, head)}`;

const caches: readonly CorpusCase[] = [
  ...(
    [
      ['on a guarded field', `x: Int ${guard} ‸@cacheControl(maxAge: 60)`],
      ['on a guarded field, in so many words', `x: Int ${guard} ‸@cacheControl(scope: PUBLIC)`],
    ] as const
  ).map(([what, wrong]) =>
    one(
      'public-guarded-field',
      what,
      cached(wrong),
      cached(wrong.replace(/‸@cacheControl\(.*\)/, '@cacheControl(maxAge: 60, scope: PRIVATE)')),
    ),
  ),
  one(
    'public-guarded-field',
    'on a guarded type',
    cached('x: Int', `${guard} ‸@cacheControl(maxAge: 60)`),
    cached('x: Int', `${guard} @cacheControl(maxAge: 60, scope: PRIVATE)`),
  ),
  one(
    'public-above-guard',
    'on the type of a guarded field',
    cached(`x: Int ${guard}`, '‸@cacheControl(maxAge: 60)'),
    cached(`x: Int ${guard}`, '@cacheControl(maxAge: 0)'),
  ),
  one(
    'public-above-guard',
    'on a field that leads to a guarded one',
    cached(`x: Int ${guard}`).replace('(id: ID!): Track', '$& ‸@cacheControl(maxAge: 60)'),
    cached(`x: Int ${guard}\n y: Int @cacheControl(maxAge: 60)`),
  ),
  one(
    'public-above-guard',
    'on a union that a guarded type is in',
    `${cached(`x: Int ${guard}`)}\nunion Found ‸@cacheControl(maxAge: 60) = Track`,
    `${cached(`x: Int ${guard}`)}\nunion Found @cacheControl(maxAge: 60, scope: PRIVATE) = Track`,
  ),
];

const enforcement: readonly CorpusCase[] = [
  {
    code: 'guard-not-in-javascript',
    what: 'a server in another language',
    more: { notJavascript: ['b'] },
    wrong: {
      'a.graphql': subgraph(track(`x: Int ${guard}`)),
      'b.graphql': subgraph(extension(`y: Int ‸${guard}`)),
    },
    right: { 'a.graphql': subgraph(track(`x: Int ${guard}`)), 'b.graphql': subgraph(extension('y: Int')) },
  },
];

const foreign: readonly CorpusCase[] = (
  [
    [
      'a subscription',
      `${track('x: Int')}\ntype Subscription { plays: Track ‸${asks('can_import', platform)} }`,
      `${track(`x: Int ${guard}`)}\ntype Subscription { plays: Track }`,
    ],
    [
      'what a subscription can be given',
      `${track('x: Int')}\ntype Subscription { plays(a: Int ‸${asks('can_import', platform)}): Track }`,
      `${track(`x: Int ${guard}`)}\ntype Subscription { plays(a: Int): Track }`,
    ],
    [
      'a mutation in a namespace, about its parent',
      `${track('x: Int')}\ntype Mutation { track: TrackMutations } type TrackMutations { id: ID rename(id: ID): Int ‸${pointer('{$this.id}')} }`,
      `${track('x: Int')}\ntype Mutation { track: TrackMutations } type TrackMutations { id: ID rename(id: ID): Int ${pointer('{$args.id}')} }`,
    ],
    [
      'an object that another subgraph knows',
      `type Track @key(fields: "id") { id: ID! owner: ID @external x: Int @requires(fields: "owner") ‸${pointer('{$this.owner}')} }`,
      `type Track @key(fields: "id") { id: ID! owner: ID @external x: Int @requires(fields: "owner") ${pointer('{$this.id}')} }`,
    ],
  ] as const
).map(([what, wrong, right]) => ({
  code: 'guard-not-covered',
  what,
  more: { foreign: ['a'], notJavascript: ['a'] },
  wrong: { 'a.graphql': subgraph(wrong), 'b.graphql': ownerOfTrack },
  right: { 'a.graphql': subgraph(right), 'b.graphql': ownerOfTrack },
}));

const supergraphs: readonly CorpusCase[] = [
  {
    code: 'missing-in-supergraph',
    what: 'a supergraph from before the guard',
    wrong: { 'a.graphql': subgraph(track(`x: Int ‸${guard}`)), 'supergraph.graphql': inUse('') },
    right: { 'a.graphql': subgraph(track(`x: Int ${guard}`)), 'supergraph.graphql': inUse(guard) },
  },
  {
    code: 'missing-in-subgraphs',
    what: 'a guard that was taken away',
    wrong: { 'a.graphql': subgraph(track('x: Int')), 'supergraph.graphql': inUse(`‸${guard}`) },
    right: { 'a.graphql': subgraph(track('x: Int')), 'supergraph.graphql': inUse('') },
  },
];

export const corpus: readonly CorpusCase[] = [
  ...composition,
  ...placement,
  ...given,
  ...requirements,
  ...pointers,
  ...denials,
  ...wholes,
  ...namespaces,
  ...caches,
  ...enforcement,
  ...foreign,
  ...supergraphs,
];
