import { beforeAll, describe, expect, test } from 'vitest';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { acts } from '../support/firm.ts';
import { context, dsl, object, subject } from '../support/parse.ts';
import { done, memoryAndReplica, publish, signedIn, usePosternOn, write } from '../support/postern.ts';

describe.each(memoryAndReplica)('on %s', (store) => {
  const postern = usePosternOn(store);
  const { grant, revoke, limit, transfer, putOff } = acts(postern);

  const model = dsl({
    user: {},
    platform: {},
    team: { lead: '[user, agent]', member: '[user, team#member]', can_manage_access: 'lead' },
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

  /** Both lead all of the teams. */
  describe('nor by what it writes on other objects', () => {
    const led = ['mine', 'inner', 'free', 'crowd'].map((team) => `team:${team}`);

    beforeAll(async () => {
      const leads = led.flatMap((team) => [`${team}#lead@user:ann`, `${team}#lead@agent:bot`]);
      const inMine = ['dan', 'eve', 'fay'].map((who) => `team:mine#member@user:${who}`);
      const inFree = ['dan', 'eve', 'fay'].map((who) => `team:free#member@user:${who}`);
      const bounds = ['agent:bot#team@team:mine', 'team:mine#member@team:inner#member', 'agent:bot#principal@user:gus'];
      await write(postern(), [...leads, ...inMine, ...inFree, ...bounds, 'agent:bot#suspended@user:hal']);
    });

    test.each<[what: string, act: (team: string) => Promise<{ readonly ok: boolean }>]>([
      ['somebody more in a team', (team) => grant(ann, `${team}#member@user:ira`)],
      ['a set of them', (team) => grant(ann, `${team}#member@team:crowd#member`)],
      ['somebody less', (team) => revoke(ann, `${team}#member@user:dan`)],
      ['somebody for another', (team) => transfer(ann, `${team}#member@user:eve`, 'user:jon')],
      ['somebody until later', (team) => limit(ann, `${team}#member@user:fay`, end)],
      ['somebody from later on', (team) => putOff(ann, `${team}#member@user:fay`, new Date('2098-01-01T00:00:00Z'))],
    ])('%s', async (_what, act) => {
      expect(await act('team:mine')).toMatchObject(refused);
      expect(await act('team:free')).toMatchObject({ ok: true });
    });

    test('whom it may act for anyway, or still may not, changes nothing of that', async () => {
      expect(await grant(ann, 'team:mine#member@user:gus')).toMatchObject({ ok: true });
      expect(await grant(ann, 'team:mine#member@user:hal')).toMatchObject({ ok: true });
    });

    test('a team within the team is as good as the team', async () => {
      const outcome = await grant(ann, 'team:inner#member@user:kim');
      const message =
        'This would change for whom "agent:bot" may act. "agent:bot", which acts for "user:ann", may not do that. Next: ask "user:ann" to do it.';
      expect(outcome).toMatchObject({ ok: false, problem: { errors: [{ code: 'DELEGATE_NOT_ALLOWED', message }] } });
      expect(await grant(signedIn('user:ann'), 'team:inner#member@user:kim')).toMatchObject({ ok: true });
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
