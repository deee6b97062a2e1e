import { beforeAll, describe, expect, test } from 'vitest';
import type { Relationship } from '../../src/model/relationship.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { acts } from '../support/firm.ts';
import { dsl, relationship } from '../support/parse.ts';
import { memoryAndReplica, operator, publish, signedIn, usePosternOn, write } from '../support/postern.ts';

describe.each(memoryAndReplica)('on %s', (store) => {
  const postern = usePosternOn(store);
  const { grant, revoke, limit, write: writeAs } = acts(postern);

  /** Guarded roles that can be come by in every way that there is. */
  const model = dsl(
    {
      user: {},
      platform: { writer: '[user]', can_write_relationships: 'writer' },
      club: { officer: '[user]', no_self_grant: 'officer', can_manage_access: 'officer' },
      firm: {
        owner: '[user]',
        lead: '[user, club#officer] or chief',
        chief: '[user]',
        club: '[club, club with late]',
        parent: '[firm]',
        suspended: '[user, user:*, club#officer]',
        court: '[club]',
        finance: '[user, user with late] or lead or officer from club',
        money: '[user] but not (suspended or officer from court)',
        both: '[user] and lead',
        cleared: '[user]',
        under_review: '[user] but not cleared',
        vault: '[user] but not under_review',
        audit: '[user] or audit from parent',
        no_self_grant: 'finance or money or both or audit or vault',
        can_manage_access: 'owner',
      },
    },
    { late: '(hour: int) {\n  hour > 17\n}' },
  );

  const grantAs = (actor: Actor, one: Relationship) =>
    grantRole(postern(), actor, { relationship: one, reason: undefined, idempotency: undefined });

  const end = new Date('2099-01-01T00:00:00Z');
  const linked = (on: string, parts: Parameters<typeof relationship>[1]) => relationship(`${on}#club@club:x`, parts);
  const twice = ['suspended@user:ann', 'suspended@club:x#officer'] as const;
  const ann = signedIn('user:ann');

  beforeAll(async () => {
    await publish(postern(), model);
    await write(postern(), ['platform:main#writer@user:ann', 'club:x#officer@user:ann', 'club:y#officer@user:zoe']);
  });

  interface Outcome {
    readonly ok: boolean;
    readonly problem?: {
      readonly kind: string;
      readonly errors?: readonly { readonly code: string; readonly message: string }[];
    };
  }

  type Act = (firm: string, actor: Actor) => Promise<Outcome>;

  const refused = (role: string, text: string) =>
    `Nobody gives the role "${role}" to themselves, and this would: "${text}".`;

  describe('nobody comes by a guarded role by what they do themselves', () => {
    test.each<[what: string, before: readonly string[], act: Act, role: string]>([
      ['another role that it is computed from', [], (f, by) => grant(by, `${f}#lead@user:ann`), 'finance'],
      ['a role that that one is computed from', [], (f, by) => grant(by, `${f}#chief@user:ann`), 'finance'],
      ['such a role for another', [], (f, by) => grant(by, `${f}#lead@user:ben`), 'done'],
      ['a set that they are in', [], (f, by) => grant(by, `${f}#lead@club:x#officer`), 'finance'],
      ['a set of others', [], (f, by) => grant(by, `${f}#lead@club:y#officer`), 'done'],
      [
        'half of it, where they have the other',
        ['both@user:ann'],
        (f, by) => grant(by, `${f}#lead@user:ann`),
        'finance',
      ],
      ['a link to an object of theirs', [], (f, by) => grant(by, `${f}#club@club:x`), 'finance'],
      ['a link to an object of another', [], (f, by) => grant(by, `${f}#club@club:y`), 'done'],
      ['a link that is good later', [], (f, by) => grantAs(by, linked(f, { condition: ['late', {}] })), 'finance'],
      ['a link that begins later', [], (f, by) => grantAs(by, linked(f, { startsAt: end })), 'finance'],
      ['a link that ends', [], (f, by) => grantAs(by, linked(f, { expiresAt: end })), 'finance'],
      ['a link beside their role', ['finance@user:ann'], (f, by) => grant(by, `${f}#club@club:x`), 'finance'],
      ['a link put off its end', ['club@club:x!'], (f, by) => limit(by, `${f}#club@club:x`, null), 'finance'],
      ['a role put off its end', ['chief@user:ann!'], (f, by) => limit(by, `${f}#chief@user:ann`, null), 'finance'],
      ['a link taken away', ['club@club:x'], (f, by) => revoke(by, `${f}#club@club:x`), 'done'],
      ['their own exclusion', ['suspended@user:ann'], (f, by) => revoke(by, `${f}#suspended@user:ann`), 'money'],
      ['one of two', [...twice], (f, by) => revoke(by, `${f}#suspended@user:ann`), 'money'],
      ['an end of it', ['suspended@user:ann'], (f, by) => limit(by, `${f}#suspended@user:ann`, end), 'money'],
      ['that of a set of theirs', [twice[1]], (f, by) => revoke(by, `${f}#suspended@club:x#officer`), 'money'],
      ['that of another', ['suspended@user:ben'], (f, by) => revoke(by, `${f}#suspended@user:ben`), 'done'],
      ['that of everybody', ['suspended@user:*'], (f, by) => revoke(by, `${f}#suspended@user:*`), 'money'],
      ['an exclusion more', [], (f, by) => grant(by, `${f}#suspended@user:ann`), 'done'],
      [
        'one exclusion for another',
        ['suspended@user:ann'],
        (f, by) => writeAs(by, [`${f}#suspended@club:x#officer`], [`${f}#suspended@user:ann`]),
        'money',
      ],
      ['what lifts an exclusion', ['under_review@user:ann'], (f, by) => grant(by, `${f}#cleared@user:ann`), 'vault'],
      ['what lifts that of another', [], (f, by) => grant(by, `${f}#cleared@user:ben`), 'done'],
      ['what lifted one taken away', ['cleared@user:ann'], (f, by) => revoke(by, `${f}#cleared@user:ann`), 'done'],
      [
        'an exclusion that is lifted',
        ['under_review@user:ann'],
        (f, by) => revoke(by, `${f}#under_review@user:ann`),
        'vault',
      ],
      ['a link that excludes', ['court@club:x'], (f, by) => revoke(by, `${f}#court@club:x`), 'money'],
      ['a link that excludes others', ['court@club:y'], (f, by) => revoke(by, `${f}#court@club:y`), 'done'],
    ])('%s', async (what, before, act, role) => {
      const on = `firm:${what.replaceAll(/\W/g, '-')}`;
      const given = before.map((text) =>
        text.endsWith('!') ? relationship(`${on}#${text.slice(0, -1)}`, { expiresAt: end }) : `${on}#${text}`,
      );
      await write(postern(), [`${on}#owner@user:ann`, ...given]);
      const outcome = await act(on, ann);
      if (role === 'done') expect(outcome).toMatchObject({ ok: true });
      else {
        const message = expect.stringContaining(refused(role, on).slice(0, -2));
        expect(outcome).toMatchObject({ ok: false, problem: { errors: [{ code: 'SELF_GRANT', message }] } });
      }
    });

    test('by hanging an object below one on which they hold it', async () => {
      await write(postern(), ['firm:top#audit@user:ann', 'firm:below#owner@user:ann']);
      const outcome = await grant(ann, 'firm:below#parent@firm:top');
      const message = refused('audit', 'firm:below#parent@firm:top');
      expect(outcome).toMatchObject({ ok: false, problem: { errors: [{ code: 'SELF_GRANT', message }] } });
      expect(await grant(operator, 'firm:below#parent@firm:top')).toMatchObject({ ok: true });
    });

    test('nor does whoever acts for somebody else', async () => {
      await write(postern(), ['firm:acting#owner@user:ben', 'firm:named#owner@user:ben']);
      const acting = (delegate: string) =>
        ({ ...signedIn('user:ben'), delegate: { kind: 'recorded', name: delegate } }) as Actor;
      const message = refused('finance', 'firm:acting#club@club:x');
      const outcome = await grant(acting('user:ann'), 'firm:acting#club@club:x');
      expect(outcome).toMatchObject({ ok: false, problem: { errors: [{ code: 'SELF_GRANT', message }] } });
      expect(await grant(acting('app-7'), 'firm:named#club@club:x')).toMatchObject({ ok: true });
    });

    test('what cannot be decided is refused as such, and not as a gift', async () => {
      const deep = Array.from({ length: 40 }, (_, index) => `firm:deep-${index}#parent@firm:deep-${index + 1}`);
      await write(postern(), [...deep, 'firm:leaf#owner@user:ann', 'firm:deep-40#audit@user:ann']);
      const outcome = await grant(ann, 'firm:leaf#parent@firm:deep-0');
      expect(outcome).toMatchObject({ ok: false, problem: { kind: 'undecided' } });
    });

    test('a batch names the place of what would give it', async () => {
      await write(postern(), ['firm:p#owner@user:ann']);
      const outcome = await writeAs(ann, ['firm:p#lead@user:zoe', 'firm:q#club@club:x'], []);
      const errors = [
        { code: 'SELF_GRANT', message: refused('finance', 'firm:q#club@club:x'), field: ['input', 'writes', '1'] },
      ];
      expect(outcome).toMatchObject({ ok: false, problem: { kind: 'invalid', errors } });
    });
  });
});
