import { afterAll, beforeAll, expect, test } from 'vitest';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { modelImpact } from '../../src/operations/models/model-impact.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { dsl } from '../support/parse.ts';
import { activate, done, operator } from '../support/postern.ts';
import { type PosternServer, startPosternServer } from '../support/postern-server.ts';

const types = { user: {}, doc: { owner: '[user]', can_view: 'owner' } };
const store = `name: docs
model: |
${dsl(types).replaceAll(/^/gm, '  ')}
tuples:
  - { user: user:ann, relation: owner, object: doc:1 }
`;

let database: TestDatabase;
let server: PosternServer;
beforeAll(async () => {
  database = await createDatabase();
  server = await startPosternServer({ databaseUrl: database.url, store });
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const ready = async () => {
  const { status, text } = await server.send('/health/ready');
  return { code: status, ...(JSON.parse(text) as { status: string; reason?: string }) };
};
const mayView = async () =>
  (
    await server.ask(
      '{ viewer { decisions(checks: [{ permission: "can_view", object: "doc:1" }]) { allowed error { code } } } }',
      { as: 'user:ann' },
    )
  ).text;

/** Puts a model into the database past all that asks, as an older version may have done, and lets it decide. */
async function forceModel(text: string): Promise<number> {
  const owner = connectAsOwner(database.url);
  const [row] = await owner<{ id: number }[]>`insert into model (dsl) values (${text}) returning id`;
  if (row === undefined) throw new Error('The model was not stored.');
  await owner`update store set active_model = ${row.id}`;
  await owner.end();
  return row.id;
}

test('a model that cannot be used decides nothing, is said at the door, and the one before can be gone back to', async () => {
  const { postern } = server.running;
  expect([await ready(), await mayView()]).toMatchObject([
    { status: 'ready' },
    expect.stringContaining('"allowed":true'),
  ]);
  const id = await forceModel(dsl({ ...types, doc: { ...types.doc, can_view: 'ownr' } }));
  expect(await mayView()).toContain('AUTHORIZATION_UNAVAILABLE');
  expect(await ready()).toMatchObject({
    code: 503,
    status: 'not ready',
    reason: `The active authorization model ${id} cannot be used (INVALID_MODEL); activate another one: npm run postern -- model activate ID`,
  });
  const impact = done(await modelImpact(postern, operator, { from: undefined, to: 1 }));
  expect(impact?.diff.length).toBeGreaterThan(0);
  await activate(postern, 1);
  expect([await ready(), await mayView()]).toMatchObject([
    { status: 'ready' },
    expect.stringContaining('"allowed":true'),
  ]);
  const refused = await activateModel(postern, operator, { id, reason: undefined });
  expect(refused).toMatchObject({ ok: false, problem: { errors: [{ code: 'INVALID_MODEL' }] } });
});

test('a newest model that cannot be used keeps nobody from trying others', async () => {
  const { postern } = server.running;
  await forceModel(dsl({ ...types, doc: { ...types.doc, can_view: 'ownr' } }));
  await activate(postern, 1);
  const changed = dsl({ ...types, doc: { ...types.doc, can_view: 'owner', can_edit: 'owner' } });
  const input = { source: { kind: 'dsl', dsl: changed }, activate: false, dryRun: true, reason: undefined } as const;
  const { outcome } = done(await publishModel(postern, operator, input));
  expect(outcome.preview.diff).toMatchObject([{ what: 'relation', relation: 'can_edit', change: 'added' }]);
});

test('a model that broke no rule when it was published goes on to decide', async () => {
  await forceModel(dsl({ ...types, doc: { owner: '[user] or helper', helper: '[user] or owner', can_view: 'owner' } }));
  expect([await ready(), await mayView()]).toMatchObject([
    { status: 'ready' },
    expect.stringContaining('"allowed":true'),
  ]);
  await activate(server.running.postern, 1);
});

test('on an empty database everything is new', async () => {
  const empty = await createDatabase();
  const fresh = await startPosternServer({ databaseUrl: empty.url });
  const input = { source: { kind: 'dsl', dsl: dsl(types) }, activate: false, dryRun: true, reason: undefined } as const;
  const { outcome } = done(await publishModel(fresh.running.postern, operator, input));
  expect(outcome.preview.diff).toContainEqual({ what: 'type', type: 'doc', change: 'added' });
  await fresh.stop();
  await empty.drop();
});
