import { beforeAll, describe, expect, test } from 'vitest';
import { formatRelationship } from '../../src/model/relationship.ts';
import { formatSubjectRef } from '../../src/model/subject-ref.ts';
import { type AccessReviewEntry, reviewAccess } from '../../src/operations/reviews/review-access.ts';
import { object, type RelationshipParts, relationship } from '../support/parse.ts';
import { done, everyStore, operator, publish, usePosternOn, write } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  const model = (editors: string) => `model
  schema 1.1
type user
type team
  relations
    define member: [user]
type label
  relations
    define owner: [user]
    define manager: [user]
    define note: [user]
    define can_manage_access: owner
type album
  relations
    define label: [label]
    define blocked: [user]
    define owner: [user]
    define editor: [${editors}]
    define viewer: [user, user:*]
    define watcher: [user]
    define approver: [user]
    define can_manage_access: owner or can_manage_access from label
    define can_edit: (editor or owner or manager from label) but not blocked
    define can_view: (viewer or can_edit) but not blocked
    define can_publish: owner and approver
condition in_time(current_time: timestamp, ends_at: timestamp) {
  current_time < ends_at
}
condition in_house(house: string) {
  house == "main"
}
condition from_office(office: string, place: string) {
  office == place
}`;

  const all = 'user, team#member, user with in_time, user with in_house, user with from_office';

  const given = (text: string, ...condition: NonNullable<RelationshipParts['condition']>) =>
    relationship(text, { condition });

  beforeAll(async () => {
    await publish(postern(), model(all));
    await write(postern(), [
      ...['plain', 'blocked', 'twice', 'both', 'team'].map((who) => `album:1#editor@user:${who}`),
      'album:1#blocked@user:blocked',
      'album:1#blocked@user:idle',
      'album:1#owner@user:both',
      'album:1#editor@team:a#member',
      'album:1#editor@team:b#member',
      'team:a#member@user:team',
      'team:a#member@user:once',
      'team:a#member@user:two',
      'team:b#member@user:two',
      'album:1#viewer@user:*',
      'album:1#viewer@user:seen',
      'album:1#watcher@user:watch',
      'album:1#approver@user:alone',
      'album:1#approver@user:both',
      given('album:1#editor@user:late', 'in_time', { ends_at: '2001-01-01T00:00:00Z' }),
      given('album:1#editor@user:early', 'in_time', { ends_at: '2901-01-01T00:00:00Z' }),
      given('album:1#editor@user:out', 'in_house', { house: 'other' }),
      given('album:1#editor@user:open', 'from_office', { office: 'main' }),
      'album:1#label@label:x',
      'album:2#label@label:x',
      'label:x#manager@user:boss',
      'label:x#note@user:boss',
      'label:y#manager@user:boss',
      'album:3#editor@user:gone',
    ]);
  });

  const none = {
    ...{ role: undefined, subject: undefined, expiresBefore: undefined, withoutEnd: false, notHolding: undefined },
    ...{ includeContained: false, first: 100, after: undefined },
  };

  const review = async (name: string) =>
    done(await reviewAccess(postern(), operator, { ...none, object: object(name) }));

  const effectOf = ({ effect }: AccessReviewEntry): string => {
    if (effect.kind === 'effective') return 'effective';
    return effect.kind === 'none' ? effect.reason : effect.problem.code;
  };

  describe('whether it would change anything to take a grant away, and why not', () => {
    test.each<[entry: string, effects: readonly string[], why: string]>([
      ['editor@user:plain', ['effective'], 'can_edit'],
      ['editor@user:blocked', ['BLOCKED'], 'but not blocked'],
      ['blocked@user:blocked', ['effective'], 'the editor would be one again'],
      ['blocked@user:idle', ['effective'], 'everybody may view'],
      ['editor@user:both', ['COVERED'], 'is owner as well'],
      ['owner@user:both', ['effective'], 'can_publish'],
      ['approver@user:both', ['effective'], 'can_publish'],
      ['approver@user:alone', ['BLOCKED'], 'is no owner'],
      ['editor@user:team', ['COVERED', 'COVERED'], 'directly, and in a team'],
      ['editor@user:once', ['effective'], 'in one team'],
      ['editor@user:two', ['COVERED', 'COVERED'], 'in two teams'],
      ['viewer@user:*', ['effective'], 'everybody'],
      ['viewer@user:seen', ['COVERED'], 'everybody may'],
      ['watcher@user:watch', ['NO_PERMISSION'], 'gives nothing'],
      ['editor@user:late', ['EXPIRED'], 'not any more'],
      ['editor@user:early', ['effective'], 'still'],
      ['editor@user:out', ['CONDITION'], 'another house'],
      ['editor@user:open', ['MISSING_CONTEXT'], 'only a request says'],
    ])('%s: %j (%s)', async (entry, effects) => {
      const { entries } = await review('album:1');
      const found = entries.filter(({ role, subject }) => `${role.name}@${formatSubjectRef(subject)}` === entry);
      expect(found.map(effectOf)).toEqual(effects);
    });

    test('a role whose permissions are on what belongs to the object', async () => {
      const effects = (entries: readonly AccessReviewEntry[]) =>
        entries.map((one) => `${one.role.name}: ${effectOf(one)}`).toSorted();
      expect(effects((await review('label:x')).entries)).toEqual(['manager: effective', 'note: NO_PERMISSION']);
      expect(effects((await review('label:y')).entries)).toEqual(['manager: NO_PERMISSION']);
    });

    test('what the model does not take any more', async () => {
      await publish(postern(), model(all.replace('user, ', '')));
      const { entries } = await review('album:3');
      expect(entries.map((one) => [one.via.map(formatRelationship), effectOf(one)])).toEqual([
        [['album:3#editor@user:gone'], 'IGNORED'],
      ]);
    });
  });

  test('a review says where else rights on the object come from', async () => {
    expect((await review('album:2')).givingObjects).toEqual([object('label:x')]);
    expect((await review('label:x')).givingObjects).toEqual([]);
  });
});
