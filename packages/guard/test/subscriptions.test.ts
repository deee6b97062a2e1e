import { normalizedExecutor } from '@graphql-tools/executor';
import { type ExecutionArgs, type ExecutionResult, type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { describe, expect, test } from 'vitest';
import { answerOf, guard, subgraph } from './support/guarded-subgraph.ts';
import { type RecordingClient, recordingClient } from './support/recording-client.ts';

const typeDefs = `
type Query { a: Int }
type Subscription {
  plays(id: ID!): Int @requiresPermission(permission: "can_view_stats", object: "track:{$args.id}")
  quiet(id: ID!): Int @requiresPermission(permission: "can_view_stats", object: "track:{$args.id}", onDeny: "NULL")
  changed: Track
}
type Track @key(fields: "id") { id: ID! royalties: Int @requiresPermission(permission: "can_view_royalties") }
`;

interface Stream {
  readonly schema: GraphQLSchema;
  readonly log: string[];
}

function stream(client: RecordingClient): Stream {
  const log: string[] = [];
  async function* source(events: readonly unknown[]) {
    log.push('opened');
    try {
      yield* events;
    } finally {
      log.push('closed');
    }
  }
  const numbers = { subscribe: () => source([1, 2, 3]), resolve: (event: number) => event * 10 };
  // One object for all events: no answer may hang on it.
  const same = { __typename: 'Track', id: '1', royalties: 5 };
  const changed = { subscribe: () => source([same, same, same]), resolve: (event: unknown) => event };
  const schema = subgraph(typeDefs, { Subscription: { plays: numbers, quiet: numbers, changed } });
  return { schema: guard(schema, client), log };
}

type Subscribe = (args: ExecutionArgs) => unknown;

const executors: Readonly<Record<string, Subscribe>> = {
  'graphql-js': (args) => subscribe(args),
  "Yoga's executor": (args) => normalizedExecutor(args),
};

/** All that a subscriber is told, to the end. */
async function listen(run: Subscribe, { schema }: Stream, source: string) {
  const result = await run({ schema, document: parse(source), contextValue: { token: 'Bearer ann' } });
  if (!isAsyncIterable(result)) return [answerOf(result as ExecutionResult)];
  const events = [];
  for await (const event of result) events.push(answerOf(event as ExecutionResult));
  return events;
}

describe.each(Object.entries(executors))('%s', (_name, run) => {
  test('every event is asked for anew', async () => {
    const client = recordingClient(() => true);
    const made = stream(client);
    const events = await listen(run, made, 'subscription { plays(id: 1) }');
    expect(events).toEqual([10, 20, 30].map((plays) => ({ data: { plays }, errors: [] })));
    expect(client.calls).toHaveLength(4);
    expect(made.log).toEqual(['opened', 'closed']);
  });

  test('nobody opens a source that they may not have', async () => {
    for (const kind of [false, 'undecided', 'unauthenticated'] as const) {
      const made = stream(recordingClient(() => kind));
      const [answer, ...more] = await listen(run, made, 'subscription { plays(id: 1) }');
      const code =
        kind === false ? 'FORBIDDEN' : kind === 'undecided' ? 'AUTHORIZATION_UNAVAILABLE' : 'UNAUTHENTICATED';
      expect([answer?.data, answer?.errors, more]).toEqual([null, [`${code} plays`], []]);
      expect(made.log).toEqual([]);
    }
  });

  test('NULL opens no source either', async () => {
    const made = stream(recordingClient(() => false));
    expect(await listen(run, made, 'subscription { quiet(id: 1) }')).toEqual([
      { data: null, errors: ['FORBIDDEN quiet'] },
    ]);
    expect(made.log).toEqual([]);
  });

  test.each([
    [false, 'FORBIDDEN'],
    ['unauthenticated', 'UNAUTHENTICATED'],
  ] as const)('the stream ends with the first event that is refused: %s', async (kind, code) => {
    const client: RecordingClient = recordingClient(() => client.calls.length < 3 || kind);
    const made = stream(client);
    const events = await listen(run, made, 'subscription { plays(id: 1) }');
    expect(events).toEqual([
      { data: { plays: 10 }, errors: [] },
      { data: { plays: null }, errors: [`${code} plays`] },
    ]);
    expect(made.log).toEqual(['opened', 'closed']);
  });

  test('the stream goes on after an event that is undecided', async () => {
    const client: RecordingClient = recordingClient(() => (client.calls.length === 3 ? 'undecided' : true));
    const events = await listen(run, stream(client), 'subscription { plays(id: 1) }');
    expect(events).toEqual([
      { data: { plays: 10 }, errors: [] },
      { data: { plays: null }, errors: ['AUTHORIZATION_UNAVAILABLE plays'] },
      { data: { plays: 30 }, errors: [] },
    ]);
  });

  test('below a field without guards, too, every event is decided anew', async () => {
    const client: RecordingClient = recordingClient(() => client.calls.length === 2);
    const events = await listen(run, stream(client), 'subscription { changed { royalties } }');
    expect(events.map(({ data }) => data)).toEqual([null, 5, null].map((royalties) => ({ changed: { royalties } })));
  });

  test('a subscriber who leaves closes the source', async () => {
    const made = stream(recordingClient(() => true));
    const document = parse('subscription { plays(id: 1) }');
    const result = await run({ schema: made.schema, document, contextValue: { token: 'Bearer ann' } });
    if (!isAsyncIterable(result)) throw new Error('There is no stream.');
    for await (const _event of result) break;
    expect(made.log).toEqual(['opened', 'closed']);
  });
});

test('a subscription that is executed without a stream is guarded as well', async () => {
  const { schema } = stream(recordingClient(() => false));
  const answer = await graphql({
    schema,
    source: 'subscription { plays(id: 1) }',
    rootValue: 7,
    contextValue: { token: 'x' },
  });
  expect(answerOf(answer)).toEqual({ data: { plays: null }, errors: ['FORBIDDEN plays'] });
});

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
