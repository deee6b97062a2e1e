import { createSchema, createYoga } from 'graphql-yoga';
import { beforeEach, expect, test } from 'vitest';
import { requiresPermissionSDL } from '#guard/directive';
import { postern } from '#guard/hive-gateway';
import { RecordingClient } from './support/recording-client.ts';

const client = new RecordingClient();
let subscribed = 0;

const yoga = createYoga({
  logging: false,
  schema: createSchema({
    typeDefs: `${requiresPermissionSDL}
      type Query { free: Int }
      type Subscription {
        plays(id: ID!): Int @requiresPermission(permission: "can_listen", object: "track:{$args.id}", onDeny: "NULL")
      }`,
    resolvers: {
      Subscription: {
        plays: {
          async *subscribe() {
            subscribed += 1;
            yield { plays: 1 };
          },
        },
      },
    },
  }),
  plugins: [
    postern({ client, authorization: ({ request }: { request: Request }) => request.headers.get('authorization') }),
  ],
});

beforeEach(() => {
  subscribed = 0;
  client.calls.length = 0;
});

async function subscribe(token?: string): Promise<string> {
  const response = await yoga.fetch('http://yoga/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token !== undefined && { authorization: token }),
    },
    body: JSON.stringify({ query: 'subscription { plays(id: 1) }' }),
  });
  return response.text();
}

test('a subscription that is allowed runs', async () => {
  client.answer = () => ({ kind: 'allowed' });
  expect(await subscribe('Bearer eve')).toContain('{"data":{"plays":1}}');
  expect([subscribed, client.calls.length]).toEqual([1, 1]);
});

test.each([
  ['denied', 'FORBIDDEN'],
  ['unauthenticated', 'UNAUTHENTICATED'],
  ['undecided', 'AUTHORIZATION_UNAVAILABLE'],
] as const)('a subscription that is %s does not start', async (kind, code) => {
  client.answer = () => (kind === 'undecided' ? { kind, reason: 'secret reason' } : { kind });
  const text = await subscribe('Bearer eve');
  expect(text).toContain(`"code":"${code}"`);
  expect(text).not.toMatch(/"plays":|secret/);
  expect(subscribed).toBe(0);
});

test('without a token nobody is asked', async () => {
  client.answer = () => ({ kind: 'allowed' });
  expect(await subscribe()).toContain('"code":"UNAUTHENTICATED"');
  expect([subscribed, client.calls.length]).toEqual([0, 0]);
});
