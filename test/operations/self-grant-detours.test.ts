import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/operations/actor.ts';
import { useDatabase } from '../support/database.ts';
import { acts } from '../support/firm.ts';
import { dsl, relationship } from '../support/parse.ts';
import { operator, publish, signedIn, usePostern, write } from '../support/postern.ts';

const postern = usePostern(useDatabase());
const { grant, revoke, limit, write: writeAs } = acts(postern);

/** Guarded roles that can be come by in every way that there is. */
const model = dsl(
  {
    user: {},
    platform: { writer: '[user]', can_write_relationships: 'writer' },
    club: { officer: '[user]', no_self_grant: 'officer', can_manage_access: 'officer' },
    firm: {
      owner: '[user]',
      lead: '[user] or chief',
      chief: '[user]',
      club: '[club]',
      parent: '[firm]',
      suspended: '[user, club#officer]',
      finance: '[user, user with late] or lead or officer from club',
      money: '[user] but not suspended',
      both: '[user] and lead',
      audit: '[user] or audit from parent',
      no_self_grant: 'finance or money or both or audit',
      can_manage_access: 'owner',
    },
  },
  { late: '(hour: int) {\n  hour > 17\n}' },
);

const end = new Date('2099-01-01T00:00:00Z');
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

const gives = (on: string, role: string) =>
  `This would give the role "${role}" on "${on}" to "user:ann", and nobody gives it to themselves.`;

describe('nobody comes by a guarded role by what they do themselves', () => {
  test.each<[what: string, before: readonly string[], act: Act, role: string | 'named' | 'done']>([
    ['another role that it is computed from', [], (f, by) => grant(by, `${f}#lead@user:ann`), 'named'],
    ['a role that that one is computed from', [], (f, by) => grant(by, `${f}#chief@user:ann`), 'named'],
    ['such a role for another', [], (f, by) => grant(by, `${f}#lead@user:ben`), 'done'],
    ['a link to an object of theirs', [], (f, by) => grant(by, `${f}#club@club:x`), 'finance'],
    ['a link to an object of another', [], (f, by) => grant(by, `${f}#club@club:y`), 'done'],
    ['such a link, where they hold the role', ['finance@user:ann'], (f, by) => grant(by, `${f}#club@club:x`), 'done'],
    [
      'lifting their own exclusion',
      ['money@user:ann', 'suspended@user:ann'],
      (f, by) => revoke(by, `${f}#suspended@user:ann`),
      'money',
    ],
    [
      'lifting the exclusion of a set that they are in',
      ['money@user:ann', 'suspended@club:x#officer'],
      (f, by) => revoke(by, `${f}#suspended@club:x#officer`),
      'money',
    ],
    [
      'lifting one of two exclusions',
      ['money@user:ann', 'suspended@user:ann', 'suspended@club:x#officer'],
      (f, by) => revoke(by, `${f}#suspended@user:ann`),
      'done',
    ],
    [
      'lifting an exclusion from what they do not hold',
      ['suspended@user:ann'],
      (f, by) => revoke(by, `${f}#suspended@user:ann`),
      'done',
    ],
    ['half of it, where they have the other', ['both@user:ann'], (f, by) => grant(by, `${f}#lead@user:ann`), 'named'],
    [
      'lifting and being excluded in one act',
      ['money@user:ann', 'suspended@user:ann'],
      (f, by) => writeAs(by, [`${f}#suspended@club:x#officer`], [`${f}#suspended@user:ann`]),
      'done',
    ],
    ['putting off the end of it', ['chief@user:ann!'], (f, by) => limit(by, `${f}#chief@user:ann`, null), 'named'],
  ])('%s', async (what, before, act, role) => {
    const name = what.replaceAll(/\W/g, '-');
    const on = `firm:${name}`;
    const plain = before.filter((text) => !text.endsWith('!')).map((text) => `${on}#${text}`);
    const ending = before.filter((text) => text.endsWith('!')).map((text) => text.slice(0, -1));
    await write(postern(), [
      `${on}#owner@user:ann`,
      ...plain,
      ...ending.map((text) => relationship(`${on}#${text}`, { expiresAt: end })),
    ]);
    const outcome = await act(on, ann);
    if (role === 'done') expect(outcome).toMatchObject({ ok: true });
    else {
      const message = role === 'named' ? expect.stringContaining('to themselves: "firm:') : gives(on, role);
      expect(outcome).toMatchObject({ ok: false, problem: { errors: [{ code: 'SELF_GRANT', message }] } });
    }
  });

  test('by hanging an object below one on which they hold it', async () => {
    await write(postern(), ['firm:top#audit@user:ann', 'firm:below#owner@user:ann']);
    const outcome = await grant(ann, 'firm:below#parent@firm:top');
    const message = gives('firm:below', 'audit');
    expect(outcome).toMatchObject({ ok: false, problem: { errors: [{ code: 'SELF_GRANT', message }] } });
    expect(await grant(operator, 'firm:below#parent@firm:top')).toMatchObject({ ok: true });
  });

  test('nor does whoever acts for somebody else', async () => {
    await write(postern(), ['firm:acting#owner@user:ben', 'firm:named#owner@user:ben']);
    const acting = (delegate: string) => ({ ...signedIn('user:ben'), delegate }) as Actor;
    const message = gives('firm:acting', 'finance');
    const outcome = await grant(acting('user:ann'), 'firm:acting#club@club:x');
    expect(outcome).toMatchObject({ ok: false, problem: { errors: [{ code: 'SELF_GRANT', message }] } });
    expect(await grant(acting('app-7'), 'firm:named#club@club:x')).toMatchObject({ ok: true });
  });

  test('a batch names the place of what would give it', async () => {
    await write(postern(), ['firm:p#owner@user:ann']);
    const outcome = await writeAs(ann, ['firm:p#lead@user:zoe', 'firm:q#club@club:x'], []);
    const errors = [{ code: 'SELF_GRANT', message: gives('firm:q', 'finance'), field: ['input', 'writes', '1'] }];
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'invalid', errors } });
  });
});
