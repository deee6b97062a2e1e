import { makeExecutableSchema } from '@graphql-tools/schema';
import { graphql, parse, subscribe } from 'graphql';
import { describe, expect, test } from 'vitest';
import { assertGuarded, requiresPermissionSDL } from '../src/index.ts';
import { allowOnly, unavailable } from '../src/testing.ts';
import { answerOf, ask, guard, subgraph } from './support/guarded-subgraph.ts';
import { store, storeTypes } from './support/store.ts';

interface Row {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  /** What has to be asked, in one call; when all of it is allowed, the field runs, and without any one of it, it does not. */
  readonly needs: readonly string[];
}

const platform = (permission: string) => `platform:main#${permission}`;
const filter = (...needs: readonly string[]) => needs.map(platform);

/** By what is given, and how. */
const rows: Readonly<Record<string, Row>> = {
  'no argument': { query: '{ tracks }', needs: [] },
  'another argument': { query: '{ tracks(first: 3) }', needs: [] },
  'an argument': { query: '{ tracks(sortBy: ROYALTIES) }', needs: filter('can_sort') },
  'null for an argument': { query: '{ tracks(sortBy: null) }', needs: filter('can_sort') },
  'an alias': { query: '{ tracks: tracks(sortBy: ROYALTIES) }', needs: filter('can_sort') },
  'what the field would run with anyhow': { query: '{ tracks(sortBy: TITLE) }', needs: [] },
  'a variable': {
    query: 'query ($s: Sort) { tracks(sortBy: $s) }',
    variables: { s: 'ROYALTIES' },
    needs: filter('can_sort'),
  },
  'a variable of null': {
    query: 'query ($s: Sort) { tracks(sortBy: $s) }',
    variables: { s: null },
    needs: filter('can_sort'),
  },
  'a variable that is not there': { query: 'query ($s: Sort) { tracks(sortBy: $s) }', variables: {}, needs: [] },
  'the default of a variable': {
    query: 'query ($s: Sort = ROYALTIES) { tracks(sortBy: $s) }',
    needs: filter('can_sort'),
  },
  'an object of the arguments': { query: '{ label(id: "7", sortBy: TITLE) }', needs: ['label:7#can_see'] },
  'no input': { query: '{ search }', needs: [] },
  'an input of null': { query: '{ search(filter: null) }', needs: [] },
  'an empty input': { query: '{ search(filter: {}) }', needs: [] },
  'a field of an input': { query: '{ search(filter: { minimum: 1 }) }', needs: filter('can_filter') },
  'null for a field of an input': { query: '{ search(filter: { minimum: null }) }', needs: filter('can_filter') },
  'an absent variable in an input': { query: 'query ($m: Int) { search(filter: { minimum: $m }) }', needs: [] },
  'the default of a field, said': { query: '{ search(filter: { limit: 10 }) }', needs: [] },
  'the default of a field, in a variable': {
    query: 'query ($f: Filter) { search(filter: $f) }',
    variables: { f: { text: 'x' } },
    needs: [],
  },
  'other than the default of a field': { query: '{ search(filter: { limit: 11 }) }', needs: filter('can_limit') },
  'a field of an input in a variable': {
    query: 'query ($f: Filter) { search(filter: $f) }',
    variables: { f: { minimum: 1 } },
    needs: filter('can_filter'),
  },
  'a variable in an input': {
    query: 'query ($n: Filter) { search(filter: { and: [{ not: $n }] }) }',
    variables: { n: { minimum: 1 } },
    needs: filter('can_filter'),
  },
  'a variable in a list': {
    query: 'query ($n: Filter!) { search(filter: { and: [{ text: "x" }, $n] }) }',
    variables: { n: { rank: 'MONEY' } },
    needs: filter('can_rank'),
  },
  'one item for a list': {
    query: 'query ($f: Filter) { search(filter: $f) }',
    variables: { f: { and: { ranks: 'MONEY' } } },
    needs: filter('can_rank'),
  },
  'deep in inputs': {
    query: '{ search(filter: { not: { and: [{ not: { limit: 1 } }, { minimum: 2, ranks: [PLAYS, MONEY] }] } }) }',
    needs: filter('can_filter', 'can_limit', 'can_rank'),
  },
  'an input of a variable by default': {
    query: 'query ($f: Filter = { and: [{ minimum: 1 }] }) { search(filter: $f) }',
    needs: filter('can_filter'),
  },
  'a default of the schema with guarded parts': { query: '{ standard }', needs: [] },
  'the same, said': { query: '{ standard(filter: { order: DOWN, minimum: 5 }) }', needs: [] },
  'a part of it in another whole': { query: '{ standard(filter: { minimum: 5 }) }', needs: filter('can_filter') },
  'a value without a guard': { query: '{ ranked(by: PLAYS, then: [PLAYS]) }', needs: [] },
  'a value with a guard': { query: '{ ranked(by: MONEY) }', needs: filter('can_rank') },
  'another name of a value': { query: '{ ranked(by: WORTH) }', needs: filter('can_rank') },
  'a value in a list': { query: '{ ranked(then: [PLAYS, MONEY]) }', needs: filter('can_rank') },
  'one value for a list': { query: '{ ranked(then: MONEY) }', needs: filter('can_rank') },
  'a value in a variable': {
    query: 'query ($r: [Rank]) { ranked(then: $r) }',
    variables: { r: ['MONEY', null] },
    needs: filter('can_rank'),
  },
  'a value that is the default': { query: '{ ranked(order: DOWN) }', needs: [] },
  'the same value where it is no default': {
    query: '{ search(filter: { order: DOWN }) }',
    needs: filter('can_order'),
  },
  'two guards, and one of the field': {
    query: '{ both(a: 1, id: "x") }',
    needs: ['platform:main#can_call', 'platform:main#can_a', 'label:x#can_b'],
  },
  'only the guard of the field': { query: '{ both(id: "x") }', needs: ['platform:main#can_call'] },
  'one of several': { query: '{ one(by: { royalties: 1 }) }', needs: filter('can_filter') },
  'another one of several': { query: '{ one(by: { title: "x" }) }', needs: [] },
  'in a fragment': {
    query: '{ ...A } fragment A on Query { ... { tracks(sortBy: ROYALTIES) } }',
    needs: filter('can_sort'),
  },
  'included by a variable': {
    query: 'query ($yes: Boolean!) { tracks(sortBy: ROYALTIES) @include(if: $yes) }',
    variables: { yes: true },
    needs: filter('can_sort'),
  },
  'left out by a variable': {
    query: 'query ($yes: Boolean!) { tracks(sortBy: ROYALTIES) @include(if: $yes) }',
    variables: { yes: false },
    needs: [],
  },
  'a field of an entity, about the entity': {
    query: '{ artist { tracks(sortBy: TITLE) } }',
    needs: ['artist:a1#can_view'],
  },
  'a field of an interface': { query: '{ media { plays(by: MONEY) } }', needs: filter('can_rank') },
  'a field by _entities': {
    query:
      '{ _entities(representations: [{ __typename: "Artist", id: "a2" }]) { ... on Artist { tracks(sortBy: TITLE) plays(by: MONEY) } } }',
    needs: ['artist:a2#can_view', 'platform:main#can_rank'],
  },
  'a mutation without': { query: 'mutation { update(tracks: [{ id: 1, title: "x" }]) }', needs: [] },
  'a mutation with some': {
    query: 'mutation { update(tracks: [{ id: 1 }, { id: 2, price: 3 }, { id: 3, price: null }]) }',
    needs: ['track:2#can_price', 'track:3#can_price'],
  },
  'a mutation with more in it': {
    query: 'mutation ($t: [TrackInput!]!) { update(tracks: $t) }',
    variables: { t: { id: 1, royaltiesOf: [{ label: 'l', part: 1 }, { part: null, label: 'm' }, { label: 'n' }] } },
    needs: ['label:l#can_share', 'label:m#can_share'],
  },
  'an argument of a mutation': { query: 'mutation { publish(id: 1, force: true) }', needs: ['track:1#can_force'] },
};

describe.each(Object.entries(rows))('%s', (_name, { query, variables, needs }) => {
  const run = async (allowed: readonly string[]) => {
    const ran: string[] = [];
    const client = allowOnly(allowed);
    const answer = await ask(guard(store(ran), client), query, variables && { variables });
    return { answer, ran, asked: client.asked.map((call) => [...call].sort()) };
  };

  test('runs with all that is needed, and nothing else is asked', async () => {
    const { answer, asked } = await run(needs);
    const plain = await ask(store(), query, variables && { variables });
    expect(answer).toEqual(plain);
    expect(asked).toEqual(needs.length === 0 ? [] : [[...needs].sort()]);
  });

  test.each(needs.map((need) => [need]))('is refused without %s', async (missing) => {
    const { answer, ran } = await run(needs.filter((need) => need !== missing));
    expect(answer.errors.map((error) => error.split(' ')[0])).toEqual(['FORBIDDEN']);
    expect(ran.length).toBeLessThan(needs.length === 2 && query.includes('_entities') ? 2 : 1);
  });
});

test.each([
  ['nobody is signed in', {}, unavailable(), 'UNAUTHENTICATED'],
  ['nothing is decided', { token: 'Bearer ann' }, unavailable(), 'AUTHORIZATION_UNAVAILABLE'],
])('when %s, what gives nothing runs', async (_what, context, client, code) => {
  const schema = guard(store(), client);
  const answer = await ask(schema, '{ tracks(first: 1) a: tracks(sortBy: ROYALTIES) q: quiet(secret: 1) }', {
    context,
  });
  expect(answer.data).toEqual({ tracks: '{"sortBy":"TITLE","first":1}', a: null, q: null });
  expect(answer.errors).toEqual([`${code} a`, ...(code === 'UNAUTHENTICATED' ? [] : [`${code} q`])]);
});

test.each([
  ['an input without the id', '{ price: 1 }'],
  ['one of them', '{ id: 1, price: 1 }, { price: 1 }'],
  ['null', '{ id: null, price: 1 }'],
])('an object that is not named is denied: %s', async (_what, tracks) => {
  const ran: string[] = [];
  const answer = await ask(
    guard(store(ran), allowOnly(['track:1#can_price'])),
    `mutation { update(tracks: [${tracks}]) }`,
  );
  expect([answer.errors, ran]).toEqual([['FORBIDDEN update'], []]);
});

test('root types have names of their own', async () => {
  const typeDefs = `${requiresPermissionSDL} schema { query: Root } type Root { f(a: Int @requiresPermission(permission: "can_ask", object: "platform:main")): Int }`;
  const schema = guard(makeExecutableSchema({ typeDefs, resolvers: { Root: { f: () => 1 } } }), allowOnly([]));
  expect(await ask(schema, '{ f b: f(a: 1) }')).toEqual({ data: { f: 1, b: null }, errors: ['FORBIDDEN b'] });
  expect(assertGuarded(schema)).toBe(schema);
});

test('an executor that makes arguments in another way is understood', async () => {
  const schema = guard(store(), allowOnly([]));
  const { tracks, search } = schema.getQueryType()?.getFields() ?? {};
  const call = async (field: typeof tracks, args: object) => {
    const info = {
      schema,
      parentType: schema.getQueryType(),
      fieldName: field?.name,
      variableValues: {},
      operation: { operation: 'query' },
    };
    return field?.resolve?.({}, args, { token: 'x' }, info as never);
  };
  const inherited = Object.create({ sortBy: 'ROYALTIES' });
  await expect(call(tracks, inherited)).rejects.toThrow('This needs the permission "can_sort"');
  await expect(call(search, { filter: Object.create({ minimum: 1 }) })).rejects.toThrow('"can_filter"');
  expect(await call(tracks, { sortBy: undefined })).toBe('{}');
});

test('a refusal by null has no error', async () => {
  const answer = await ask(guard(store(), allowOnly([])), '{ quiet(secret: 1) a: quiet }');
  expect(answer).toEqual({ data: { quiet: null, a: '{}' }, errors: [] });
});

test('several operations of a document are each their own', async () => {
  const schema = guard(store(), allowOnly([]));
  const source = 'query A { tracks(sortBy: ROYALTIES) } query B { tracks }';
  const contextValue = { token: 'x' };
  const answers = await Promise.all(
    ['A', 'B'].map((operationName) => graphql({ schema, source, operationName, contextValue })),
  );
  expect(answers.map(answerOf).map(({ errors }) => errors)).toEqual([['FORBIDDEN tracks'], []]);
});

describe('a subscription', () => {
  const start = async (source: string, allowed: readonly string[]) => {
    const ran: string[] = [];
    const schema = guard(store(ran), allowOnly(allowed));
    const events = await subscribe({ schema, document: parse(source), contextValue: { token: 'x' } });
    if (!(Symbol.asyncIterator in events)) return { ran, errors: answerOf(events).errors };
    const seen: unknown[] = [];
    for await (const event of events) seen.push(answerOf(event).data);
    return { ran, seen };
  };

  test('is refused before its source is opened', async () => {
    const { ran, errors } = await start('subscription { plays(filter: { minimum: 1 }) }', []);
    expect([ran, errors]).toEqual([[], ['FORBIDDEN plays']]);
  });

  test.each([
    ['{ rank: PLAYS }', []],
    ['{ minimum: 1 }', [platform('can_filter')]],
  ])('runs with %s', async (given, allowed) => {
    const { ran, seen } = await start(`subscription { plays(filter: ${given}) }`, allowed);
    expect(ran).toEqual(['subscribe', 'plays', 'plays']);
    expect(seen).toHaveLength(2);
  });
});

describe('what is too much to look at', () => {
  const big = { and: Array.from({ length: 60_000 }, () => ({ text: 'x' })) };
  const query = 'query ($f: Filter) { a: search(filter: $f) b: search(filter: $f) c: tracks }';

  test('is the fault of who gives it, and nothing else stops', async () => {
    const answer = await ask(guard(store(), allowOnly([])), query, { variables: { f: big } });
    expect(answer.errors).toEqual(['BAD_USER_INPUT a', 'BAD_USER_INPUT b']);
    expect(answer.data).toMatchObject({ a: null, b: null, c: '{"sortBy":"TITLE"}' });
  });
});

test('what a resolver does to an input that others share reaches no other field', async () => {
  const search = (_: unknown, args: { filter: { minimum?: number } }) => {
    const before = JSON.stringify(args);
    args.filter.minimum = 1;
    return before;
  };
  const schema = guard(subgraph(storeTypes, { Query: { search } }), allowOnly([platform('can_order')]));
  const query = 'query ($f: Filter) { a: search(filter: $f) b: search(filter: $f) }';
  const answer = await ask(schema, query, { variables: { f: { order: 'DOWN' } } });
  expect(answer).toEqual({
    data: { a: '{"filter":{"limit":10,"order":"DOWN"}}', b: '{"filter":{"limit":10,"order":"DOWN"}}' },
    errors: [],
  });
});
