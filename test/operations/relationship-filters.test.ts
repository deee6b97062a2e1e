import { beforeAll, describe, expect, test } from 'vitest';
import { formatRelationship } from '../../src/model/relationship.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { listRelationships } from '../../src/operations/relationships/list-relationships.ts';
import { writeRelationships } from '../../src/operations/relationships/write-relationships.ts';
import type { RelationshipFilter } from '../../src/store/relationship-page.ts';
import { dsl, relationship, subject } from '../support/parse.ts';
import { done, everyStore, publish, signedIn, usePosternOn, write, writing } from '../support/postern.ts';

const platform = { operator: '[user]', can_write_relationships: 'operator', can_read_relationships: 'operator' };
const model = dsl(
  { user: {}, platform, doc: { viewer: '[user, user with late]', editor: '[user, user with urgent]' } },
  { late: '(hour: int) {\n  hour > 17\n}', urgent: '(level: int) {\n  level > 1\n}' },
);

const soon = new Date('2090-01-01T00:00:00Z');
const later = new Date('2095-01-01T00:00:00Z');
const late = { condition: ['late', {}] as const };
const urgent = { condition: ['urgent', {}] as const };

async function fill(postern: Postern): Promise<void> {
  await publish(postern, model);
  await write(postern, ['platform:main#operator@user:ada', 'platform:main#operator@user:bea']);
  const ada = [
    relationship('doc:1#viewer@user:x'),
    relationship('doc:1#viewer@user:y', late),
    relationship('doc:2#editor@user:x', { ...urgent, expiresAt: soon }),
  ];
  const bea = [
    relationship('doc:2#viewer@user:x', { ...late, expiresAt: later }),
    relationship('doc:3#viewer@user:y', { expiresAt: soon }),
  ];
  for (const [who, list] of [['user:ada', ada] as const, ['user:bea', bea] as const]) {
    done(await writeRelationships(postern, signedIn(who), writing(list, [])));
  }
}

describe.each(everyStore)('on %s', (kind) => {
  const postern = usePosternOn(kind);
  beforeAll(() => fill(postern()));

  const list = async (filter: RelationshipFilter, first = 100) => {
    const found: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = done(await listRelationships(postern(), signedIn('user:ada'), filter, { first, after }));
      found.push(...page.relationships.map((one) => formatRelationship(one.relationship)));
      if (!page.hasMore) return found.filter((one) => one.startsWith('doc:')).toSorted();
      after = page.endCursor;
    }
  };

  test.each<readonly [RelationshipFilter, readonly string[]]>([
    [{ condition: 'late' }, ['doc:1#viewer@user:y', 'doc:2#viewer@user:x']],
    [{ condition: 'urgent' }, ['doc:2#editor@user:x']],
    [{ createdBy: subject('user:bea') }, ['doc:2#viewer@user:x', 'doc:3#viewer@user:y']],
    [{ createdBy: subject('user:x') }, []],
    [{ expiresBefore: later }, ['doc:2#editor@user:x', 'doc:3#viewer@user:y']],
    [
      { expiresBefore: new Date(later.getTime() + 1) },
      ['doc:2#editor@user:x', 'doc:2#viewer@user:x', 'doc:3#viewer@user:y'],
    ],
    [{ expiresBefore: soon }, []],
    [{ condition: 'late', createdBy: subject('user:ada') }, ['doc:1#viewer@user:y']],
    [{ condition: 'late', expiresBefore: later }, []],
    [{ objectType: 'doc', relation: 'viewer', condition: 'late' }, ['doc:1#viewer@user:y', 'doc:2#viewer@user:x']],
    [{ subject: subject('user:x'), createdBy: subject('user:ada') }, ['doc:1#viewer@user:x', 'doc:2#editor@user:x']],
    [{ object: relationship('doc:2#viewer@user:x').object, condition: 'urgent' }, ['doc:2#editor@user:x']],
  ])('%j', async (filter, expected) => {
    expect(await list(filter)).toEqual(expected);
    expect(await list(filter, 1)).toEqual(expected);
  });
});
