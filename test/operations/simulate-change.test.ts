import { beforeAll, describe, expect, test } from 'vitest';
import type { AccessDifference } from '../../src/engine/impact/access-differences.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { listAuditEvents } from '../../src/operations/audit/list-audit-events.ts';
import { simulateChange } from '../../src/operations/findings/simulate-change.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { describeRefusal } from '../../src/operations/refusal.ts';
import { outcomesOf } from '../support/decide.ts';
import { dsl, object, relationship } from '../support/parse.ts';
import {
  done,
  everyEvent,
  everyStore,
  operator,
  publish,
  relationships,
  signedIn,
  usePosternOn,
  write,
} from '../support/postern.ts';

/** A house with accounts; teams belong to it, and others have teams of their own. */
const house = dsl({
  user: {},
  platform: { reader: '[user]', can_read_relationships: 'reader' },
  house: {
    owner: '[user]',
    auditor: '[user]',
    can_review_access: 'owner or auditor',
    can_manage_access: 'owner',
    must_keep: 'owner',
  },
  team: {
    house: '[house]',
    lead: '[user]',
    member: '[user, team#member] or lead',
    can_manage_access: 'lead or can_manage_access from house',
    can_review_access: 'lead or can_review_access from house',
  },
  account: {
    house: '[house]',
    preparer: '[user, team#member]',
    approver: '[user, team#member, user:*]',
    can_prepare: 'preparer',
    can_approve: 'approver',
    can_grant_approver: 'preparer',
    can_manage_access: 'can_manage_access from house',
    can_review_access: 'can_review_access from house',
  },
});

const pair = {
  first: { type: 'account', permission: 'can_prepare' },
  second: { type: 'account', permission: 'can_approve' },
} as const;

describe.each(everyStore)('on %s', (store) => {
  const opened = usePosternOn(store);
  const postern = (): Postern => ({
    ...opened(),
    toxicPairs: [
      { ...pair, scope: 'object' },
      { ...pair, scope: 'anywhere' },
      { first: { type: 'acount', permission: 'can_prepare' }, second: pair.second, scope: 'object' },
    ],
  });

  beforeAll(async () => {
    await publish(opened(), house);
    await write(opened(), [
      ...['house:north#owner@user:olga', 'house:north#auditor@user:audra', 'house:south#owner@user:sven'],
      ...['account:1#house@house:north', 'account:2#house@house:north', 'account:3#house@house:south'],
      ...[
        'team:pay#house@house:north',
        'team:pay#lead@user:lea',
        'team:pay#member@user:paul',
        'account:1#preparer@team:pay#member',
      ],
      ...[
        'team:spy#house@house:south',
        'team:spy#member@user:secret',
        'account:2#approver@user:paul',
        'account:1#approver@user:ann',
      ],
      'platform:main#reader@user:rita',
    ]);
  });

  const simulate = (actor: Actor, writes: readonly string[], deletes: readonly string[] = [], within?: string) =>
    simulateChange(postern(), actor, {
      change: { writes: relationships(writes), deletes: relationships(deletes) },
      within: within === undefined ? undefined : object(within),
    });
  const [olga, audra, lea] = [signedIn('user:olga'), signedIn('user:audra'), signedIn('user:lea')];

  test('which permissions are gained and lost, each by its name', async () => {
    const named = ({ examples }: AccessDifference) =>
      examples.map(({ subject, permission, object: on }) => [subject, permission, on]);
    const found = done(await simulate(olga, ['account:2#preparer@user:new'], ['account:1#approver@user:ann']));
    const about = (who: string, permission: string, on: string) => [
      { kind: 'object', object: object(who) },
      permission,
      object(on),
    ];
    expect(named(found.gained)).toEqual([
      about('user:new', 'can_prepare', 'account:2'),
      about('user:new', 'can_grant_approver', 'account:2'),
    ]);
    expect(named(found.lost)).toEqual([about('user:ann', 'can_approve', 'account:1')]);
  });

  test('what is gained, who could give what, and which permissions come together', async () => {
    const found = done(await simulate(audra, ['team:pay#member@user:ann'], [], 'house:north'));
    expect([found.gained.count, found.lost.count, found.changed]).toEqual([2, 0, 1]);
    expect(found.escalations).toEqual({
      count: 1,
      examples: [
        {
          subject: { kind: 'object', object: object('user:ann') },
          object: object('account:1'),
          permission: 'can_grant_approver',
          relations: ['approver'],
        },
      ],
    });
    expect(
      found.toxicPairs.examples.map(({ subject: by, first, second, pair: { scope } }) => [by, first, second, scope]),
    ).toEqual([
      [{ kind: 'object', object: object('user:ann') }, object('account:1'), object('account:1'), 'object'],
      [{ kind: 'object', object: object('user:ann') }, object('account:1'), object('account:1'), 'anywhere'],
    ]);
    expect(found.notExamined).toEqual(['Unknown type "acount". Did you mean "account"?']);
    expect(found.text).toBe(
      [
        'The change makes 1 difference among relationships.',
        'Of all subjects together, permissions on single objects: 2 gained and 0 lost.',
        '"user:ann" would be able to give "approver" on "account:1", by "can_grant_approver".',
        '"user:ann" would have both "account#can_prepare" on "account:1" and "account#can_approve" on "account:1".',
        '"user:ann" would have both "account#can_prepare" on "account:1" and "account#can_approve" on "account:1".',
        'Unknown type "acount". Did you mean "account"?',
      ].join('\n'),
    );
  });

  const beyond = (...roots: readonly string[]) =>
    `The change may reach permissions on objects that were not examined: only ${roots.map((one) => `"${one}"`).join(', ')}, what belongs there, and the first others that you may review were.`;

  test('where a team stands elsewhere, whoever may not review that is told that it was not examined', async () => {
    const found = done(await simulate(lea, ['team:pay#member@user:ann']));
    expect([found.gained.count, found.escalations.count, found.toxicPairs.count]).toEqual([0, 0, 0]);
    expect(found.notExamined[0]).toBe(beyond('team:pay'));
    expect(found.text).toContain(beyond('team:pay'));
    expect(found.text).not.toContain('account:1');
  });

  test.each([
    ['an owner of what it stands on', 'user:olga'],
    ['a reader of everything', 'user:rita'],
  ])('where a team stands elsewhere, %s is told what it means there', async (_who, by) => {
    const wide = done(await simulate(signedIn(by), ['team:pay#member@user:ann']));
    expect([wide.gained.count, wide.escalations.count, wide.notExamined.length]).toEqual([2, 1, 1]);
    const gone = done(await simulate(signedIn(by), [], ['team:pay#member@user:paul']));
    expect([gone.lost.count, gone.notExamined.length]).toEqual([2, 1]);
  });

  test('what it means outside of the object around it is examined as well, or said not to be', async () => {
    await write(opened(), ['account:3#preparer@team:pay#member']);
    const found = done(await simulate(olga, ['team:pay#member@user:ann'], [], 'house:north'));
    expect([found.gained.count, found.notExamined[0]]).toEqual([2, beyond('house:north', 'team:pay')]);
    const all = done(await simulate(signedIn('user:rita'), ['team:pay#member@user:ann'], [], 'house:north'));
    expect([all.gained.count, all.notExamined.length]).toEqual([4, 1]);
    await write(opened(), [], ['account:3#preparer@team:pay#member']);
  });

  test('of very many objects the first are examined, and the rest is said', async () => {
    const many = Array.from({ length: 40 }, (_, n) => `account:m${n}#preparer@team:spy#member`);
    await write(opened(), many);
    const found = done(await simulate(operator, ['team:spy#member@user:ann']));
    expect([found.gained.count, found.notExamined[0]]).toEqual([60, beyond('team:spy')]);
    await write(opened(), [], many);
  });

  test('a pair that somebody has anywhere already is not opened by having it elsewhere', async () => {
    const found = done(await simulate(olga, ['account:2#preparer@user:paul']));
    expect(found.toxicPairs.examples.map(({ pair: { scope } }) => scope)).toEqual(['object', 'anywhere']);
    const wide = done(await simulate(olga, ['account:2#preparer@user:paul'], [], 'house:north'));
    expect(wide.toxicPairs.examples.map(({ pair: { scope } }) => scope)).toEqual(['object']);
  });

  test('what is too far away to be followed is compared all the same', async () => {
    const chain = Array.from({ length: 60 }, (_, n) => `team:c${n + 1}#member@team:c${n}#member`);
    await write(opened(), [...chain, 'account:2#preparer@team:c3#member']);
    const found = done(await simulate(operator, ['team:c0#member@user:new'], [], 'house:north'));
    expect([found.gained.count, found.notExamined.length]).toEqual([2, 2]);
    expect(found.notExamined[0]).toBe(beyond('house:north', 'team:c0'));
    await write(opened(), [], [...chain, 'account:2#preparer@team:c3#member']);
  });

  test('everybody counts as one', async () => {
    const found = done(await simulate(olga, ['account:2#approver@user:*']));
    expect(found.gained.count).toBe(1);
    expect(found.toxicPairs.count).toBe(0);
  });

  test('what is so already is no change, and nothing is written', async () => {
    const before = done(await listAuditEvents(postern(), operator, everyEvent, { first: 1, after: undefined }));
    const found = done(
      await simulate(
        olga,
        ['account:1#approver@user:ann'],
        ['account:1#preparer@user:nobody', 'house:north#owner@user:olga'],
      ),
    );
    expect(found.changed).toBe(1);
    expect(found.problems.map(({ code }) => code)).toEqual(['LAST_HOLDER']);
    expect(await outcomesOf(opened().store.reader, 'house:north#can_manage_access@user:olga')).toEqual(['allowed']);
    const after = done(await listAuditEvents(postern(), operator, everyEvent, { first: 1, after: undefined }));
    expect(after.events.map(({ event }) => event.id)).toEqual(before.events.map(({ event }) => event.id));
  });

  test.each([
    [
      'nobody',
      'user:nobody',
      ['account:1#approver@user:x'],
      [],
      'This needs the permission "can_review_access" on "account:1".',
    ],
    [
      'an owner elsewhere',
      'user:sven',
      ['account:1#approver@user:x'],
      [],
      'This needs the permission "can_review_access" on "account:1".',
    ],
    ['an auditor', 'user:audra', ['account:1#approver@user:x'], [], undefined],
    [
      'an auditor, of a team of others',
      'user:audra',
      ['account:1#preparer@team:spy#member'],
      [],
      'This needs the permission "can_review_access" on "team:spy".',
    ],
    [
      'an auditor, of what belongs to others',
      'user:audra',
      ['account:1#house@house:south'],
      [],
      'This needs the permission "can_review_access" on "house:south".',
    ],
    ['an auditor, of a team that she reviews', 'user:audra', ['account:1#approver@team:pay#member'], [], undefined],
    ['an owner, who could grant it', 'user:olga', ['account:1#preparer@team:spy#member'], [], undefined],
    ['a reader of everything', 'user:rita', ['account:1#preparer@team:spy#member'], [], undefined],
    [
      'an auditor, taking away what leads to others',
      'user:audra',
      [],
      ['account:1#preparer@team:spy#member'],
      undefined,
    ],
    [
      'an auditor, around what is not theirs',
      'user:audra',
      ['account:1#approver@user:x'],
      [],
      'This needs the permission "can_review_access" on "house:south".',
      'house:south',
    ],
  ] as const)('%s', async (_who, by, writes, deletes, refused, within?: string) => {
    const found = await simulate(signedIn(by), writes, deletes, within);
    expect(found.ok ? undefined : describeRefusal(found.problem)).toBe(refused);
  });

  test.each([
    ['nothing', [], [], 'There is nothing to write or delete.'],
    [
      'one twice',
      ['account:1#approver@user:x', 'account:1#approver@user:x'],
      [],
      '"account:1#approver@user:x" is named twice.',
    ],
    ['a wrong relation', ['account:1#aprover@user:x'], [], 'Unknown relation "aprover" on type "account".'],
    ['a wrong type', [], ['acount:1#approver@user:x'], 'Unknown type "acount". Did you mean "account"?'],
    [
      'too many',
      Array.from({ length: 101 }, (_, n) => `account:1#approver@user:${n}`),
      [],
      'At most 100 relationships go into one simulation.',
    ],
  ])('%s is refused', async (_what, writes, deletes, said) => {
    const found = await simulate(operator, writes, deletes);
    expect(found.ok ? '' : describeRefusal(found.problem)).toContain(said);
  });

  test('an end that is over is refused', async () => {
    const one = relationship('account:1#approver@user:x', { expiresAt: new Date('2001-01-01T00:00:00Z') });
    const found = await simulateChange(postern(), operator, {
      change: { writes: [one], deletes: [] },
      within: undefined,
    });
    expect(found.ok ? '' : describeRefusal(found.problem)).toContain('would have expired already');
  });
});
