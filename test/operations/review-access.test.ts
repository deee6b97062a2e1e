import { beforeAll, describe, expect, test } from 'vitest';
import { importStore } from '../../src/cli/import-store.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../src/model/relationship.ts';
import type { Actor } from '../../src/operations/actor.ts';
import {
  type AccessReviewEntry,
  type AccessReviewInput,
  reviewAccess,
} from '../../src/operations/reviews/review-access.ts';
import { object, relationship, subject } from '../support/parse.ts';
import { done, everyStore, operator, publish, signedIn, usePosternOn, write } from '../support/postern.ts';
import { creatorsStore } from '../support/postern-server.ts';

describe.each(everyStore)('on %s', (store) => {
  const small = usePosternOn(store);
  const creators = usePosternOn(store);
  const odd = usePosternOn(store);

  const dsl = `model
  schema 1.1
type user
type platform
  relations
    define reader: [user]
    define can_read_relationships: reader
type team
  relations
    define organization: [organization]
    define member: [user, team#member]
    define can_manage_access: admin from organization
type organization
  relations
    define admin: [user]
    define auditor: [user]
    define member: [user, user:*, user with in_time, team#member] or admin
    define blocked: [user]
    define can_review_access: auditor but not blocked
    define can_manage_access: admin
type folder
  relations
    define organization: [organization]
    define parent: [folder, folder with in_time]
    define blocked: blocked from organization
    define editor: ([user, team#member] or admin from organization or editor from parent) but not blocked
    define can_manage_access: admin from organization or can_manage_access from parent
type note
  relations
    define folder: [folder]
    define mentions: [folder]
    define author: [user]
    define can_read: author or editor from folder or editor from mentions
    define can_manage_access: can_manage_access from folder but not blocked from mentions
condition in_time(current_time: timestamp, ends_at: timestamp) {
  current_time < ends_at
}`;

  const soon = new Date('2199-01-01T00:00:00Z');
  const later = new Date('2299-01-01T00:00:00Z');
  const until = (text: string, expiresAt: Date): Relationship => relationship(text, { expiresAt });
  const inTime = (text: string, ends: string): Relationship =>
    relationship(text, { condition: ['in_time', { ends_at: ends }] });

  beforeAll(async () => {
    await publish(small(), dsl);
    await write(small(), [
      'platform:main#reader@user:rex',
      'organization:acme#admin@user:ada',
      'organization:acme#auditor@user:aud',
      'organization:acme#auditor@user:bob',
      'organization:acme#blocked@user:bob',
      inTime('organization:acme#member@user:old', '2001-01-01T00:00:00Z'),
      inTime('organization:acme#member@user:new', '2901-01-01T00:00:00Z'),
      until('organization:acme#member@team:a#member', soon),
      'team:a#member@user:ann',
      until('team:a#member@team:b#member', later),
      'team:b#member@user:ben',
      'team:a#organization@organization:acme',
      // Two ways to the same relationship: the one that ends last counts.
      until('folder:top#editor@team:b#member', soon),
      'folder:top#editor@team:c#member',
      'team:c#member@team:b#member',
      'folder:top#editor@user:bob',
      'folder:top#editor@user:out',
      'folder:top#organization@organization:acme',
      'folder:sub#parent@folder:top',
      // Two ways: one that ends, and one from then on. Ned has the role now; Pia only later.
      until('folder:plan#editor@team:ends#member', soon),
      'team:ends#member@team:both#member',
      relationship('folder:plan#editor@team:both#member', { startsAt: soon }),
      'team:both#member@user:ned',
      relationship('folder:plan#editor@team:next#member', { startsAt: soon }),
      'team:next#member@user:pia',
      inTime('folder:was#parent@folder:top', '2001-01-01T00:00:00Z'),
      inTime('folder:is#parent@folder:top', '2901-01-01T00:00:00Z'),
      'note:1#folder@folder:sub',
      'note:1#author@user:ann',
      // Of another organization, and mentions a folder of this one.
      'folder:foreign#organization@organization:other',
      'note:2#folder@folder:foreign',
      'note:2#mentions@folder:top',
      'note:2#author@user:eve',
    ]);
    await importStore(creators(), operator, creatorsStore);
  });

  const none: AccessReviewInput = {
    object: object('organization:acme'),
    includeContained: false,
    role: undefined,
    subject: undefined,
    expiresBefore: undefined,
    withoutEnd: false,
    notHolding: undefined,
    first: 100,
    after: undefined,
  };

  type Asked = Partial<Omit<AccessReviewInput, 'object'>>;

  async function review(postern: ReturnType<typeof small>, on: string, asked: Asked = {}, actor: Actor = operator) {
    const entries: AccessReviewEntry[] = [];
    let after: string | undefined;
    for (;;) {
      const page = done(await reviewAccess(postern, actor, { ...none, object: object(on), ...asked, after }));
      entries.push(...page.entries);
      if (!page.hasMore) return { entries, isComplete: page.isComplete };
      after = page.endCursor;
    }
  }

  /** `role: the relationships`, and what is not as usual. */
  function textOf({ role, via, decision, expiresAt }: AccessReviewEntry): string {
    const end = expiresAt === undefined ? '' : ` until ${expiresAt.getUTCFullYear()}`;
    return `${role.name}: ${via.map(formatRelationship).join(' <- ')}${end}${decision.kind === 'allowed' ? '' : ` (${decision.kind})`}`;
  }

  describe('a review', () => {
    test.each<readonly [string, Asked, readonly string[]]>([
      [
        'organization:acme',
        {},
        [
          'admin: organization:acme#admin@user:ada',
          'auditor: organization:acme#auditor@user:aud',
          'auditor: organization:acme#auditor@user:bob',
          'blocked: organization:acme#blocked@user:bob',
          'member: organization:acme#admin@user:ada',
          'member: organization:acme#member@user:old (denied)',
          'member: organization:acme#member@user:new',
          'member: organization:acme#member@team:a#member <- team:a#member@user:ann until 2199',
          'member: organization:acme#member@team:a#member <- team:a#member@team:b#member <- team:b#member@user:ben until 2199',
        ],
      ],
      [
        'folder:top',
        {},
        [
          'editor: folder:top#editor@user:bob (denied)',
          'editor: folder:top#editor@user:out',
          'editor: folder:top#organization@organization:acme <- organization:acme#admin@user:ada',
          'editor: folder:top#editor@team:c#member <- team:c#member@team:b#member <- team:b#member@user:ben',
        ],
      ],
      ['folder:top', { subject: subject('user:out') }, ['editor: folder:top#editor@user:out']],
      ['folder:top', { subject: subject('user:nobody') }, []],
      ['folder:top', { subject: subject('user:*') }, []],
      ['organization:acme', { role: 'admin' }, ['admin: organization:acme#admin@user:ada']],
      [
        'organization:acme',
        { expiresBefore: new Date('2200-01-01T00:00:00Z') },
        [
          'member: organization:acme#member@team:a#member <- team:a#member@user:ann until 2199',
          'member: organization:acme#member@team:a#member <- team:a#member@team:b#member <- team:b#member@user:ben until 2199',
        ],
      ],
      ['organization:acme', { expiresBefore: new Date('2199-01-01T00:00:00Z') }, []],
      [
        'folder:top',
        { withoutEnd: true, notHolding: { object: object('organization:acme'), relation: 'member' } },
        ['editor: folder:top#editor@user:bob (denied)', 'editor: folder:top#editor@user:out'],
      ],
      [
        'folder:plan',
        {},
        [
          'editor: folder:plan#editor@team:ends#member <- team:ends#member@team:both#member <- team:both#member@user:ned until 2199',
          'editor: folder:plan#editor@team:next#member <- team:next#member@user:pia (denied)',
        ],
      ],
      ['folder:plan', { expiresBefore: later }, []],
      [
        'folder:plan',
        { withoutEnd: true },
        [
          'editor: folder:plan#editor@team:ends#member <- team:ends#member@team:both#member <- team:both#member@user:ned until 2199',
          'editor: folder:plan#editor@team:next#member <- team:next#member@user:pia (denied)',
        ],
      ],
      ['folder:none', {}, []],
    ])('of %s with %j', async (on, asked, expected) => {
      const { entries, isComplete } = await review(small(), on, asked);
      // Within a relation the order is that of the store's numbers: stable, and without a meaning.
      expect(entries.map(textOf).toSorted()).toEqual([...expected].toSorted());
      expect(isComplete).toBe(true);
      const paged = await review(small(), on, { ...asked, first: 1 });
      expect(paged.entries.map(textOf)).toEqual(entries.map(textOf));
    });

    test('says since when, by whom and under which conditions', async () => {
      const { entries } = await review(small(), 'organization:acme', { subject: subject('user:new') });
      const [entry] = entries;
      expect(entry).toMatchObject({ grantedBy: undefined, expiresAt: undefined });
      expect(entry?.grantedAt).toEqual(entry?.via[0]?.createdAt);
      expect(entry?.via[0]?.condition?.name).toBe('in_time');
    });

    test.each<readonly [Asked, string]>([
      [{ role: 'admn' }, 'The role "admn" does not exist here. Did you mean "admin"?'],
      [{ role: 'can_manage_access' }, 'The role "can_manage_access" is not assigned to anybody here.'],
      [{ subject: subject('team:a#member') }, '"team:a#member" is a subject set; a review lists the subjects in it.'],
      [
        { withoutEnd: true, expiresBefore: soon },
        'What has no end does not expire: give "withoutEnd" or "expiresBefore".',
      ],
      [
        { notHolding: { object: object('organization:acme'), relation: 'membr' } },
        'Unknown relation "membr" on type "organization". Did you mean "member"?',
      ],
    ])('refuses %j', async (asked, message) => {
      const refused = await reviewAccess(small(), operator, { ...none, ...asked });
      expect(refused).toMatchObject({ ok: false, problem: { kind: 'invalid', errors: [{ message }] } });
    });
  });

  describe('what belongs to an organization', () => {
    const objectsOf = (entries: readonly AccessReviewEntry[]) => [
      ...new Set(entries.map((one) => formatObjectRef(one.object))),
    ];

    test('is reviewed in the order of ids, and nothing else is', async () => {
      const { entries, isComplete } = await review(small(), 'organization:acme', { includeContained: true });
      expect(objectsOf(entries)).toEqual([
        'organization:acme',
        'folder:is',
        'folder:sub',
        'folder:top',
        'note:1',
        'team:a',
      ]);
      expect(isComplete).toBe(true);
      for (const first of [1, 3]) {
        const paged = await review(small(), 'organization:acme', { includeContained: true, first });
        expect(paged.entries.map(textOf)).toEqual(entries.map(textOf));
      }
    });

    test('is what the creators of the example would expect', async () => {
      const { entries, isComplete } = await review(creators(), 'organization:northwind', { includeContained: true });
      const objects = objectsOf(entries);
      expect(objects).toContain('label:nightowl');
      expect(objects).toContain('team:nw-emea');
      expect(objects).toContain('payout_run:2026-03');
      expect(objects.filter((one) => /luna|wavecast|papertrail|platform|accountant/.test(one))).toEqual([]);
      expect(isComplete).toBe(true);
    });
  });

  describe('the example of the creators', () => {
    test.each<readonly [string, string, readonly string[]]>([
      [
        'organization:northwind',
        'owner',
        ['owner: organization:northwind#owner@user:bea', 'owner: organization:northwind#owner@user:olga'],
      ],
      [
        'organization:northwind',
        'support_viewer',
        [
          'support_viewer: organization:northwind#support_viewer@employee:sam (denied)',
          'support_viewer: organization:northwind#support_viewer@employee:sly (denied)',
        ],
      ],
      [
        'organization:northwind',
        'blocked',
        ['user:bea', 'user:gone'].map((one) => `blocked: organization:northwind#blocked@${one}`),
      ],
      ['role:accountant', 'music_royalty_view', ['music_royalty_view: role:accountant#music_royalty_view@user:*']],
      ['role_binding:b2', 'money_assignee', ['money_assignee: role_binding:b2#money_assignee@user:kim']],
      [
        'label:nightowl',
        'admin',
        [
          'admin: label:nightowl#organization@organization:northwind <- organization:northwind#admin@user:adam',
          'admin: label:nightowl#organization@organization:northwind <- organization:northwind#owner@user:bea',
          'admin: label:nightowl#organization@organization:northwind <- organization:northwind#owner@user:olga',
        ],
      ],
      [
        'team:nw-marketing',
        'member',
        [
          'member: team:nw-marketing#lead@user:lea',
          'member: team:nw-marketing#member@team:nw-emea#member <- team:nw-emea#member@user:mia',
        ],
      ],
    ])('%s, %s', async (on, role, expected) => {
      const { entries } = await review(creators(), on, { role });
      expect(entries.map(textOf).toSorted()).toEqual(expected);
    });

    test('shows outsiders whose roles do not end', async () => {
      const notHolding = { object: object('organization:northwind'), relation: 'member' };
      const { entries } = await review(creators(), 'label:nightowl', { withoutEnd: true, notHolding, role: 'reader' });
      expect(entries.map(textOf).toSorted()).toMatchInlineSnapshot(`
      [
        "reader: label:nightowl#parent@label:northwind <- label:northwind#editor@team:nw-marketing#member <- team:nw-marketing#lead@user:lea",
        "reader: label:nightowl#parent@label:northwind <- label:northwind#editor@team:nw-marketing#member <- team:nw-marketing#member@team:nw-emea#member <- team:nw-emea#member@user:mia",
        "reader: label:nightowl#parent@label:northwind <- label:northwind#editor@user:gone",
        "reader: label:nightowl#reader@user:rex",
      ]
    `);
    });
  });

  describe('who may review', () => {
    const acme = 'organization:acme';
    test.each<readonly [string, string, boolean, string | undefined, string]>([
      ['user:aud', acme, false, undefined, 'done'],
      ['user:aud', acme, true, undefined, 'done'],
      ['user:aud', acme, false, acme, 'done'],
      // The right on an organization reaches what belongs to it as a part of its review, and not by itself.
      ['user:aud', 'folder:top', false, undefined, 'forbidden'],
      ['user:aud', 'organization:other', false, undefined, 'forbidden'],
      // What somebody holds elsewhere must not be found out by a filter.
      ['user:aud', acme, false, 'organization:other', 'forbidden'],
      ['user:bob', acme, false, undefined, 'forbidden'],
      ['user:ada', acme, false, undefined, 'forbidden'],
      ['user:ada', 'folder:top', false, undefined, 'done'],
      ['user:ada', 'note:1', false, undefined, 'done'],
      ['user:ada', 'note:2', false, undefined, 'forbidden'],
      ['user:ada', 'platform:main', false, undefined, 'forbidden'],
      ['user:rex', acme, true, undefined, 'done'],
      ['user:rex', 'note:2', false, 'organization:other', 'done'],
      ['user:out', 'folder:top', false, undefined, 'forbidden'],
      ['user:nobody', acme, false, undefined, 'forbidden'],
    ])('%s on %s, contained %s, outsiders to %s: %s', async (who, on, includeContained, holding, expected) => {
      const notHolding = holding === undefined ? undefined : { object: object(holding), relation: 'member' };
      const input = { ...none, object: object(on), includeContained, notHolding };
      const reviewed = await reviewAccess(small(), signedIn(who), input);
      expect(reviewed.ok ? 'done' : reviewed.problem.kind).toBe(expected);
    });
  });

  describe('a cursor', () => {
    const page = (asked: Asked = {}, actor = operator) => reviewAccess(small(), actor, { ...none, first: 2, ...asked });

    test('is good for one asker and one question', async () => {
      const after = done(await page()).endCursor ?? '';
      expect((await page({ after })).ok).toBe(true);
      const wrong: readonly (readonly [Asked, Actor?])[] = [
        [{ after: `${after.slice(0, -1)}${after.endsWith('A') ? 'B' : 'A'}` }],
        [{ after: after.slice(0, 40) }],
        [{ after: '' }],
        [{ after, role: 'member' }],
        [{ after, withoutEnd: true }],
        [{ after, includeContained: true }],
        [{ after, subject: subject('user:ada') }],
        [{ after, expiresBefore: soon }],
        [{ after, notHolding: { object: object('organization:acme'), relation: 'member' } }],
        [{ after }, signedIn('user:aud')],
      ];
      for (const [asked, actor] of wrong) {
        expect(await page(asked, actor)).toMatchObject({ ok: false, problem: { kind: 'invalid' } });
      }
    });
  });

  describe('what the model makes of relationships', () => {
    const before = `model
  schema 1.1
type user
type bot
type team
  relations
    define member: [user]
type folder
  relations
    define reader: [user]
type doc
  relations
    define parent: [folder]
    define reader: [user, bot, team#member] or reader from parent
    define everyone: [user:*]
    define spared: [user]
    define hit: everyone but not spared
    define open: [user:*] but not hit
    define both: [user:*] and everyone
    define closed: everyone and spared`;
    const after = before
      .replace('parent: [folder]', 'parent: [folder with now]')
      .replace('[user, bot, team#member]', '[bot, bot with now, team#member with now]')
      .concat('\ncondition now(current_time: timestamp) {\n  current_time > timestamp("2000-01-01T00:00:00Z")\n}');

    beforeAll(async () => {
      await publish(odd(), before);
      await write(odd(), [
        'doc:1#reader@user:ann',
        'doc:1#reader@bot:x',
        'doc:1#reader@team:a#member',
        'team:a#member@user:ben',
        'doc:1#parent@folder:1',
        'folder:1#reader@user:cat',
        'doc:1#everyone@user:*',
        'doc:1#spared@user:bob',
        'doc:1#open@user:*',
        'doc:1#both@user:*',
      ]);
    });

    test.each([
      // Whoever is spared from what takes away is named, for the wildcard does not reach everybody.
      ['open', ['open: doc:1#open@user:* (denied)', 'open: doc:1#spared@user:bob']],
      ['both', ['both: doc:1#both@user:*', 'both: doc:1#everyone@user:*']],
      ['spared', ['spared: doc:1#spared@user:bob']],
      [
        'reader',
        [
          'reader: doc:1#parent@folder:1 <- folder:1#reader@user:cat',
          'reader: doc:1#reader@bot:x',
          'reader: doc:1#reader@team:a#member <- team:a#member@user:ben',
          'reader: doc:1#reader@user:ann',
        ],
      ],
    ])('%s', async (role, expected) => {
      const { entries } = await review(odd(), 'doc:1', { role });
      expect(entries.map(textOf).toSorted()).toEqual(expected);
    });

    test('counts nothing that the active model does not admit, and says of it that it is ignored', async () => {
      await publish(odd(), after);
      const { entries } = await review(odd(), 'doc:1', { role: 'reader' });
      const ignored = entries.filter(({ effect }) => effect.kind === 'none' && effect.reason === 'IGNORED');
      expect(ignored.map(textOf)).toEqual(['reader: doc:1#reader@user:ann (denied)']);
      expect(entries.filter((one) => !ignored.includes(one)).map(textOf)).toEqual(['reader: doc:1#reader@bot:x']);
    });
  });
});
