import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { check } from '../../src/engine/check/check.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { replayAuditLog } from '../../src/operations/audit/replay-audit-log.ts';
import { formatGrantOutcome } from '../../src/operations/relationship-record.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { retireObject } from '../../src/operations/roles/retire-object.ts';
import { outcomeOf } from '../support/decide.ts';
import { notYet } from '../support/firm.ts';
import { dsl, object, check as parseCheck, relationship } from '../support/parse.ts';
import { done, everyStore, operator, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

/** A guild is held by people and holds firms itself; it is a set, a parent, a subject, and keeps a master. */
const model = dsl({
  user: {},
  service: {},
  platform: {
    operator: '[service, guild#member]',
    boss: '[service]',
    can_write_relationships: 'operator',
    can_manage_access: 'boss',
  },
  guild: {
    master: '[user]',
    member: '[user, guild#member] or master',
    banned: '[user, guild#member]',
    purse: '[user]',
    must_keep: 'master',
    no_self_grant: 'purse',
    can_manage_access: 'master but not banned',
    can_grant_purse: 'master but not banned',
  },
  firm: {
    owner: '[user, guild]',
    clerk: '[user, guild#member]',
    barred: '[guild#member]',
    must_keep: 'owner',
    can_see: 'clerk but not barred',
    can_manage_access: 'owner',
  },
  note: { guild: '[guild]', author: '[user]', can_read: 'author or member from guild', can_manage_access: 'author' },
});

const world = [
  ...['platform:main#operator@service:ops', 'platform:main#boss@service:boss', 'platform:main#operator@service:boss'],
  ...['guild:a#master@user:ann', 'guild:a#member@user:mia', 'guild:a#banned@user:bad', 'guild:a#purse@user:pip'],
  ...['guild:a#member@guild:b#member', 'guild:b#master@user:ben', 'guild:b#member@guild:a#member'],
  ...['firm:f#owner@guild:a', 'firm:f#owner@user:fay', 'firm:f#clerk@guild:a#member', 'firm:f#barred@guild:a#member'],
  ...['note:n#guild@guild:a', 'note:n#author@user:ann', 'note:o#guild@guild:a', 'note:o#author@user:oz'],
  'guild:s#master@user:sid',
];
const own = [
  ...['guild:a#banned@user:bad', 'guild:a#master@user:ann', 'guild:a#member@guild:b#member', 'guild:a#member@user:mia'],
  'guild:a#purse@user:pip',
];
const elsewhere = [
  ...['firm:f#barred@guild:a#member', 'firm:f#clerk@guild:a#member', 'firm:f#owner@guild:a'],
  ...['guild:b#member@guild:a#member', 'note:n#guild@guild:a', 'note:o#guild@guild:a'],
];

describe.each(everyStore)('on %s', (kind) => {
  const postern = usePosternOn(kind);
  const ops = signedIn('service:ops');

  beforeAll(() => publish(postern(), model));

  beforeEach(async () => {
    const { relationships } = await postern().store.readRelationships({}, 1000, undefined);
    const all = relationships.map((one) => one.relationship);
    if (all.length > 0) done(await writeRelationships(postern(), operator, writing([], all)));
    await write(postern(), world);
  });

  async function stored(): Promise<readonly string[]> {
    const { relationships } = await postern().store.readRelationships({}, 1000, undefined);
    return relationships.map((one) => formatRelationship(one.relationship)).toSorted();
  }

  const retire = (actor: Actor, text: string, dryRun = false) =>
    retireObject(postern(), actor, { object: object(text), dryRun, reason: 'gone', idempotency: undefined });

  async function said(actor: Actor, text: string, dryRun = true) {
    const result = await retire(actor, text, dryRun);
    if (!result.ok) return result.problem.kind === 'invalid' ? result.problem.errors[0]?.code : result.problem.kind;
    const { own: on, elsewhere: others, orphaned } = result.value.outcome;
    return [
      on.map(formatGrantOutcome),
      others.map(formatGrantOutcome),
      orphaned.map((one) => `${one.object}#${one.role}`),
    ];
  }

  test.each<[who: string, text: string, expected: unknown]>([
    ['service:ops', 'guild:a', [own, elsewhere, []]],
    // Whoever may give every role of it; elsewhere only what they may revoke.
    ['user:ann', 'guild:a', [own, ['note:n#guild@guild:a'], []]],
    ['user:ben', 'guild:b', [['guild:b#master@user:ben', 'guild:b#member@guild:a#member'], [], []]],
    ['user:oz', 'note:o', [['note:o#author@user:oz', 'note:o#guild@guild:a'], [], []]],
    ['service:ops', 'user:ann', [[], ['guild:a#master@user:ann', 'note:n#author@user:ann'], ['guild:a#master']]],
    ['user:mia', 'guild:a', 'forbidden'],
    ['user:fay', 'guild:a', 'forbidden'],
    ['user:ann', 'guild:none', 'forbidden'],
    ['user:ann', 'ghost:a', 'forbidden'],
    ['service:ops', 'guild:none', 'NOT_FOUND'],
    ['service:ops', 'ghost:a', 'UNKNOWN_TYPE'],
    ['service:ops', 'platform:main', 'INVALID_INPUT'],
    // Who may become an operator is not for every operator to say.
    ['service:ops', 'service:boss', 'forbidden'],
    ['service:boss', 'service:ops', [[], ['platform:main#operator@service:ops'], []]],
  ])('a preview by %s of %s says what the execution does', async (who, text, expected) => {
    const before = await stored();
    expect(await said(signedIn(who), text)).toEqual(expected);
    expect(await stored()).toEqual(before);
    const executed = await said(signedIn(who), text, false);
    if (!Array.isArray(expected)) expect(executed).toBe(expected);
    else if (expected[2].length > 0) expect(executed).toBe('LAST_HOLDER');
    else expect(executed).toEqual(expected);
    const gone = new Set(Array.isArray(executed) ? executed.flat() : []);
    expect(await stored()).toEqual(before.filter((one) => !gone.has(one)));
  });

  test('it is one event, which names all that went, and the log says what is left', async () => {
    const result = done(await retire(ops, 'guild:a'));
    const { events } = await postern().store.audit.events({ action: 'retireObject' }, 1, undefined);
    expect(events).toMatchObject([
      { actor: 'service:ops', reason: 'gone', after: [], revision: result.token.revision },
    ]);
    expect(events[0]?.before).toHaveLength(own.length + elsewhere.length);
    expect(await replayAuditLog(postern().store.audit)).toMatchObject({ differences: 0, examples: [] });
    expect((await stored()).filter((one) => one.includes('guild:a'))).toEqual([]);
    const { decisions } = await check(postern().store.reader, {
      checks: ['firm:f#can_see@user:mia', 'note:o#can_read@user:mia', 'firm:f#owner@user:fay'].map((text) =>
        parseCheck(text),
      ),
      contextual: [],
    });
    expect(decisions.map(outcomeOf)).toEqual(['denied', 'denied', 'allowed']);
    expect(done(await retire(ops, 'guild:a')).outcome).toMatchObject({ own: [], elsewhere: [] });
  });

  test('another object that would lose its last permanent holder is named, and nothing changes', async () => {
    await write(
      postern(),
      ['firm:g#owner@guild:a', 'firm:h#owner@guild:a', 'firm:h#owner@user:fay'],
      ['firm:f#owner@user:fay'],
    );
    const before = await stored();
    expect((await said(ops, 'guild:a'))?.[2]).toEqual(['firm:f#owner', 'firm:g#owner']);
    const message = (firm: string) =>
      `"${firm}" must keep a permanent holder of the role "owner", and this takes the last one away.`;
    const error = (firm: string) => ({ code: 'LAST_HOLDER', message: message(firm), field: ['input', 'object'] });
    expect(await retire(ops, 'guild:a')).toEqual({
      ok: false,
      problem: { kind: 'invalid', errors: expect.arrayContaining([error('firm:f'), error('firm:g')]) },
    });
    expect(await stored()).toEqual(before);
  });

  test('what begins later goes with it', async () => {
    await write(postern(), [
      relationship('guild:a#member@user:new', { startsAt: notYet }),
      relationship('firm:z#clerk@guild:a#member', { startsAt: notYet }),
    ]);
    const [on, others] = (await said(ops, 'guild:a', false)) as readonly (readonly string[])[];
    expect(on).toContain('guild:a#member@user:new');
    expect(others).toContain('firm:z#clerk@guild:a#member');
  });

  test('what the rights on the platform come from needs the right to give them, whoever writes', async () => {
    await write(postern(), ['platform:main#operator@guild:b#member']);
    expect(await said(ops, 'guild:b')).toBe('forbidden');
    expect(await said(signedIn('service:boss'), 'guild:b')).toBe('forbidden');
  });

  test('a refused attempt is in the log', async () => {
    expect(await retire(signedIn('user:mia'), 'guild:a')).toMatchObject({ problem: { kind: 'forbidden' } });
    const { events } = await postern().store.audit.events({ actor: 'user:mia' }, 1, undefined);
    expect(events).toMatchObject([{ action: 'retireObject', outcome: 'denied', after: [{ object: 'guild:a' }] }]);
  });

  describe('what nobody gives to themselves', () => {
    test('is no hindrance where it goes with the object, and is one on others', async () => {
      const guarded = dsl({
        user: {},
        platform: {},
        club: { officer: '[user]', no_self_grant: 'officer', can_manage_access: 'officer' },
        vault: {
          owner: '[user]',
          court: '[club]',
          suspended: '[user]',
          money: '[user] but not (suspended or officer from court)',
          no_self_grant: 'money',
          can_manage_access: 'owner',
        },
      });
      await publish(postern(), guarded);
      await write(postern(), [
        ...[
          'vault:1#owner@user:ann',
          'vault:1#suspended@user:ann',
          'club:x#officer@user:ann',
          'vault:2#owner@user:ann',
        ],
        ...['vault:2#court@club:x', 'vault:2#money@user:ann'],
      ]);
      const ann = signedIn('user:ann');
      expect(await retire(ann, 'club:x')).toMatchObject({
        problem: { errors: [{ code: 'SELF_GRANT', field: ['input', 'object'] }] },
      });
      expect(await retire(ann, 'vault:1')).toMatchObject({ ok: true });
      expect((await stored()).filter((one) => one.includes('vault:1'))).toEqual([]);
      await publish(postern(), model);
    });
  });

  test('ten thousand relationships on a side are one step, and one more is refused', { timeout: 120_000 }, async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `note:big#author@user:${index}`);
    for (let start = 0; start < many.length; start += 1000) await write(postern(), many.slice(start, start + 1000));
    await write(postern(), ['note:big#author@user:last']);
    const message = 'More than 10000 relationships name "note:big"; delete some with "writeRelationships" first.';
    for (const dryRun of [true, false]) {
      expect(await retire(ops, 'note:big', dryRun)).toMatchObject({ problem: { errors: [{ message }] } });
    }
    await write(postern(), [], ['note:big#author@user:last']);
    expect(done(await retire(ops, 'note:big')).outcome.own).toHaveLength(10_000);
    expect((await stored()).filter((one) => one.includes('note:big'))).toEqual([]);
  });
});
