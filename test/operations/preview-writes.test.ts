import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/operations/actor.ts';
import { listAuditEvents } from '../../src/operations/audit/list-audit-events.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import { extendGrant } from '../../src/operations/roles/extend-grant.ts';
import { grantRole } from '../../src/operations/roles/grant-role.ts';
import { revokeRole } from '../../src/operations/roles/revoke-role.ts';
import { transferRole } from '../../src/operations/roles/transfer-role.ts';
import type { AccessPreview } from '../../src/operations/writes/access-preview.ts';
import { farAway } from '../support/firm.ts';
import { dsl, object, relationship, subject } from '../support/parse.ts';
import {
  done,
  everyEvent,
  everyStore,
  operator,
  publish,
  signedIn,
  usePosternOn,
  write,
  writing,
} from '../support/postern.ts';

/** Shows in networks, with episodes; who may grant on a note may not see who reads it. */
const studio = dsl(
  {
    user: {},
    platform: { operator: '[user]', can_write_relationships: 'operator', can_grant_operator: 'operator' },
    team: { lead: '[user]', member: '[user, team#member] or lead', can_manage_access: 'lead' },
    network: { admin: '[user]', must_keep: 'admin', can_manage_access: 'admin' },
    show: {
      network: '[network]',
      blocked: '[user]',
      editor: '[user, user with late, team#member]',
      viewer: '[user, user:*, team#member]',
      no_self_grant: 'blocked',
      can_view: '(viewer or editor or admin from network) but not blocked',
      can_edit: '(editor or admin from network) but not blocked',
      can_publish: 'editor but not blocked',
      can_manage_access: 'can_manage_access from network',
    },
    episode: {
      show: '[show]',
      guest: '[user]',
      can_view: 'guest or can_view from show',
      can_edit: 'can_edit from show',
      can_grant_guest: 'can_edit',
      can_review_access: 'can_manage_access from show',
    },
    note: { reader: '[user]', keeper: '[user]', can_read: 'reader', can_grant_reader: 'keeper' },
  },
  { late: '(hour: int) { hour > 17 }' },
);

const none = { reason: undefined, idempotency: undefined, dryRun: true } as const;
const ann = signedIn('user:ann');
/** Of each test its own. */
let own = 0;
let shift = '';
let crew = '';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  beforeAll(async () => {
    await publish(postern(), studio);
    await write(postern(), ['note:1#keeper@user:ann', 'note:1#reader@user:max']);
  });

  beforeEach(async () => {
    own += 1;
    shift = `show:nightshift-${own}`;
    crew = `team:crew-${own}#member`;
    await write(postern(), [
      `network:wave-${own}#admin@user:ann`,
      `${shift}#network@network:wave-${own}`,
      ...[`team:crew-${own}#lead@user:lea`, `team:crew-${own}#member@user:paul`, `${shift}#viewer@${crew}`],
      ...['episode:1', 'episode:2'].map((episode) => `${episode}-${own}#show@${shift}`),
    ]);
  });

  const previewed = async (result: Promise<unknown>) => {
    const { preview } = done((await result) as Awaited<ReturnType<typeof grantRole>>);
    expect(preview).toBeDefined();
    return preview as AccessPreview;
  };
  const grant = (actor: Actor, text: string, parts = {}) =>
    grantRole(postern(), actor, { ...none, relationship: relationship(text, parts) });
  const revoke = (actor: Actor, text: string) =>
    revokeRole(postern(), actor, { ...none, relationship: relationship(text) });
  const counts = ({ gained, lost, becameUndecided }: AccessPreview) => [
    gained.count,
    lost.count,
    becameUndecided.count,
  ];

  test('a grant: what the person gains, on the object and below, and what they have already through a team', async () => {
    const preview = await previewed(grant(ann, `${shift}#editor@user:paul`));
    expect(preview.text.split('\n')[0]).toBe(
      `user:paul gains 2 permissions on ${shift} and 2 episodes; it has can_view already through ${crew}, viewer of ${shift}, and more that is not yours to see.`,
    );
    expect(counts(preview)).toEqual([6, 0, 0]);
    expect(preview.isComplete).toBe(true);
  });

  test('a removal: what remains, and through what', async () => {
    await write(postern(), [`${shift}#viewer@user:paul`]);
    const preview = await previewed(revoke(ann, `${shift}#viewer@user:paul`));
    expect(counts(preview)).toEqual([0, 0, 0]);
    expect(preview.text).toContain(`it keeps can_view through ${crew}, viewer of ${shift}`);
    const [way] = preview.remainsThrough;
    expect(way?.relationships.map((one) => one.relationship.subject)).toEqual([crew]);
    expect(way?.isWhole).toBe(false);
  });

  test('a block takes away, and says so of what belongs to the object', async () => {
    const preview = await previewed(grant(ann, `${shift}#blocked@user:paul`));
    // Of the episodes as well.
    expect(counts(preview)).toEqual([0, 3, 0]);
    expect(preview.lost.examples.map((one) => one.permission)).toEqual(['can_view', 'can_view', 'can_view']);
  });

  test('a team counts by its members, and everybody by their wildcard', async () => {
    await write(postern(), [`team:day-${own}#member@user:dee`, `team:day-${own}#member@user:dan`]);
    expect(counts(await previewed(grant(ann, `${shift}#editor@team:day-${own}#member`)))).toEqual([
      2 * (3 + 2 * 3),
      0,
      0,
    ]);
    const preview = await previewed(grant(ann, `${shift}#viewer@user:*`));
    expect(preview.gained.examples.map((one) => one.subject)).toContainEqual(subject('user:*'));
  });

  test('a condition makes undecided what only a request can say', async () => {
    const preview = await previewed(grant(ann, `${shift}#editor@user:zoe`, { condition: ['late', {}] }));
    expect(counts(preview)).toEqual([0, 0, 3 + 2 * 3]);
  });

  test('a transfer and an extension are told of both ends', async () => {
    await write(postern(), [`${shift}#editor@user:ed`]);
    const to = {
      object: object(shift),
      role: relationship(`${shift}#editor@user:ed`).relation,
      from: subject('user:ed'),
    };
    const handed = await previewed(transferRole(postern(), ann, { ...none, ...to, to: subject('user:eva') }));
    expect(counts(handed)).toEqual([3 + 2 * 3, 3 + 2 * 3, 0]);
    const input = {
      relationship: relationship(`${shift}#editor@user:ed`),
      ...{ startsAt: undefined, expiresAt: farAway, condition: undefined },
    };
    expect(counts(await previewed(extendGrant(postern(), ann, { ...none, ...input })))).toEqual([0, 0, 0]);
  });

  test('a link gives what comes from above it, to whoever holds it there', async () => {
    const [writes, deletes] = [`episode:9-${own}#show@${shift}`, `episode:1-${own}#show@${shift}`];
    const input = { ...writing([writes], [deletes]), dryRun: true };
    const preview = await previewed(writeRelationships(postern(), operator, input));
    // Ann edits, views, invites and reviews; Paul and Lea view.
    expect(counts(preview)).toEqual([6, 6, 0]);
  });

  test.each<[what: string, run: () => Promise<{ ok: boolean; problem?: unknown }>, problem: object]>([
    ['no right', () => grant(signedIn('user:paul'), `${shift}#editor@user:paul`), { kind: 'forbidden' }],
    ['a role for oneself', () => grant(ann, `${shift}#blocked@user:ann`), { errors: [{ code: 'SELF_GRANT' }] }],
    ['the last holder', () => revoke(ann, `network:wave-${own}#admin@user:ann`), { errors: [{ code: 'LAST_HOLDER' }] }],
    ['what is there already', () => grant(ann, `${shift}#viewer@${crew}`), { errors: [{ code: 'ALREADY_EXISTS' }] }],
    [
      'the same with another end',
      () => grant(ann, `${shift}#viewer@${crew}`, { expiresAt: farAway }),
      { errors: [{ code: 'CONFLICT' }] },
    ],
    ['what is not there', () => revoke(ann, `${shift}#viewer@user:paul`), { errors: [{ code: 'NOT_FOUND' }] }],
    ['a role that is none', () => grant(ann, `${shift}#edtor@user:paul`), { errors: [{ code: 'UNKNOWN_RELATION' }] }],
    [
      'a key that is none',
      () =>
        grantRole(postern(), ann, {
          ...none,
          relationship: relationship(`${shift}#editor@user:x`),
          idempotency: { key: '', request: 1 },
        }),
      { errors: [{ code: 'INVALID_INPUT' }] },
    ],
  ])('is refused as the write is: %s', async (_what, run, problem) => {
    expect(await run()).toMatchObject({ ok: false, problem });
  });

  test('whoever may grant and may not review is told nothing of who has access', async () => {
    const [known, other] = [
      await previewed(grant(ann, 'note:1#reader@user:new')),
      await previewed(grant(operator, 'note:1#reader@user:new')),
    ];
    expect(known).toMatchObject({ subjects: [], remainsThrough: [], isComplete: false, notShown: [object('note:1')] });
    expect([counts(known), counts(other)]).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
  });

  test('whoever writes anything and reads nothing is not told what is there by trying', async () => {
    await write(postern(), [`platform:main#operator@user:op-${own}`]);
    const input = { ...writing([], [`${shift}#viewer@${crew}`]), dryRun: true };
    expect(await writeRelationships(postern(), signedIn(`user:op-${own}`), input)).toMatchObject({
      problem: { kind: 'forbidden', message: expect.stringContaining('can_read_relationships') },
    });
  });

  test('leaves no event of a change, keeps no outcome, repeats none, and changes nothing', async () => {
    const events = async () => {
      const { events: list } = done(
        await listAuditEvents(postern(), operator, everyEvent, { first: 100, after: undefined }),
      );
      return list.map(({ event }) => [event.action, event.outcome]);
    };
    const before = await events();
    const idempotency = { key: 'one-key', request: 'a grant' };
    const input = { ...none, idempotency, relationship: relationship(`${shift}#editor@user:paul`) };
    await previewed(grantRole(postern(), ann, input));
    await previewed(grantRole(postern(), ann, input));
    expect(await events()).toEqual(before);
    done(await grantRole(postern(), ann, { ...input, dryRun: false }));
    // The outcome that is kept now is the write's; a preview says what is so.
    expect(await grantRole(postern(), ann, input)).toMatchObject({ problem: { errors: [{ code: 'ALREADY_EXISTS' }] } });
    expect(await events()).toEqual([['grantRole', 'done'], ...before]);
    await grant(signedIn('user:paul'), `${shift}#editor@user:paul`);
    expect((await events())[0]).toEqual(['grantRole', 'denied']);
  });
});
