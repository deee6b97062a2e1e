import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision, PosternClient } from '../src/index.ts';
import { ask, guard, subgraph } from './support/guarded-subgraph.ts';

const see = '@requiresPermission(permission: "can_see", object: "show:1")';
const typeDefs = `
type Query { track: Track list: [Track] ${see} mine: [Track] @requiresPermission(permission: "can_see", onDeny: "FILTER") }
type Track @key(fields: "id") {
  id: ID!
  own: Int ${see}
  labels: [Label]
  read: Int ${see}
  some: [Int] ${see}
  labelled: Int @requiresPermission(permission: "can_see", object: "label:{$this.labels.id}")
}
type Label { id: ID! }
`;

/** What nobody has waited for when the event loop went on: by default the process ends at the first. */
const left: unknown[] = [];
const leave = (reason: unknown) => left.push(reason);
beforeAll(() => void process.on('unhandledRejection', leave));
afterAll(() => void process.off('unhandledRejection', leave));

const turn = () => new Promise((resolve) => setImmediate(resolve));
const fails = async () => {
  throw new Error('It failed.');
};

/** As over a network: the answer takes some turns of the event loop. */
function distant(kind: 'allowed' | 'denied'): PosternClient {
  return {
    decide: async (checks) => {
      for (let turns = 0; turns < 5; turns += 1) await turn();
      return checks.map((): Decision => ({ kind }));
    },
  };
}

const later = () => turn().then(() => ({ id: '1' }));

/** What is asked for, and the track that has it: begun already, and failing. */
const rows: readonly (readonly [string, () => object])[] = [
  ['{ track { own } }', () => ({ own: fails() })],
  ['{ track { read } }', () => ({ begun: fails() })],
  ['{ track { some } }', () => ({ some: [1, fails()] })],
  ['{ track { labelled } }', () => ({ labels: () => [later(), fails(), fails()] })],
  ['{ list { id } }', () => ({})],
  ['{ list { own read } }', () => ({ own: fails(), begun: fails() })],
  ['{ mine { id } }', () => ({})],
  ['{ mine { own read } }', () => ({ own: fails(), begun: fails() })],
];

describe.each(['allowed', 'denied'] as const)('promises that fail while it is asked whether it is %s', (kind) => {
  test.each(rows)('end no process: %s', async (source, more) => {
    const track = () => ({ id: '1', ...more() });
    const lists = { list: () => [fails(), track()], mine: () => [track(), fails()] };
    const resolvers = {
      Query: { track, ...lists },
      Track: { read: ({ begun }: { begun: Promise<number> }) => begun },
    };
    for (const isReplaced of [false, true]) {
      left.length = 0;
      const schema = guard(subgraph(typeDefs, resolvers as never), distant(kind));
      const fields = schema.getQueryType()?.getFields();
      if (isReplaced)
        for (const name of ['list', 'mine'] as const) Object.assign(fields?.[name] ?? {}, { resolve: lists[name] });
      const { errors } = await ask(schema, source);
      for (let turns = 0; turns < 3; turns += 1) await turn();
      expect([errors.length > 0, left.length]).toEqual([true, 0]);
    }
  });
});

test('what begins when it is asked for is not begun for those who are denied', async () => {
  const begun: string[] = [];
  class Lazy extends Promise<number> {
    // biome-ignore lint/suspicious/noThenProperty: it is about promises that begin here
    override then: Promise<number>['then'] = (...handlers) => {
      begun.push('subclass');
      return Promise.resolve(42).then(...handlers);
    };
  }
  const query = {
    id: '1',
    get own() {
      begun.push('getter');
      return 42;
    },
    // biome-ignore lint/suspicious/noThenProperty: it is about builders of queries, which begin here
    builder: { then: () => begun.push('builder') },
    lazy: new Lazy(() => undefined),
  };
  const schema = guard(subgraph(typeDefs, { Query: { track: () => query } }), distant('denied'));
  expect(await ask(schema, '{ track { own } }')).toMatchObject({ errors: ['FORBIDDEN track.own'] });
  expect(begun).toEqual([]);
});
