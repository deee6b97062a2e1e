import { execute, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { guardSchema, isPosternError, type PosternClient } from '../src/index.ts';
import { allowOnly, anonymous, unavailable } from '../src/testing.ts';
import { answerOf, guard, subgraph } from './support/guarded-subgraph.ts';

const secret = 'the secret';

const typeDefs = `
type Query {
  byArgs(id: ID): String @requiresPermission(permission: "can_see", object: "thing:{$args.id}")
  literal: String @requiresPermission(permission: "can_see", object: "platform:main")
  hidden: String @requiresPermission(permission: "can_see", object: "platform:main", onDeny: "NULL")
  thing: Thing
  things: [Thing] @requiresPermission(permission: "can_see", onDeny: "FILTER")
}
type Mutation { change(id: ID): String @requiresPermission(permission: "can_see", object: "thing:{$args.id}") }
type Thing @key(fields: "id") {
  id: ID!
  owner: ID
  own: String @requiresPermission(permission: "can_see")
  owned: String @requiresPermission(permission: "can_see", object: "user:{$this.owner}")
  secret: String
}
type Whole @key(fields: "id") @requiresPermission(permission: "can_see") { id: ID! text: String }
extend type Query { whole: Whole }
`;

/** One query for each kind of guard; every text that it returns is guarded. */
const kinds: Readonly<Record<string, string>> = {
  $args: '{ byArgs(id: "1") }',
  'one object': '{ literal }',
  NULL: '{ hidden }',
  FILTER: '{ things { secret } }',
  'the entity itself': '{ thing { own } }',
  $this: '{ thing { owned } }',
  'a type': '{ whole { text } }',
  'a mutation': 'mutation { change(id: "1") }',
};

type Owner = () => unknown;

/** How long to wait for what must never come: enough for what would come at once. */
const shortlyMs = 50;

function build(
  client: unknown,
  authorization: unknown = () => 'Bearer ann',
  owner: Owner = () => 'ann',
  id: Owner = () => '1',
) {
  const thing = { owner, own: secret, owned: secret, secret };
  const schema = subgraph(typeDefs, {
    Query: {
      byArgs: () => secret,
      literal: () => secret,
      hidden: () => secret,
      thing: () => thing,
      things: () => [thing],
      whole: () => ({ text: secret }),
    },
    Mutation: { change: () => secret },
    Thing: { id },
    Whole: { id },
  });
  // What a JavaScript caller could hand over, types or not.
  return guardSchema(schema, { client, authorization } as Parameters<typeof guardSchema>[1]);
}

async function run(schema: ReturnType<typeof build>, source: string, waitMs = 20_000) {
  const result = Promise.resolve(execute({ schema, document: parse(source), contextValue: {} }));
  let timer: unknown;
  const nothing = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  return Promise.race([result, nothing]).finally(() => clearTimeout(timer as number));
}

const fails = () => {
  throw new Error('It failed.');
};
const rejects = () => Promise.reject(new Error('It failed.'));
const hangs = () => new Promise(() => undefined);
const client = (decide: unknown) => ({ decide });

/** By what fails: the schema, and the code of what the client is told; without a code it waits. */
const cells: Readonly<Record<string, readonly [() => ReturnType<typeof build>, string?]>> = {
  'authorization throws': [() => build(allowAll, fails), 'AUTHORIZATION_UNAVAILABLE'],
  'authorization rejects': [() => build(allowAll, rejects), 'AUTHORIZATION_UNAVAILABLE'],
  'authorization waits': [() => build(allowAll, async () => 'Bearer ann'), 'AUTHORIZATION_UNAVAILABLE'],
  'authorization is a number': [() => build(allowAll, () => 1), 'AUTHORIZATION_UNAVAILABLE'],
  'authorization is true': [() => build(allowAll, () => true), 'AUTHORIZATION_UNAVAILABLE'],
  'authorization is no function': [() => build(allowAll, 'Bearer ann'), 'AUTHORIZATION_UNAVAILABLE'],
  'authorization is undefined': [() => build(allowAll, () => undefined), 'UNAUTHENTICATED'],
  'authorization is null': [() => build(allowAll, () => null), 'UNAUTHENTICATED'],
  'authorization is empty': [() => build(allowAll, () => ''), 'UNAUTHENTICATED'],
  'authorization is blank': [() => build(allowAll, () => ' '), 'UNAUTHENTICATED'],
  'the client throws': [() => build(client(fails)), 'AUTHORIZATION_UNAVAILABLE'],
  'the client rejects': [() => build(client(rejects)), 'AUTHORIZATION_UNAVAILABLE'],
  'the client hangs': [() => build(client(hangs))],
  'the client is none': [() => build(undefined), 'AUTHORIZATION_UNAVAILABLE'],
  'the client returns undefined': [() => build(client(() => undefined)), 'AUTHORIZATION_UNAVAILABLE'],
  'the client returns true': [() => build(client(() => true)), 'AUTHORIZATION_UNAVAILABLE'],
  'the client returns too few': [() => build(client(async () => [])), 'AUTHORIZATION_UNAVAILABLE'],
  'the client returns too many': [
    () => build(client(async (checks: []) => [...checks, 1].map(() => ({ kind: 'allowed' })))),
    'AUTHORIZATION_UNAVAILABLE',
  ],
  'the client returns holes': [
    () => build(client(async (checks: []) => Array(checks.length))),
    'AUTHORIZATION_UNAVAILABLE',
  ],
  'the client returns nulls': [
    () => build(client(async (checks: []) => checks.map(() => null))),
    'AUTHORIZATION_UNAVAILABLE',
  ],
  'the client returns booleans': [
    () => build(client(async (checks: []) => checks.map(() => true))),
    'AUTHORIZATION_UNAVAILABLE',
  ],
  'the client returns another kind': [
    () => build(client(async (checks: []) => checks.map(() => ({ kind: 'yes', allowed: true })))),
    'AUTHORIZATION_UNAVAILABLE',
  ],
  'the client denies': [() => build(allowOnly([])), 'FORBIDDEN'],
  'the client allows others': [() => build(allowOnly(['thing:2#can_see', 'thing:1#can_edit'])), 'FORBIDDEN'],
  'the client cannot decide': [() => build(unavailable()), 'AUTHORIZATION_UNAVAILABLE'],
  'the token is not valid': [() => build(anonymous()), 'UNAUTHENTICATED'],
};

const allowAll: PosternClient = { decide: async (checks) => checks.map(() => ({ kind: 'allowed' })) };

test.each(Object.entries(kinds))('what is guarded is there: %s', async (_kind, source) => {
  expect(JSON.stringify(await run(build(allowAll), source))).toContain(secret);
});

describe.each(Object.entries(cells))('%s', (_cell, [make, code]) => {
  test.each(Object.entries(kinds))('%s', async (kind, source) => {
    const result = await run(make(), source, code === undefined ? shortlyMs : undefined);
    expect(JSON.stringify(result) ?? '').not.toContain(secret);
    if (code === undefined) return expect(result).toBeUndefined();
    // A refusal is silent where the schema says so; that nothing is decided never is.
    const silent = ['NULL', 'FILTER'].includes(kind) && code !== 'AUTHORIZATION_UNAVAILABLE';
    expect(result?.errors?.map(({ extensions }) => extensions.code) ?? []).toEqual(silent ? [] : [code]);
    expect(result?.errors?.every((error) => isPosternError(error)) ?? true).toBe(true);
  });
});

const values: readonly (readonly [string, Owner, string | undefined])[] = [
  ['throws', fails, 'AUTHORIZATION_UNAVAILABLE'],
  ['rejects', rejects, 'AUTHORIZATION_UNAVAILABLE'],
  ['is an error', () => new Error('It failed.'), 'AUTHORIZATION_UNAVAILABLE'],
  ['hangs', hangs, undefined],
  ...[
    undefined,
    null,
    '',
    '*',
    true,
    {},
    { toString: () => 'ann' },
    Number.NaN,
    1.5,
    2 ** 53,
    Symbol('ann'),
    () => 'ann',
  ].map(
    (value) =>
      [`is ${String(typeof value === 'object' ? JSON.stringify(value) : value)}`, () => value, 'FORBIDDEN'] as const,
  ),
];

describe.each(values)('a pointer %s', (_name, value, code) => {
  test.each([
    ['{ thing { owned } }', 'owner'],
    ['{ thing { own } }', 'id'],
    ['{ things { secret } }', 'id'],
    ['{ whole { text } }', 'id'],
  ])('%s', async (source, from) => {
    const given = from === 'owner' ? build(allowAll, undefined, value) : build(allowAll, undefined, undefined, value);
    const result = await run(given, source, code === undefined ? shortlyMs : undefined);
    expect(JSON.stringify(result) ?? '').not.toContain(secret);
    const silent = source.includes('things') && code === 'FORBIDDEN';
    expect(result?.errors?.[0]?.extensions.code).toBe(silent ? undefined : code);
  });
});

test('a resolver that fails is itself told, and not what it failed on', async () => {
  const schema = subgraph(typeDefs, { Query: { literal: fails, things: rejects } });
  const result = await execute({
    schema: guard(schema, allowAll),
    document: parse('{ literal things { id } }'),
    contextValue: { token: 'x' },
  });
  expect(answerOf(result).errors.toSorted().toReversed()).toEqual(['It failed. things', 'It failed. literal']);
});
