import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import { type ConsistencyToken, tokenOf } from '../../src/model/consistency-token.ts';
import { checkPermissions } from '../../src/operations/access/check-permissions.ts';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import { listAccessibleObjects } from '../../src/operations/access/list-accessible-objects.ts';
import { listSubjectsWithAccess } from '../../src/operations/access/list-subjects-with-access.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { listAuditEvents } from '../../src/operations/audit/list-audit-events.ts';
import { watchRelationshipChanges } from '../../src/operations/live/watch-relationship-changes.ts';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { listModels } from '../../src/operations/models/list-models.ts';
import { readPublishedModel } from '../../src/operations/models/read-published-model.ts';
import type { Postern } from '../../src/operations/postern.ts';
import type { Refusal } from '../../src/operations/refusal.ts';
import { listRelationships } from '../../src/operations/relationships/list-relationships.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { reviewAccess } from '../../src/operations/reviews/review-access.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { offboardSubject } from '../../src/operations/roles/offboard-subject.ts';
import { retireObject } from '../../src/operations/roles/retire-object.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import type { Sql } from '../../src/store/postgres/sql.ts';
import { useDatabase } from '../support/database.ts';
import { connectAsOwner } from '../support/owner-sql.ts';
import { check, dsl, object, relationship, subject } from '../support/parse.ts';
import { everyEvent, publish, signedIn, usePostern, write } from '../support/postern.ts';

const database = useDatabase();
const postern = usePostern(database);
let owner: Sql;
let model: number;

const rights = [
  'can_check_any_subject',
  'can_read_relationships',
  'can_write_relationships',
  'can_publish_model',
  'can_read_model',
  'can_read_audit_log',
  'can_read_own_audit_log',
];
const either = '[user, user with break_glass]';
const kinds = {
  user: {},
  platform: Object.fromEntries(rights.map((name) => [name, either])),
  doc: {
    viewer: '[user]',
    editor: '[user]',
    auditor: '[user]',
    must_keep: 'viewer',
    no_self_grant: 'auditor',
    can_grant_viewer: either,
    can_grant_auditor: either,
    can_review_access: either,
    can_grant_editor: either,
    can_read_audit_log: either,
    can_view: 'viewer or editor',
    support: either,
    can_open: 'support',
  },
};

beforeAll(async () => {
  owner = connectAsOwner(database());
  model = await publish(postern(), dsl(kinds, { break_glass: '(open: bool) { open }' }));
  const byGlass = (text: string, open = true) => relationship(text, { condition: ['break_glass', { open }] });
  const grants = ['can_grant_viewer', 'can_grant_auditor', 'can_grant_editor'];
  const onDoc = ['can_review_access', ...grants, 'can_read_audit_log'];
  await write(postern(), [
    ...rights.flatMap((name) => [`platform:main#${name}@user:admin`, byGlass(`platform:main#${name}@user:glass`)]),
    ...rights.map((name) => byGlass(`platform:main#${name}@user:whole`, false)),
    ...onDoc.flatMap((name) => [byGlass(`doc:1#${name}@user:helper`), `doc:1#${name}@user:owner`]),
    'doc:1#viewer@user:vera',
    ...['user:admin', 'user:ed', 'user:nobody'].map((user) => byGlass(`doc:1#support@${user}`)),
    'doc:2#support@user:admin',
    'doc:1#editor@user:ed',
  ]);
});

afterAll(() => owner.end());

type Read = (actor: Actor, on: Postern) => Promise<Result<unknown, Refusal>>;

const vera = subject('user:vera');
const none = { context: new Map(), contextual: [] };
const first = { first: 10, after: undefined };
const asked = { modelId: undefined };
const review = {
  role: undefined,
  subject: undefined,
  expiresBefore: undefined,
  withoutEnd: false,
  notHolding: undefined,
  includeContained: false,
  ...first,
};
const silent = { reason: undefined, idempotency: undefined };

async function firstChange(actor: Actor, on: Postern): Promise<Result<unknown, Refusal>> {
  const left = new AbortController();
  const { value } = await watchRelationshipChanges(on, actor, await beginning(on), left.signal).next();
  left.abort();
  if (value === undefined) throw new Error('The watch ended without an event.');
  return value;
}

const reads: Readonly<Record<string, Read>> = {
  checks: (actor, on) =>
    checkPermissions(on, actor, { checks: [check('doc:1#can_view@user:vera')], contextual: [], ...asked }),
  'checks under another model': (actor, on) =>
    checkPermissions(on, actor, { checks: [], contextual: [], ...asked, modelId: model }),
  'an explanation': (actor, on) =>
    explainPermission(on, actor, { subject: vera, permission: 'can_view', object: object('doc:1'), ...none }),
  'a list of objects': (actor, on) =>
    listAccessibleObjects(on, actor, { subject: vera, permission: 'can_view', type: 'doc', ...none, ...first }),
  'a list of subjects': (actor, on) =>
    listSubjectsWithAccess(on, actor, {
      object: object('doc:1'),
      permission: 'can_view',
      subjectType: 'user',
      subjectRelation: undefined,
      ...none,
      ...first,
    }),
  relationships: (actor, on) => listRelationships(on, actor, {}, { first: 10, after: undefined }),
  changes: firstChange,
  models: (actor, on) => listModels(on, actor, { first: 10, after: undefined }),
  'a model': (actor, on) => readPublishedModel(on, actor, {}),
  'the impact of a model': (actor, on) => activateModel(on, actor, { id: model, dryRun: true, reason: undefined }),
  'the audit log': (actor, on) => listAuditEvents(on, actor, everyEvent, { first: 10, after: undefined }),
  'the audit log of an object': (actor, on) =>
    listAuditEvents(on, actor, { ...everyEvent, object: object('doc:1') }, { first: 10, after: undefined }),
  'a review': (actor, on) => reviewAccess(on, actor, { object: object('doc:1'), ...review }),
  'the preview of an off-boarding': (actor, on) =>
    offboardSubject(on, actor, { subject: subject('user:ed'), dryRun: true, ...silent }),
  'the preview of a retirement': (actor, on) =>
    retireObject(on, actor, { object: object('doc:1'), dryRun: true, ...silent }),
};

/** Runs a read, and says what of it the log has as read by break-glass. */
async function recordedBy(read: Read, who: string) {
  const { length } = await postern().store.audit.head();
  const result = await read(signedIn(who), postern());
  const { events } = await postern().store.audit.events({ action: 'breakGlassRead', actor: who }, 100, undefined);
  return { result, noted: events.filter(({ id }) => id > length).map(({ after }) => after) };
}

const on = (name: string, ...permissions: readonly string[]) =>
  permissions.map((permission) => ({ object: name, permission }));
const platform = (...permissions: readonly string[]) => on('platform:main', ...permissions);

describe('what an admin reads by break-glass is in the audit log', () => {
  test.each<[what: string, who: string, noted: readonly unknown[]]>([
    ['checks', 'user:glass', platform('can_check_any_subject')],
    ['checks under another model', 'user:glass', platform('can_check_any_subject')],
    ['an explanation', 'user:glass', platform('can_check_any_subject', 'can_read_relationships')],
    ['a list of objects', 'user:glass', platform('can_check_any_subject')],
    ['a list of subjects', 'user:glass', platform('can_check_any_subject')],
    ['relationships', 'user:glass', platform('can_read_relationships')],
    ['changes', 'user:glass', platform('can_read_relationships')],
    ['models', 'user:glass', platform('can_read_model')],
    ['a model', 'user:glass', platform('can_read_model')],
    ['the impact of a model', 'user:glass', platform('can_publish_model', 'can_read_relationships')],
    ['the audit log', 'user:glass', platform('can_read_audit_log', 'can_read_own_audit_log')],
    ['the audit log of an object', 'user:helper', on('doc:1', 'can_read_audit_log')],
    ['a review', 'user:helper', on('doc:1', 'can_review_access')],
    ['a review', 'user:glass', platform('can_read_relationships')],
    ['the preview of an off-boarding', 'user:glass', platform('can_write_relationships')],
    ['the preview of an off-boarding', 'user:helper', on('doc:1', 'can_grant_editor')],
  ])('%s, by %s', async (what, who, noted) => {
    const { result, noted: found } = await recordedBy(readOf(what), who);
    expect(result).toMatchObject({ ok: true });
    expect(found).toEqual([noted]);
  });
});

test.each(Object.entries(reads))(
  '%s by a right of another kind, or by none, leaves nothing of it',
  async (_what, read) => {
    const byRight = await recordedBy(read, 'user:admin');
    expect(byRight).toMatchObject({ result: { ok: true }, noted: [] });
    const denied = await recordedBy(read, 'user:whole');
    expect(denied).toMatchObject({ result: { ok: false, problem: { kind: 'forbidden' } }, noted: [] });
  },
);

/** Questions about anybody, asked of `can_open`, which some hold by break-glass. */
const about: Readonly<Record<string, (asker: Actor, who: string, on: Postern) => Promise<Result<unknown, Refusal>>>> = {
  checks: (asker, who, postern) => {
    const checks = [check(`doc:1#can_open@${who}`), check(`doc:2#can_open@${who}`)];
    return checkPermissions(postern, asker, { checks, contextual: [], ...asked });
  },
  'an explanation': (asker, who, postern) =>
    explainPermission(postern, asker, {
      subject: subject(who),
      permission: 'can_open',
      object: object('doc:1'),
      ...none,
    }),
  'a list of objects': (asker, who, postern) =>
    listAccessibleObjects(postern, asker, {
      subject: subject(who),
      permission: 'can_open',
      type: 'doc',
      ...none,
      ...first,
    }),
};

describe('what somebody is told to hold themselves by break-glass is in the audit log, in questions about anybody', () => {
  test.each(Object.entries(about))('%s', async (_what, ask) => {
    const own = await recordedBy((asker, on) => ask(asker, 'user:admin', on), 'user:admin');
    expect(own).toMatchObject({ result: { ok: true }, noted: [on('doc:1', 'can_open')] });
    const ofAnother = await recordedBy((asker, on) => ask(asker, 'user:ed', on), 'user:admin');
    expect(ofAnother).toMatchObject({ result: { ok: true }, noted: [] });
  });

  test('a list of subjects that the asker is in', async () => {
    const list = (asker: Actor, name: string) =>
      listSubjectsWithAccess(postern(), asker, {
        ...{ object: object(name), permission: 'can_open', subjectType: 'user', subjectRelation: undefined },
        ...{ ...none, ...first },
      });
    const own = await recordedBy((asker) => list(asker, 'doc:1'), 'user:admin');
    expect(own).toMatchObject({ result: { ok: true }, noted: [on('doc:1', 'can_open')] });
    const byRole = await recordedBy((asker) => list(asker, 'doc:2'), 'user:admin');
    expect(byRole).toMatchObject({ result: { ok: true }, noted: [] });
  });

  test('an explanation to somebody without any other right', async () => {
    const own = await recordedBy((asker, on) => readOwn(asker, on), 'user:nobody');
    expect(own).toMatchObject({ result: { ok: true }, noted: [on('doc:1', 'can_open')] });
  });

  const readOwn: Read = (asker, on) =>
    explainPermission(on, asker, {
      subject: subject('user:nobody'),
      permission: 'can_open',
      object: object('doc:1'),
      ...none,
    });
});

/** Writes that change nothing, and tell what is stored. */
const idle: Readonly<Record<string, Read>> = {
  'to grant what is granted': (actor, on) =>
    grantRole(on, actor, { relationship: relationship('doc:1#editor@user:ed'), ...silent }),
  'to revoke what nobody has': (actor, on) =>
    revokeRole(on, actor, { relationship: relationship('doc:1#editor@user:vera'), ...silent }),
  'a precondition that is not met': (actor, on) =>
    writeRelationships(on, actor, {
      writes: [relationship('doc:9#viewer@user:ed')],
      deletes: [],
      preconditions: [{ relationship: relationship('doc:1#viewer@user:vera'), exists: false }],
      onDuplicate: 'ERROR',
      onMissing: 'ERROR',
      ...silent,
    }),
  'to take the last holder away': (actor, on) =>
    revokeRole(on, actor, { relationship: relationship('doc:1#viewer@user:vera'), ...silent }),
  'to give a role to oneself': (actor, on) =>
    grantRole(on, actor, { relationship: relationship('doc:1#auditor@user:helper'), ...silent }),
  'to write what is written': (actor, on) =>
    writeRelationships(on, actor, {
      writes: [relationship('doc:1#viewer@user:vera')],
      deletes: [relationship('doc:1#viewer@user:ed')],
      onDuplicate: 'IGNORE',
      onMissing: 'IGNORE',
      ...silent,
    }),
  'to activate a model that is not there': (actor, on) => activateModel(on, actor, { id: 999, reason: undefined }),
};

describe('a write that changes nothing tells what is stored: by break-glass, that is in the audit log', () => {
  test.each<[what: string, who: string, noted: readonly unknown[]]>([
    ['to grant what is granted', 'user:helper', on('doc:1', 'can_grant_editor')],
    ['to revoke what nobody has', 'user:helper', on('doc:1', 'can_grant_editor')],
    ['to take the last holder away', 'user:helper', on('doc:1', 'can_grant_viewer')],
    ['to give a role to oneself', 'user:helper', on('doc:1', 'can_grant_auditor')],
    ['a precondition that is not met', 'user:glass', platform('can_write_relationships', 'can_read_relationships')],
    ['to write what is written', 'user:glass', platform('can_write_relationships')],
    ['to activate a model that is not there', 'user:glass', platform('can_publish_model')],
  ])('%s, by %s', async (what, who, noted) => {
    const attempt = idle[what];
    if (attempt === undefined) throw new Error(`There is no write "${what}".`);
    const found = await recordedBy(attempt, who);
    expect(found.noted).toEqual([noted]);
    expect((await recordedBy(attempt, who === 'user:helper' ? 'user:owner' : 'user:admin')).noted).toEqual([]);
  });

  test('one that changes something has an event of its own', async () => {
    const grant: Read = (actor, on) =>
      grantRole(on, actor, { relationship: relationship('doc:1#editor@user:new'), ...silent });
    expect(await recordedBy(grant, 'user:helper')).toMatchObject({ result: { ok: true }, noted: [] });
  });
});

describe('when it cannot be recorded', () => {
  beforeAll(async () => {
    await owner`create trigger refuse before insert on audit_event for each statement execute function refuse_audit_change()`;
  });
  afterAll(() => owner`drop trigger refuse on audit_event`);

  test.each(Object.entries(reads))('%s is not answered', async (_what, read) => {
    const quiet = { ...postern(), report: () => undefined };
    const problem = { kind: 'undecided', problem: { code: 'AUTHORIZATION_UNAVAILABLE' } };
    expect(await read(signedIn('user:glass'), quiet)).toMatchObject({ ok: false, problem });
    expect(await read(signedIn('user:admin'), quiet)).toMatchObject({ ok: true });
  });
});

test('a watch records it when the right comes to rest on break-glass, and not with every read', async () => {
  const left = new AbortController();
  const { length } = await postern().store.audit.head();
  const events = watchRelationshipChanges(postern(), signedIn('user:glass'), await beginning(postern()), left.signal);
  for (let read = 0; read < 3; read++) {
    expect((await events.next()).value).toMatchObject({ ok: true });
    await write(postern(), [`doc:${read + 2}#viewer@user:vera`]);
  }
  left.abort();
  const after = await postern().store.audit.events({ action: 'breakGlassRead' }, 100, undefined);
  expect(after.events.filter(({ id }) => id > length)).toHaveLength(1);
});

function readOf(what: string): Read {
  const read = Object.entries(reads).find(([name]) => name === what)?.[1];
  if (read === undefined) throw new Error(`There is no read "${what}".`);
  return read;
}

/** Before everything that was written. */
async function beginning({ store }: Postern): Promise<ConsistencyToken> {
  const { identity } = await store.reader.withState((state) => state.position());
  return tokenOf({ identity, revision: 0, mark: undefined });
}
