import { beforeAll, describe, expect, test } from 'vitest';
import type { AccessFinding, FindingKind } from '../../src/operations/findings/access-finding.ts';
import { findingKinds, rankOf, usualKinds } from '../../src/operations/findings/access-finding.ts';
import type { FindingsQuestion } from '../../src/operations/findings/findings-question.ts';
import { listFindings } from '../../src/operations/findings/list-findings.ts';
import { simulateChange } from '../../src/operations/findings/simulate-change.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { describeRefusal } from '../../src/operations/refusal.ts';
import { farAway } from '../support/firm.ts';
import { dsl, object, relationship } from '../support/parse.ts';
import { done, everyStore, operator, publish, signedIn, usePosternOn, write } from '../support/postern.ts';

/** A house: who lives in it, what belongs to it, and who may give what. */
const house = dsl(
  {
    user: {},
    bot: {},
    platform: { reader: '[user]', can_read_relationships: 'reader' },
    house: {
      owner: '[user]',
      clerk: '[user]',
      auditor: '[user]',
      member: '[user, team#member] or owner',
      blocked: '[user]',
      can_enter: 'member but not blocked',
      can_grant_clerk: 'owner',
      can_grant_auditor: 'clerk',
      can_review_access: 'owner or auditor',
      can_manage_access: 'owner',
      must_keep: 'owner',
      no_self_grant: 'auditor',
    },
    team: {
      house: '[house]',
      lead: '[user]',
      member: '[user] or lead',
      can_manage_access: 'lead or can_manage_access from house',
      can_review_access: 'can_review_access from house',
    },
    room: {
      house: '[house]',
      keeper: '[user, team#member]',
      guest: '[user, bot, user:*, team#member, user with hours, user with until]',
      can_open: 'keeper or guest',
      can_lock: 'keeper',
      can_grant_guest: 'keeper',
      can_grant_keeper: 'clerk from house',
      can_manage_access: 'can_manage_access from house',
      can_review_access: 'can_review_access from house',
    },
  },
  { hours: '(hour: int) { hour < 18 }', until: '(current_time: timestamp, end: timestamp) { current_time < end }' },
);

const people = ['ann', 'ben', 'cyd', 'dan', 'eve'];

describe.each(everyStore)('on %s', (store) => {
  const opened = usePosternOn(store);
  const postern = (): Postern => ({
    ...opened(),
    toxicPairs: [
      {
        first: { type: 'room', permission: 'can_open' },
        second: { type: 'room', permission: 'can_lock' },
        scope: 'object',
      },
      {
        first: { type: 'house', permission: 'can_review_access' },
        second: { type: 'room', permission: 'can_lock' },
        scope: 'anywhere',
      },
    ],
  });

  beforeAll(async () => {
    await publish(opened(), house);
    await write(opened(), [
      ...[
        'house:a#owner@user:olga',
        'house:a#clerk@user:carl',
        'house:a#auditor@user:audra',
        'house:b#owner@user:sven',
      ],
      ...people.map((who) => `team:cooks#member@user:${who}`),
      ...[
        'team:cooks#house@house:a',
        'team:empty#house@house:a',
        'team:others#house@house:b',
        'team:others#member@user:spy',
        'team:others#member@user:ann',
      ],
      ...['house:a#member@team:cooks#member', 'house:a#member@user:ann', 'house:a#member@user:zoe'],
      ...['room:1#house@house:a', 'room:2#house@house:a', 'room:9#house@house:b', 'room:9#guest@user:spy'],
      ...[
        'room:1#keeper@user:kim',
        'room:1#guest@user:kim',
        'room:1#guest@team:others#member',
        'room:2#guest@bot:vac',
        'room:2#keeper@user:ann',
      ],
      relationship('room:2#guest@user:ben', { expiresAt: farAway }),
      relationship('room:2#guest@user:cyd', { condition: ['hours', {}] }),
      relationship('room:2#guest@user:dan', { condition: ['until', { end: '2099-01-01T00:00:00Z' }] }),
    ]);
  });

  const ask = (by: Parameters<typeof listFindings>[1], question: Partial<FindingsQuestion> = {}) =>
    listFindings(postern(), by, {
      object: object('house:a'),
      includeContained: true,
      kinds: usualKinds,
      insiders: undefined,
      steps: 3,
      days: 90,
      first: 100,
      after: undefined,
      ...question,
    });
  const found = async (kind: FindingKind, question: Partial<FindingsQuestion> = {}) =>
    done(await ask(operator, { kinds: [kind], ...question }));
  const texts = ({ findings }: { readonly findings: readonly AccessFinding[] }) => findings.map(({ text }) => text);

  test('grants that nothing ends', async () => {
    const all = texts(await found('withoutEnd'));
    expect(all).toContain('"room:2#guest@bot:vac" has no end.');
    expect(all).toContain('"room:2#guest@user:cyd" has no end.');
    expect(all.filter((text) => /ben|dan@|user:dan" has/.test(text) && text.includes('room'))).toEqual([]);
    // What only takes away is no grant, and structure is none either.
    expect(all.filter((text) => text.includes('#house@') || text.includes('#blocked@'))).toEqual([]);
    expect(all.every((text) => !text.includes('house:b') && !text.includes('room:9'))).toBe(true);
  });

  test('redundant grants', async () => {
    const page = await found('redundantGrant');
    expect(texts(page).toSorted()).toEqual([
      'Without "house:a#member@user:ann", everybody could do now what they can with it.',
      'Without "room:1#guest@user:kim", everybody could do now what they can with it.',
      // Each of the two ways is one too many, as long as the other is there.
      'Without "team:cooks#member@user:ann", everybody could do now what they can with it.',
    ]);
    expect(page.notExamined).toEqual(['Whether 2 grants are redundant is not known: they have a condition.']);
  });

  test('outsiders, alone and in sets', async () => {
    expect(texts(await found('outsider')).toSorted()).toEqual([
      '"bot:vac" is not in "house:a#member", and has a role by "room:2#guest@bot:vac".',
      '"user:audra" is not in "house:a#member", and has a role by "house:a#auditor@user:audra".',
      '"user:carl" is not in "house:a#member", and has a role by "house:a#clerk@user:carl".',
      '"user:kim" is not in "house:a#member", and has a role by "room:1#guest@user:kim".',
      '"user:kim" is not in "house:a#member", and has a role by "room:1#keeper@user:kim".',
      '1 of 2 in "team:others#member" is not in "house:a#member", and has a role by "room:1#guest@team:others#member".',
    ]);
    const cooks = { object: object('team:cooks'), relation: 'member' };
    expect((await found('outsider', { insiders: cooks })).findings.map(({ subject: by }) => by)).not.toContainEqual({
      kind: 'object',
      object: object('user:ann'),
    });
    const room = await found('outsider', { object: object('room:1') });
    expect([room.findings, room.notExamined]).toEqual([
      [],
      ['Nobody can say who is an outsider: "room:1" has no relation "member", and no other set was named.'],
    ]);
  });

  test('toxic pairs, and the one grant that ends them', async () => {
    const page = await found('toxicPair');
    expect(texts(page)).toEqual(
      expect.arrayContaining([
        '"user:kim" has "room#can_open" and "room#can_lock" on "room:1".',
        '"user:ann" has "room#can_open" and "room#can_lock" on "room:2".',
      ]),
    );
    expect(page.findings.length).toBe(2);
    const kim = page.findings.find(({ text }) => text.includes('kim'));
    expect(kim?.change.deletes.map(({ relation }) => relation)).toEqual(['keeper']);
    const none = done(
      await listFindings(opened(), operator, {
        object: object('house:a'),
        includeContained: true,
        kinds: ['toxicPair'],
        insiders: undefined,
        steps: 3,
        days: 90,
        first: 1,
        after: undefined,
      }),
    );
    expect(none.notExamined).toEqual(['No permissions are named that nobody should have together.']);
  });

  test('who could give what to themselves, and by what', async () => {
    const page = await found('escalation');
    expect(texts(page).toSorted()).toEqual([
      '"user:carl" could give itself 6 permissions on single objects in 1 step, first "can_open" on "room:1" by writing "room:1#keeper@user:carl".',
      '"user:olga" could give itself 9 permissions on single objects in 1 step, first "can_grant_auditor" on "house:a" by writing "house:a#clerk@user:olga".',
    ]);
    const carl = page.findings.find(({ text }) => text.includes('carl'));
    expect(carl?.change.deletes.map(({ relation }) => relation)).toEqual(['clerk']);
  });

  test('peers', async () => {
    expect(texts(await found('peerOutlier')).toSorted()).toEqual([
      '1 of 5 in "team:cooks#member" has "keeper" of "room:2" by a grant of their own: "room:2#keeper@user:ann".',
      '1 of 5 in "team:cooks#member" has "member" of "house:a" by a grant of their own: "house:a#member@user:ann".',
    ]);
  });

  test('how much hangs on a grant, and on all that a set is given', async () => {
    const page = await found('blastRadius');
    expect(texts(page)).toContain('Without "house:a#clerk@user:carl", 3 permissions on single objects would be lost.');
    expect(page.findings.map(({ rank }) => rank)).toEqual(
      page.findings.map(({ rank }) => rank).toSorted((a, b) => b - a),
    );
  });

  test('each change ends its finding', async () => {
    const { findings } = done(await ask(operator, { kinds: [...findingKinds] }));
    for (const { change, relationships } of findings.filter((one) => one.change.deletes.length > 0)) {
      const tried = done(await simulateChange(postern(), operator, { change, within: object('house:a') }));
      expect(tried.changed).toBe(change.deletes.length);
      expect(relationships.length).toBeGreaterThan(0);
    }
  });

  test('pages have all of them once, in their order', async () => {
    const all = done(await ask(operator)).findings.map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = done(await ask(operator, { first: 7, after }));
      paged.push(...page.findings.map(({ id }) => id));
      const last = page.findings.at(-1);
      after = page.hasMore && last ? page.cursorOf(last) : undefined;
    } while (after !== undefined);
    expect(paged).toEqual(all);
  });

  test('a cursor is good for its asker and its question only', async () => {
    const page = done(await ask(signedIn('user:olga'), { first: 1 }));
    const [first] = page.findings;
    const after = first && page.cursorOf(first);
    expect((await ask(signedIn('user:olga'), { first: 1, after })).ok).toBe(true);
    expect((await ask(signedIn('user:audra'), { first: 1, after })).ok).toBe(false);
    expect((await ask(signedIn('user:olga'), { first: 1, after, kinds: ['outsider'] })).ok).toBe(false);
  });

  test.each([
    ['user:olga', {}, undefined],
    ['user:audra', {}, undefined],
    ['user:sven', {}, 'This needs the permission "can_review_access" on "house:a".'],
    ['user:carl', {}, 'This needs the permission "can_review_access" on "house:a".'],
    [
      'user:olga',
      { insiders: { object: object('house:b'), relation: 'member' } },
      'This needs the permission "can_review_access" on "house:b".',
    ],
    [
      'user:olga',
      { insiders: { object: object('house:a'), relation: 'membr' } },
      'Unknown relation "membr" on type "house". Did you mean "member"?',
    ],
    ['user:olga', { steps: 6 }, '"steps" is 6; it must be from 1 to 5.'],
    ['user:olga', { kinds: [] }, 'There is no kind of finding to look for.'],
  ] as const)('%s asks %j', async (by, question, refused) => {
    const answer = await ask(signedIn(by), question);
    expect(answer.ok ? undefined : describeRefusal(answer.problem)).toBe(refused);
  });

  test('nobody reads what is not theirs', async () => {
    const { findings, notExamined } = done(await ask(signedIn('user:audra'), { kinds: [...findingKinds] }));
    expect(JSON.stringify([findings, notExamined])).not.toMatch(/house:b|room:9|user:spy|user:sven/);
  });
});

test('a rank is ten thousand for each lighter kind, and what is at stake', () => {
  expect(findingKinds.map((kind) => rankOf(kind, 12))).toEqual([
    90012, 80012, 70012, 60012, 50012, 40012, 30012, 20012, 10012, 12,
  ]);
  expect([rankOf('blastRadius', -1), rankOf('blastRadius', 12_345), rankOf('blastRadius', 1.9)]).toEqual([0, 9999, 1]);
});
