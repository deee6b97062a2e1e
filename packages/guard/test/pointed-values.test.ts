import { describe, expect, test } from 'vitest';
import { allowOnly } from '../src/testing.ts';
import { ask, guard, subgraph } from './support/guarded-subgraph.ts';
import { recordingClient } from './support/recording-client.ts';

const typeDefs = `
type Query { track: Track tracks: [Track] @requiresPermission(permission: "can_see", onDeny: "FILTER") }
type Track @key(fields: "id") {
  id: ID!
  secret: Int @requiresPermission(permission: "can_see")
  labelled: Int @requiresPermission(permission: "can_see", object: "label:{$this.label.id}")
  grouped: Int @requiresPermission(permission: "can_see", object: "label:{$this.groups.id}")
  label: Label
  groups: [[Label]]
}
type Label { id: ID! }
`;

/** What drivers of databases have for an id. */
class ObjectId {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toJSON() {
    return this.#text;
  }
}

/** An object that can be gone through is one object all the same. */
class Album {
  readonly id: unknown;
  readonly secret = 42;
  readonly labelled = 42;
  constructor(id: unknown) {
    this.id = id;
  }
  *[Symbol.iterator]() {
    yield { id: 'mine' };
  }
}

async function asked(track: unknown, source: string): Promise<readonly string[]> {
  const client = recordingClient(() => true);
  const schema = guard(subgraph(typeDefs, { Query: { track: () => track, tracks: () => [track] } }), client);
  expect((await ask(schema, source)).errors).toEqual([]);
  return client.calls.flatMap(({ checks }) => checks);
}

describe('guards ask about what is written in the answer', () => {
  test.each<readonly [string, unknown, string]>([
    ['a text', '7', '7'],
    ['a number', 7, '7'],
    ['no negative zero', -0, '0'],
    ['an object of a driver', new ObjectId('65f0'), '65f0'],
    ['a text that is an object', new String('12'), '12'],
    ['a number that is an object', new Number(12), '12'],
  ])('%s', async (_name, id, text) => {
    expect(await asked({ id, secret: 42 }, '{ track { id secret } }')).toEqual([`track:${text}#can_see`]);
    expect(await asked({ id: '1', label: { id } }, '{ track { labelled } }')).toEqual([`label:${text}#can_see`]);
    expect(await asked({ id }, '{ tracks { id } }')).toEqual([`track:${text}#can_see`]);
  });

  test('of an object, and not of its parts', async () => {
    expect(await asked(new Album('theirs'), '{ track { secret } }')).toEqual(['track:theirs#can_see']);
    expect(await asked({ label: new Album('theirs') }, '{ track { labelled } }')).toEqual(['label:theirs#can_see']);
    expect(await asked(new Album('theirs'), '{ tracks { __typename } }')).toEqual(['track:theirs#can_see']);
  });

  test('of each item, where the type says that it is a list', async () => {
    const groups = [[{ id: '1' }], new Set([{ id: '2' }, new Album('3')])];
    expect(await asked({ groups }, '{ track { grouped } }')).toEqual(
      ['1', '2', '3'].map((id) => `label:${id}#can_see`),
    );
  });
});

test.each<readonly [string, unknown, string]>([
  ['stands for nothing', {}, 'FORBIDDEN'],
  ['stands for an object', { toJSON: () => ({ id: 'mine' }) }, 'FORBIDDEN'],
  ['is a list', ['mine'], 'FORBIDDEN'],
  ['names functions, and has none', { valueOf: 'mine', toJSON: 'mine' }, 'FORBIDDEN'],
  ['is true', true, 'FORBIDDEN'],
  ['is not exact', 2 ** 53, 'FORBIDDEN'],
  ['fails', { toJSON: () => Promise.reject.call(undefined) }, 'AUTHORIZATION_UNAVAILABLE'],
])('an id that %s opens nothing', async (_name, id, code) => {
  const client = allowOnly(['track:mine#can_see', 'track:true#can_see', 'track:[object Object]#can_see']);
  const schema = guard(subgraph(typeDefs, { Query: { track: () => ({ id, secret: 42 }) } }), client);
  expect(await ask(schema, '{ track { secret } }')).toEqual({
    data: { track: { secret: null } },
    errors: [`${code} track.secret`],
  });
});
