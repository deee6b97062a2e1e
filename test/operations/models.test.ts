import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelSource } from '../../src/model/model-source.ts';
import { checkPermissions } from '../../src/operations/access/check-permissions.ts';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { readPublishedModel } from '../../src/operations/models/read-published-model.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { check, dsl } from '../support/parse.ts';
import { done, operator, signedIn, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
let sql: Sql;

beforeAll(() => {
  sql = connectAsOwner(database(), 1);
});

afterAll(() => sql.end());

const base = { user: {}, platform: { admin: '[user]', can_publish_model: 'admin', can_read_model: 'admin' } };
const first = dsl({ ...base, doc: { viewer: '[user]' } });
const second = dsl({ ...base, doc: { owner: '[user]', viewer: 'owner' } });
const ann = signedIn('user:ann');

function publishing(text: string, options: { readonly activate?: boolean; readonly dryRun?: boolean } = {}) {
  const source: ModelSource = { kind: 'dsl', dsl: text };
  return { source, activate: false, dryRun: false, reason: 'because', ...options };
}

async function active(): Promise<number | undefined> {
  return (await postern().store.readModel(undefined))?.id;
}

async function lastEvent() {
  const [event] =
    await sql`select actor, action, model, before, after, reason, request_id from audit_event order by id desc limit 1`;
  return event;
}

async function decide(text: string, modelId?: number): Promise<string> {
  const input = { checks: [check(text)], contextual: [], modelId };
  const result = await checkPermissions(postern(), operator, input);
  return result.ok ? outcomeOf(result.value.decisions[0]) : JSON.stringify(result.problem);
}

test('before there is a model, only the console can publish one', async () => {
  const early = await publishModel(postern(), ann, publishing(first)).catch(() => ({ ok: false }));
  expect(early.ok).toBe(false);
  expect(await active()).toBeUndefined();
  const { outcome, token } = done(await publishModel(postern(), operator, publishing(first, { activate: true })));
  expect(outcome).toMatchObject({ dsl: first, active: true });
  expect(token.revision).toBe(1);
  expect(await active()).toBe(outcome.id);
  await write(postern(), ['platform:main#admin@user:ann', 'doc:1#viewer@user:ann']);
});

test('a published model waits until it is activated; an earlier one can come back', async () => {
  const before = await active();
  const { outcome } = done(await publishModel(postern(), ann, publishing(second)));
  expect(outcome).toMatchObject({ dsl: second, active: false });
  expect(await lastEvent()).toEqual({
    ...{ actor: 'user:ann', action: 'publishModel', model: before, before: [] },
    after: [{ model: outcome.id, digest: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    ...{ reason: 'because', request_id: 'request-1' },
  });
  expect([await active(), await decide('doc:1#viewer@user:ann')]).toEqual([before, 'allowed']);
  expect(await decide('doc:1#viewer@user:ann', outcome.id)).toBe('denied');

  const id = outcome.id ?? 0;
  const forward = done(await activateModel(postern(), ann, { id, reason: 'forward' }));
  expect(forward.outcome).toMatchObject({ id, dsl: second, active: true, createdBy: { object: { id: 'ann' } } });
  expect([await active(), await decide('doc:1#viewer@user:ann')]).toEqual([id, 'denied']);
  expect(await lastEvent()).toMatchObject({
    ...{ action: 'activateModel', model: id, before: [{ model: before }], after: [{ model: id }], reason: 'forward' },
  });

  done(await activateModel(postern(), ann, { id: before ?? 0, reason: undefined }));
  expect([await active(), await decide('doc:1#viewer@user:ann')]).toEqual([before, 'allowed']);
});

test('publishing and activating is one event', async () => {
  const before = await active();
  const { outcome } = done(await publishModel(postern(), ann, publishing(second, { activate: true })));
  expect(await active()).toBe(outcome.id);
  expect(await lastEvent()).toMatchObject({ action: 'publishAndActivateModel', model: outcome.id });
  done(await activateModel(postern(), ann, { id: before ?? 0, reason: undefined }));
});

test('a dry run says what would be stored, and stores nothing', async () => {
  const before = [await active(), await lastEvent()];
  const { outcome } = done(await publishModel(postern(), ann, publishing(second, { activate: true, dryRun: true })));
  expect(outcome).toMatchObject({ id: undefined, dsl: second, active: false });
  expect([await active(), await lastEvent()]).toEqual(before);
  const modules = [
    { name: 'core.fga', dsl: 'module core\ntype user\n' },
    { name: 'doc.fga', dsl: 'module doc\ntype doc\n  relations\n    define viewer: [user]\n' },
  ];
  const source: ModelSource = { kind: 'modules', modules };
  const merged = done(await publishModel(postern(), ann, { ...publishing(''), source, dryRun: true }));
  expect(merged.outcome.dsl).toContain('define viewer: [user]');
});

test('a dry run has the time of the state that it was tried on', async () => {
  const publish = async (dryRun: boolean) =>
    Date.parse(done(await publishModel(postern(), ann, publishing(second, { dryRun }))).outcome.createdAt);
  const times = [await publish(false), await publish(true), await publish(false)];
  expect(times).toEqual(times.toSorted((left, right) => left - right));
});

describe('what is refused changes nothing', () => {
  const broken = first.replace('viewer: [user]', 'viewer: [usr]');
  const unknown = { kind: 'invalid', errors: [{ code: 'UNKNOWN_MODEL', field: ['input', 'id'] }] };

  test.each([[{}], [{ activate: true }], [{ dryRun: true }]])('a model with a mistake, with %j', async (options) => {
    const before = [await active(), await lastEvent()];
    const message = '11:21: Unknown type "usr". Did you mean "user"?';
    const place = { module: undefined, line: 11, column: 21 };
    expect(await publishModel(postern(), ann, publishing(broken, options))).toEqual({
      ok: false,
      problem: { kind: 'invalid', errors: [{ code: 'INVALID_MODEL', message, field: ['input', 'dsl'], place }] },
    });
    expect([await active(), await lastEvent()]).toEqual(before);
  });

  test.each([[0], [-1], [999_999], [2 ** 31 - 1]])('the model %j', async (id) => {
    const before = [await active(), await lastEvent()];
    expect(await activateModel(postern(), ann, { id, reason: undefined })).toMatchObject({ problem: unknown });
    expect([await active(), await lastEvent()]).toEqual(before);
  });
});

test('a model is read by its id, and the active one without', async () => {
  const id = await active();
  expect(done(await readPublishedModel(postern(), ann, { id }))).toMatchObject({ id, dsl: first, active: true });
  expect(done(await readPublishedModel(postern(), ann, { id: 999_999 }))).toBeUndefined();
  expect(done(await readPublishedModel(postern(), ann, {}))).toMatchObject({ id });
});
