import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { createPosternClient, guardSchema } from '../src/index.ts';
import { allowOnly } from '../src/testing.ts';
import { catalog } from './support/catalog.ts';
import { answerOf, ask, guard, subgraph } from './support/guarded-subgraph.ts';
import { decisions, json, startTestServer } from './support/misbehaving-server.ts';
import { recordingClient } from './support/recording-client.ts';

test('a token that changes within one execution gets no answer of the other', async () => {
  const client = recordingClient((_check, authorization) => authorization === 'Bearer ann');
  let turn = 0;
  const authorization = () => (turn++ === 0 ? 'Bearer ann' : 'Bearer bob');
  const schema = guardSchema(catalog(), { client, authorization });
  const answer = answerOf(await graphql({ schema, source: '{ a: figures b: figures }' }));
  expect(answer).toEqual({ data: { a: 1, b: null }, errors: ['FORBIDDEN b'] });
  expect(client.calls.map((call) => call.authorization)).toEqual(['Bearer ann', 'Bearer bob']);
});

test('an item that fails takes no other item of a filtered list with it', async () => {
  const failing = () => Promise.reject(new Error('It failed.'));
  const schema = subgraph(
    `type Query { tracks: [Track] @requiresPermission(permission: "can_listen", onDeny: "FILTER") }
     type Track @key(fields: "id") { id: ID! }`,
    { Query: { tracks: () => [{ id: '1' }, failing(), { id: '2' }, new Error('It is none.'), { id: '3' }] } },
  );
  const client = allowOnly(['track:1#can_listen', 'track:3#can_listen']);
  const { data, errors } = await ask(guard(schema, client), '{ tracks { id } }');
  expect(data).toEqual({ tracks: [{ id: '1' }, null, null, { id: '3' }] });
  expect(errors).toEqual(['It failed. tracks.1', 'It is none. tracks.2']);
  expect(client.asked).toEqual([['track:1#can_listen', 'track:2#can_listen', 'track:3#can_listen']]);
});

test('a redirect is not followed to a server that allows everything', async () => {
  const generous = await startTestServer((response) => json(response, decisions({ allowed: true, error: null })));
  const server = await startTestServer((response) => response.writeHead(307, { location: generous.url }).end());
  const client = createPosternClient({ url: server.url });
  const answer = await client.decide([{ permission: 'can_edit', object: 'track:1' }], 'Bearer x');
  expect([answer.map(({ kind }) => kind), generous.requests]).toEqual([['undecided'], []]);
});

test('a field on the way to the object gets the defaults of its arguments', async () => {
  const schema = subgraph(
    `type Query { track: Track }
     type Track @key(fields: "id") {
       id: ID!
       code(kind: String = "isrc", upper: Boolean): ID
       title: String @requiresPermission(permission: "can_see", object: "code:{$this.code}")
     }`,
    {
      Query: { track: () => ({ id: '1', title: 'One' }) },
      Track: { code: (_track, args, _context, info) => `${Object.entries(args)}/${info.parentType}.${info.fieldName}` },
    },
  );
  const client = allowOnly([]);
  await ask(guard(schema, client), '{ track { title } }');
  expect(client.asked).toEqual([['code:kind,isrc/Track.code#can_see']]);
});
