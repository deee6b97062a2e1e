import { ok } from '../../../../src/base/result.ts';
import { formatObjectRef } from '../../../../src/model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../../../src/model/relationship.ts';
import type { SubjectRef } from '../../../../src/model/subject-ref.ts';
import type { Postern } from '../../../../src/operations/postern.ts';
import type { SnapshotClock } from '../../../../src/store/postgres/live-at.ts';
import { plainShapes } from '../../../../src/store/postgres/plain-shapes.ts';
import type { TransactionSql } from '../../../../src/store/postgres/sql.ts';
import { readTerms } from '../../../../src/store/postgres/terms.ts';
import type { Terms } from '../../../../src/store/terms.ts';
import { unconstrained } from '../../../../src/store/write-constraint.ts';
import { dsl, object, type RelationshipParts, relationship, subject } from '../../../support/parse.ts';
import { publish } from '../../../support/postern.ts';

/** Relationships that have, and go without, everything that one may have. */

export const instant = (year: number) => new Date(`${year}-01-01T00:00:00.000Z`);
export const text = (year: number) => `${year}-01-01T00:00:00.000000Z`;

/** Between beginnings and ends: before, now, now as if everything had begun, and after; and at the very instants of some. */
export const clocks: readonly SnapshotClock[] = [
  { now: text(2015), begunBy: text(2015) },
  { now: text(2030), begunBy: text(2030) },
  { now: text(2030), begunBy: 'infinity' },
  ...[2045, 2020, 2040, 2050].map((year) => ({ now: text(year), begunBy: text(year) })),
];

const times: readonly RelationshipParts[] = [
  {},
  { startsAt: instant(2010) },
  { startsAt: instant(2040) },
  { expiresAt: instant(2020) },
  { expiresAt: instant(2050) },
  { startsAt: instant(2010), expiresAt: instant(2020) },
  { startsAt: instant(2010), expiresAt: instant(2050) },
  { startsAt: instant(2040), expiresAt: instant(2050) },
];
export const parts = times.flatMap((time): readonly RelationshipParts[] => [
  time,
  { ...time, condition: ['late', { hour: 18, rooms: ['a', null] }] },
]);

export const stored = parts.flatMap((some, index) =>
  [
    ...[`doc:all#viewer@user:${index}`, `doc:all#viewer@team:${index}#member`, `doc:all#parent@folder:${index}`],
    ...[`doc:${index}#viewer@user:hot`, `doc:${index}#viewer@team:hot#member`, `doc:${index}#viewer@user:*`],
    `doc:${index}#parent@folder:hot`,
  ].map((one) => relationship(one, some)),
);
/** The same with other parts, and what is not there, among objects that are: more than one statement takes. */
export const rewritten = [
  ...parts.flatMap((some, on) =>
    [...parts.keys()].flatMap((by) =>
      [`doc:${on}#viewer@user:${by}`, `doc:${on}#viewer@team:${by}#member`].map((one) => relationship(one, some)),
    ),
  ),
  ...stored.map((one, index) => relationship(formatRelationship(one), parts[(index * 5 + 3) % parts.length])),
];

export const language = dsl(
  {
    user: {},
    team: { member: '[user]' },
    folder: {},
    doc: { viewer: '[user, user:*, team#member, user with late]', parent: '[folder]' },
  },
  { late: '(hour: int) { hour > 17 }' },
);

/** Half of it by somebody, and half at the console; and something that is there no more. */
export async function seed(postern: Postern): Promise<void> {
  await publish(postern, language);
  const half = Math.floor(stored.length / 2);
  const gone = [relationship('doc:gone#viewer@user:hot')];
  await put(postern, stored.slice(0, half), subject('user:author'));
  await put(postern, [...stored.slice(half), ...gone], undefined);
  const deleted = await postern.store.writer.write(unconstrained, async ({ relationships }) =>
    ok(await relationships.delete(gone)),
  );
  if (!deleted.ok) throw new Error('Nothing refuses it.');
}

async function put({ store }: Postern, some: readonly Relationship[], actor: SubjectRef | undefined): Promise<void> {
  const written = await store.writer.write(unconstrained, async ({ relationships }) =>
    ok(await relationships.write(some, actor)),
  );
  if (!written.ok) throw new Error('Nothing refuses it.');
}

/** What statements are asked with, in one transaction. */
export interface Asked {
  readonly sql: TransactionSql;
  readonly terms: Terms;
  readonly clock: SnapshotClock;
  readonly node: (name: string) => number;
}

export async function askedOf(sql: TransactionSql, clock: SnapshotClock): Promise<Asked> {
  const names = [...new Set(stored.flatMap(namedIn))];
  const nodes = await plainShapes.readNodes(sql, names.map(object));
  const numbers = new Map(names.map((name, index) => [name, nodes[index] ?? 0]));
  return { sql, clock, terms: await readTerms(sql), node: (name) => numbers.get(name) ?? 0 };
}

function namedIn({ object: on, subject: by }: Relationship): readonly string[] {
  return [formatObjectRef(on), ...(by.kind === 'wildcard' ? [] : [formatObjectRef(by.object)])];
}
