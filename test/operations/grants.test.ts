import { beforeAll, describe, expect, test } from 'vitest';
import { formatRelationship } from '../../src/model/relationship.ts';
import { formatSubjectRef } from '../../src/model/subject-ref.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import { dsl, object, relationship } from '../support/parse.ts';
import { memoryAndReplica, operator, publish, signedIn, usePosternOn, write } from '../support/postern.ts';

describe.each(memoryAndReplica)('on %s', (store) => {
  const postern = usePosternOn(store);

  beforeAll(async () => {
    const types = {
      user: {},
      service: {},
      doc: {
        owner: '[user]',
        manager: '[user]',
        guard: '[user with late]',
        viewer: '[user]',
        editor: '[user]',
        secret: '[user]',
        broken: '[user]',
        can_grant_viewer: 'owner',
        can_grant_secret: 'guard',
        can_grant_broken: '[user with early]',
        can_edit: 'editor',
        can_manage_access: 'manager',
      },
      open: { viewer: '[user]', can_manage_access: '[user:*]' },
      closed: { owner: '[user]', viewer: '[user]', can_grant: 'owner' },
    };
    const conditions = { late: '(hour: int) {\n  hour > 17\n}', early: '(hour: int) {\n  10 / hour > 17\n}' };
    await publish(postern(), dsl(types, conditions));
    await write(postern(), [
      ...['doc:1#owner@user:olga', 'doc:1#manager@user:mia', 'doc:1#editor@user:ed', 'doc:1#viewer@user:vic'],
      ...['open:1#can_manage_access@user:*', 'closed:1#owner@user:olga'],
      relationship('doc:1#guard@user:gus', { condition: ['late', {}] }),
      relationship('doc:1#can_grant_broken@user:gus', { condition: ['early', {}] }),
    ]);
  });

  function needs(permission: string, on: string) {
    return { kind: 'forbidden', message: `This needs the permission "${permission}" on "${on}".` };
  }

  const missing = {
    kind: 'undecided',
    problem: { code: 'MISSING_CONTEXT', message: 'The condition "late" needs the parameter "hour".' },
  };

  const yes = 'yes';
  const own = needs('can_grant_viewer', 'doc:1');
  const manage = needs('can_manage_access', 'doc:1');

  const table: readonly [who: string, actor: Actor, role: string, outcome: unknown][] = [
    ['with can_grant_viewer', signedIn('user:olga'), 'doc:1#viewer', yes],
    ['with can_grant_viewer, for another role', signedIn('user:olga'), 'doc:1#editor', manage],
    ['with can_manage_access', signedIn('user:mia'), 'doc:1#editor', yes],
    ['with can_manage_access, where can_grant_viewer says who', signedIn('user:mia'), 'doc:1#viewer', own],
    ['with can_manage_access, for itself', signedIn('user:mia'), 'doc:1#manager', yes],
    ['with the role itself', signedIn('user:ed'), 'doc:1#editor', manage],
    ['with nothing', signedIn('user:eve'), 'doc:1#viewer', own],
    [
      'with can_grant_viewer on another object',
      signedIn('user:olga'),
      'doc:2#viewer',
      needs('can_grant_viewer', 'doc:2'),
    ],
    ['of another type', signedIn('service:olga'), 'doc:1#viewer', own],
    ['of a type that the model does not know', signedIn('ghost:olga'), 'doc:1#viewer', own],
    ['anybody, where everybody may', signedIn('user:eve'), 'open:1#viewer', yes],
    ['but of no other type', signedIn('service:s'), 'open:1#viewer', needs('can_manage_access', 'open:1')],
    [
      'where the type defines neither',
      signedIn('user:olga'),
      'closed:1#viewer',
      needs('can_manage_access', 'closed:1'),
    ],
    ['whose right is undecided', signedIn('user:gus'), 'doc:1#secret', missing],
    ['whose token decides it', signedIn('user:gus', { hour: 18 }), 'doc:1#secret', yes],
    ['whose token denies it', signedIn('user:gus', { hour: 3 }), 'doc:1#secret', needs('can_grant_secret', 'doc:1')],
    [
      'whose token is no answer',
      signedIn('user:gus', { hour: 'x' }),
      'doc:1#secret',
      { kind: 'undecided', problem: { code: 'INVALID_CONTEXT' } },
    ],
    [
      'whose condition fails',
      signedIn('user:gus', { hour: 0 }),
      'doc:1#broken',
      { kind: 'undecided', problem: { code: 'CONDITION_FAILED' } },
    ],
    ['at the console', operator, 'closed:1#viewer', yes],
  ];

  async function stored(role: string): Promise<readonly string[]> {
    const [of = '', relation] = role.split('#');
    const page = await postern().store.readRelationships({ object: object(of), relation }, 100, undefined);
    return page.relationships.map((one) => formatRelationship(one.relationship)).toSorted();
  }

  describe.each(table)('an actor %s', (_who, actor, role, outcome) => {
    const input = { relationship: relationship(`${role}@user:new`), reason: undefined, idempotency: undefined };

    test(`grants ${role}`, async () => {
      const before = await stored(role);
      const result = await grantRole(postern(), actor, input);
      expect(result).toMatchObject(outcome === yes ? { ok: true } : { ok: false, problem: outcome });
      const after = outcome === yes ? [...before, `${role}@user:new`].toSorted() : before;
      expect(await stored(role)).toEqual(after);
      if (outcome === yes) await write(postern(), [], [`${role}@user:new`]);
    });

    test(`revokes ${role}`, async () => {
      await write(postern(), [`${role}@user:new`]);
      const before = await stored(role);
      const result = await revokeRole(postern(), actor, input);
      expect(result).toMatchObject(outcome === yes ? { ok: true } : { ok: false, problem: outcome });
      const after = outcome === yes ? before.filter((text) => text !== `${role}@user:new`) : before;
      expect(await stored(role)).toEqual(after);
      if (outcome !== yes) await write(postern(), [], [`${role}@user:new`]);
    });
  });

  describe('what does not exist is not forbidden, it is unknown', () => {
    test.each<[text: string, code: string]>([
      ['dco:1#viewer@user:new', 'UNKNOWN_TYPE'],
      ['doc:1#viewr@user:new', 'UNKNOWN_RELATION'],
      ['doc:1#viewer@usr:new', 'UNKNOWN_TYPE'],
      ['doc:1#viewer@service:new', 'INVALID_RELATIONSHIP'],
      ['doc:1#viewer@user:*', 'INVALID_RELATIONSHIP'],
      ['doc:1#can_edit@user:new', 'INVALID_RELATIONSHIP'],
      ['doc:1#constructor@user:new', 'UNKNOWN_RELATION'],
    ])('%s: %s', async (text, code) => {
      const input = { relationship: relationship(text), reason: undefined, idempotency: undefined };
      for (const actor of [signedIn('user:eve'), operator]) {
        expect(await grantRole(postern(), actor, input)).toMatchObject({
          problem: { kind: 'invalid', errors: [{ code }] },
        });
      }
    });

    test('a role that nobody has cannot be revoked, which only those learn who may revoke it', async () => {
      const input = {
        relationship: relationship('doc:1#viewer@user:nobody'),
        reason: undefined,
        idempotency: undefined,
      };
      const notFound = { kind: 'invalid', errors: [{ code: 'NOT_FOUND' }] };
      expect(await revokeRole(postern(), signedIn('user:olga'), input)).toMatchObject({ problem: notFound });
      expect(await revokeRole(postern(), signedIn('user:eve'), input)).toMatchObject({ problem: own });
    });
  });

  test('a grant says by whom and when, as the relationship does afterwards', async () => {
    const input = { relationship: relationship('doc:1#viewer@user:dated'), reason: 'because', idempotency: undefined };
    const granted = await grantRole(postern(), signedIn('user:olga'), input);
    const filter = { object: object('doc:1'), relation: 'viewer', subject: input.relationship.subject };
    const { relationships } = await postern().store.readRelationships(filter, 1, undefined);
    const [kept] = relationships.map((one) => one.relationship);
    const createdBy = kept?.createdBy === undefined ? undefined : formatSubjectRef(kept.createdBy);
    const outcome = { createdBy, createdAt: kept?.createdAt.toISOString() };
    expect(granted).toMatchObject({ ok: true, value: { outcome } });
    expect(createdBy).toBe('user:olga');
  });

  test('a right that is taken away at the same time counts before it and not after', async () => {
    const right = relationship('doc:race#owner@user:olga');
    for (let round = 0; round < 30; round++) {
      await write(postern(), [right]);
      const input = {
        relationship: relationship(`doc:race#viewer@user:${round}`),
        reason: undefined,
        idempotency: undefined,
      };
      const grant = () => grantRole(postern(), signedIn('user:olga'), input);
      const early = round % 2 === 0 ? grant() : undefined;
      const revoking = write(postern(), [], [right]);
      const granted = await (early ?? grant());
      const revoked = await revoking;
      if (granted.ok) expect(granted.value.token.revision).toBeLessThan(revoked.revision);
      else expect(granted.problem).toEqual(needs('can_grant_viewer', 'doc:race'));
    }
  });
});
