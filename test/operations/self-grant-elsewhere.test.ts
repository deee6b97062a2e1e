import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/operations/actor.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { acts, farAway, notYet } from '../support/firm.ts';
import { dsl, relationship } from '../support/parse.ts';
import { memoryAndReplica, operator, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

/** A role that is kept from somebody by what they are on other objects, near and far. */
const model = dsl(
  {
    user: {},
    platform: { writer: '[user]', can_write_relationships: 'writer' },
    team: { lead: '[user]', member: '[user]', can_manage_access: 'lead' },
    court: {
      chief: '[user]',
      above: '[court]',
      spared: '[user, team#member]',
      officer: '[user, user:*, team#member, user with late] or officer from above',
      judge: 'officer but not spared',
      can_manage_access: 'chief',
    },
    firm: {
      owner: '[user]',
      court: '[court]',
      money: '[user] but not judge from court',
      no_self_grant: 'money',
      can_manage_access: 'owner',
    },
  },
  { late: '(hour: int) {\n  hour > 17\n}' },
);

const ann = signedIn('user:ann');

describe.each(memoryAndReplica)('on %s', (store) => {
  const postern = usePosternOn(store);
  const { grant, revoke, limit, putOff, write: writeAs, retire, offboard, transfer } = acts(postern);

  beforeAll(async () => {
    await publish(postern(), model);
    await write(postern(), ['platform:main#writer@user:ann']);
  });

  type Act = (own: string, actor: Actor) => Promise<{ readonly ok: boolean; readonly problem?: unknown }>;

  /** `ann` owns the firm, runs the courts and leads the teams, and somebody has given her the role. */
  const begin = (own: string): readonly string[] => [
    `firm:${own}#owner@user:ann`,
    `firm:${own}#money@user:ann`,
    `firm:${own}#court@court:${own}`,
    `court:${own}#chief@user:ann`,
    `court:${own}#above@court:${own}-top`,
    `court:${own}-top#chief@user:ann`,
    `court:${own}-free#chief@user:ann`,
    `team:${own}#lead@user:ann`,
    `team:${own}-no#lead@user:ann`,
  ];

  test.each<[what: string, before: readonly string[], act: Act, code: 'SELF_GRANT' | 'done' | 'undecided']>([
    [
      'their own there',
      ['court:O#officer@user:ann'],
      (o, by) => revoke(by, `court:${o}#officer@user:ann`),
      'SELF_GRANT',
    ],
    [
      'that of another there',
      ['court:O#officer@user:ben'],
      (o, by) => revoke(by, `court:${o}#officer@user:ben`),
      'done',
    ],
    ['that of everybody', ['court:O#officer@user:*'], (o, by) => revoke(by, `court:${o}#officer@user:*`), 'SELF_GRANT'],
    [
      'further up',
      ['court:O-top#officer@user:ann'],
      (o, by) => revoke(by, `court:${o}-top#officer@user:ann`),
      'SELF_GRANT',
    ],
    [
      'the link between two courts',
      ['court:O-top#officer@user:ann'],
      (o, by) => revoke(by, `court:${o}#above@court:${o}-top`),
      'SELF_GRANT',
    ],
    [
      'one of two that is enough',
      ['court:O#officer@user:ann', 'court:O-top#officer@user:ann'],
      (o, by) => revoke(by, `court:${o}#officer@user:ann`),
      'done',
    ],
    [
      'one for another',
      ['court:O#officer@user:ann'],
      (o, by) => writeAs(by, [`court:${o}-top#officer@user:ann`], [`court:${o}#officer@user:ann`]),
      'done',
    ],
    [
      'both of two',
      ['court:O#officer@user:ann', 'court:O-top#officer@user:ann'],
      (o, by) => writeAs(by, [], [`court:${o}#officer@user:ann`, `court:${o}-top#officer@user:ann`]),
      'SELF_GRANT',
    ],
    [
      'handed to another',
      ['court:O#officer@user:ann'],
      (o, by) => transfer(by, `court:${o}#officer@user:ann`, 'user:ben'),
      'SELF_GRANT',
    ],
    ['to be spared', ['court:O#officer@user:ann'], (o, by) => grant(by, `court:${o}#spared@user:ann`), 'SELF_GRANT'],
    [
      'a team of theirs to be spared',
      ['court:O#officer@user:ann', 'team:O#member@user:ann'],
      (o, by) => grant(by, `court:${o}#spared@team:${o}#member`),
      'SELF_GRANT',
    ],
    [
      'a team of others to be spared',
      ['court:O#officer@user:ann', 'team:O#member@user:ben'],
      (o, by) => grant(by, `court:${o}#spared@team:${o}#member`),
      'done',
    ],
    [
      'to be in a team that is spared',
      ['court:O#officer@user:ann', 'court:O#spared@team:O#member'],
      (o, by) => grant(by, `team:${o}#member@user:ann`),
      'SELF_GRANT',
    ],
    [
      'spared no more',
      ['court:O#officer@user:ann', 'court:O#spared@user:ann'],
      (o, by) => revoke(by, `court:${o}#spared@user:ann`),
      'done',
    ],
    [
      'leaving the team that is excluded',
      ['court:O#officer@team:O#member', 'team:O#member@user:ann'],
      (o, by) => revoke(by, `team:${o}#member@user:ann`),
      'SELF_GRANT',
    ],
    [
      'leaving one of two such teams',
      [
        'court:O#officer@team:O#member',
        'court:O#officer@team:O-no#member',
        'team:O#member@user:ann',
        'team:O-no#member@user:ann',
      ],
      (o, by) => revoke(by, `team:${o}#member@user:ann`),
      'done',
    ],
    [
      'the team taken from the exclusion',
      ['court:O#officer@team:O#member', 'team:O#member@user:ann'],
      (o, by) => revoke(by, `court:${o}#officer@team:${o}#member`),
      'SELF_GRANT',
    ],
    [
      'a team of others taken from it',
      ['court:O#officer@team:O#member', 'team:O#member@user:ben'],
      (o, by) => revoke(by, `court:${o}#officer@team:${o}#member`),
      'done',
    ],
    [
      'an end of it',
      ['court:O#officer@user:ann'],
      (o, by) => limit(by, `court:${o}#officer@user:ann`, farAway),
      'SELF_GRANT',
    ],
    [
      'an earlier end of it',
      ['court:O#officer@user:ann!'],
      (o, by) => limit(by, `court:${o}#officer@user:ann`, notYet),
      'SELF_GRANT',
    ],
    [
      'a later end of it',
      ['court:O#officer@user:ann!'],
      (o, by) => limit(by, `court:${o}#officer@user:ann`, null),
      'done',
    ],
    [
      'a later beginning of it',
      ['court:O#officer@user:ann'],
      (o, by) => putOff(by, `court:${o}#officer@user:ann`, notYet),
      'SELF_GRANT',
    ],
    ['the court let go', ['court:O#officer@user:ann'], (o, by) => retire(by, `court:${o}`), 'SELF_GRANT'],
    ['the firm let go', ['court:O#officer@user:ann'], (o, by) => retire(by, `firm:${o}`), 'done'],
    [
      'the team let go',
      ['court:O#officer@team:O#member', 'team:O#member@user:ann'],
      (o, by) => retire(by, `team:${o}`),
      'SELF_GRANT',
    ],
    [
      'a court above off-boarded, of which the link stays',
      ['court:O-top#officer@user:ann'],
      (o, by) => offboard(by, `court:${o}-top`),
      'done',
    ],
    [
      'another off-boarded',
      ['court:O#officer@user:ann', 'court:O#officer@user:O-ben'],
      (o, by) => offboard(by, `user:${o}-ben`),
      'done',
    ],
    [
      'one of two, of which the other ends',
      ['court:O#officer@user:ann', 'court:O-top#officer@user:ann!'],
      (o, by) => revoke(by, `court:${o}#officer@user:ann`),
      'SELF_GRANT',
    ],
    [
      'the other, of which the first is for good',
      ['court:O#officer@user:ann', 'court:O-top#officer@user:ann!'],
      (o, by) => revoke(by, `court:${o}-top#officer@user:ann`),
      'done',
    ],
    [
      'another court for the firm',
      ['court:O#officer@user:ann'],
      (o, by) => writeAs(by, [`firm:${o}#court@court:${o}-free`], [`firm:${o}#court@court:${o}`]),
      'SELF_GRANT',
    ],
    [
      'one court more for the firm',
      ['court:O#officer@user:ann'],
      (o, by) => grant(by, `firm:${o}#court@court:${o}-free`),
      'done',
    ],
    [
      'what only a request decides',
      ['court:O#officer@user:ann with late'],
      (o, by) => revoke(by, `court:${o}#officer@user:ann`),
      'undecided',
    ],
  ])('%s', async (what, before, act, code) => {
    // biome-ignore format: a table
    const own = what.replaceAll(/\W/g, '-');
    const given = before.map((one) => {
      const text = one.replaceAll('O', own);
      if (text.endsWith('!')) return relationship(text.slice(0, -1), { expiresAt: farAway });
      if (text.endsWith(' with late')) return relationship(text.slice(0, -10), { condition: ['late', {}] });
      return text;
    });
    await write(postern(), [...begin(own), ...given]);
    const outcome = await act(own, ann);
    if (code === 'done') expect(outcome).toMatchObject({ ok: true });
    else if (code === 'undecided') expect(outcome).toMatchObject({ ok: false, problem: { kind: 'undecided' } });
    else expect(outcome).toMatchObject({ ok: false, problem: { errors: [{ code, message: expect.any(String) }] } });
  });

  test('the sentence names the role and where it would be held', async () => {
    await write(postern(), [...begin('said'), 'court:said#officer@user:ann']);
    const outcome = await revoke(ann, 'court:said#officer@user:ann');
    const message =
      'Nobody gives the role "money" to themselves, and this would give it to whoever writes it on "firm:said".';
    const errors = [{ code: 'SELF_GRANT', message, field: ['input'] }];
    expect(outcome).toEqual({ ok: false, problem: { kind: 'invalid', errors } });
    const previewed = await writeRelationships(
      postern(),
      ann,
      writing([], ['court:said#officer@user:ann'], { dryRun: true }),
    );
    const inBatch = [{ code: 'SELF_GRANT', message, field: ['input', 'deletes', '0'] }];
    expect(previewed).toEqual({ ok: false, problem: { kind: 'invalid', errors: inBatch } });
    expect(await revoke(operator, 'court:said#officer@user:ann')).toMatchObject({ ok: true });
  });

  test('another person may, and what they have is theirs', async () => {
    await write(postern(), [...begin('other'), 'court:other#officer@user:ann', 'court:other#chief@user:ben']);
    expect(await revoke(signedIn('user:ben'), 'court:other#officer@user:ann')).toMatchObject({ ok: true });
  });

  test('what reaches too far is refused as such, unless it is about somebody else', async () => {
    const firms = Array.from({ length: 2_100 }, (_, index) => `firm:wide-${index}#court@court:wide`);
    const all = ['court:wide#chief@user:ann', 'court:wide#officer@user:ann', 'court:wide#officer@user:ben', ...firms];
    for (let start = 0; start < all.length; start += 500) await write(postern(), all.slice(start, start + 500));
    const errors = [{ code: 'TOO_FAR_REACHING' }];
    expect(await revoke(ann, 'court:wide#officer@user:ann')).toMatchObject({ ok: false, problem: { errors } });
    expect(await revoke(ann, 'court:wide#officer@user:ben')).toMatchObject({ ok: true });
  });
});
