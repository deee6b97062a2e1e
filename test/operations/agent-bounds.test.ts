import { beforeAll, describe, expect, test } from 'vitest';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { acts } from '../support/firm.ts';
import { context, dsl, object, subject } from '../support/parse.ts';
import { done, memoryAndReplica, publish, signedIn, usePosternOn, write } from '../support/postern.ts';

describe.each(memoryAndReplica)('on %s', (store) => {
  const postern = usePosternOn(store);
  const { grant, revoke, limit } = acts(postern);

  const model = dsl({
    user: {},
    platform: {},
    team: { member: '[user]' },
    agent: {
      principal: '[user, team#member]',
      suspended: '[user]',
      team: '[team]',
      can_act_for: '(principal or member from team) but not suspended',
      manager: '[user, agent]',
      can_manage_access: 'manager',
    },
    doc: { editor: '[user, agent]', can_edit: 'editor' },
  });

  const bot = { kind: 'agent', object: object('agent:bot'), context: context({}), permission: 'can_act_for' };
  const ann = { ...signedIn('user:ann'), delegate: bot } as Actor;
  const end = new Date('2099-01-01T00:00:00Z');

  beforeAll(async () => {
    await publish(postern(), model);
    const managed = ['agent:bot', 'agent:other'].flatMap((agent) => [
      ...[`${agent}#manager@user:ann`, `${agent}#manager@agent:bot`],
      ...[`${agent}#principal@user:ben`, `${agent}#suspended@user:ben`, `${agent}#team@team:a`],
    ]);
    await write(postern(), [...managed, 'agent:bot#principal@user:ann', 'doc:1#editor@user:ann']);
  });

  const refused = { ok: false, problem: { kind: 'invalid', errors: [{ code: 'DELEGATE_NOT_ALLOWED' }] } };

  type Act = (agent: string) => Promise<{ readonly ok: boolean }>;

  /** All of it is theirs to manage, both of them; and on another agent it is done. */
  describe('an agent has no say in for whom it may act', () => {
    test.each<[what: string, act: Act]>([
      ['somebody more', (agent) => grant(ann, `${agent}#principal@user:cat`)],
      ['a set of them', (agent) => grant(ann, `${agent}#principal@team:b#member`)],
      ['a link to them', (agent) => grant(ann, `${agent}#team@team:b`)],
      ['for longer', (agent) => limit(ann, `${agent}#principal@user:ben`, end)],
      ['what keeps it from somebody, taken away', (agent) => revoke(ann, `${agent}#suspended@user:ben`)],
      ['somebody less', (agent) => revoke(ann, `${agent}#principal@user:ben`)],
    ])('%s', async (_what, act) => {
      expect(await act('agent:bot')).toMatchObject(refused);
      expect(await act('agent:other')).toMatchObject({ ok: true });
    });
  });

  test('of the one that it may not act for any more, it is told nothing else', async () => {
    const question = { subject: subject('user:ann'), permission: 'can_edit', object: object('doc:1') };
    const explain = async () =>
      done(await explainPermission(postern(), ann, { ...question, context: context({}), contextual: [] }));
    const parts = async () => (await explain()).parts.map(({ kind, decision }) => [kind, decision.kind]);
    expect(await parts()).toEqual([
      ['subject', 'allowed'],
      ['delegate', 'denied'],
      ['acting', 'allowed'],
    ]);
    await write(postern(), [], ['agent:bot#principal@user:ann']);
    expect(await parts()).toEqual([['acting', 'denied']]);
    expect((await explain()).text).not.toContain('user:ann has can_edit');
  });
});
