import { afterAll, beforeAll, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { type PosternServer, startPosternServer } from '../support/postern-server.ts';

const store = `model: |
  model
    schema 1.1
  type user
  type doc
    relations
      define can_view: [user with early]
  condition early(current_time: timestamp) {
    current_time < timestamp("2020-01-01T00:00:00Z")
  }
tuples:
  - { user: "user:ann", relation: can_view, object: "doc:1", condition: { name: early } }
`;

const databaseUrl = useDatabase();
let postern: PosternServer;

beforeAll(async () => {
  const claims = { current_time: '2019-01-01T00:00:00Z' };
  postern = await startPosternServer({ databaseUrl: databaseUrl(), store, claims });
});

afterAll(() => postern?.stop());

test('a claim of a token does not turn back the clock', async () => {
  const { data, errors } = await postern.ask('{ viewer { can(permission: "can_view", object: "doc:1") } }', {
    as: 'user:ann',
  });
  expect({ data, errors }).toMatchObject({ data: { viewer: { can: false } } });
});
