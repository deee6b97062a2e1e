import { formatRelationship, type Relationship } from '../../../model/relationship.ts';
import type { Postern } from '../../../operations/postern.ts';
import { isSameRelationship } from '../../../operations/relationship-record.ts';
import type { RelationshipCursor } from '../../../store/relationship-page.ts';

/** A plan beside what is stored for the relations that it writes. */
export interface Comparison {
  /** Planned, and not stored. */
  readonly missing: readonly Relationship[];
  /** Stored as it is planned. */
  readonly present: number;
  /** Stored with another condition, beginning or end; by name. */
  readonly others: readonly string[];
  /** Stored, and not planned; by name. */
  readonly strangers: readonly string[];
  readonly counts: readonly CountPair[];
}

/** Of one relation of a type. */
export interface CountPair {
  readonly type: string;
  readonly relation: string;
  readonly planned: number;
  readonly stored: number;
}

/** Compares, relation by relation. What has ended before `now` is planned no more. */
export async function compareStored(
  postern: Postern,
  planned: ReadonlyMap<string, Relationship>,
  now: Date,
): Promise<Comparison> {
  const live = new Map([...planned].filter(([, { expiresAt }]) => expiresAt === undefined || expiresAt > now));
  const found = new Set<string>();
  let present = 0;
  const [others, strangers, counts]: [string[], string[], CountPair[]] = [[], [], []];
  for (const { type, relation, count } of relationsIn(live.values())) {
    let stored = 0;
    for await (const one of storedOf(postern, type, relation)) {
      stored += 1;
      const name = formatRelationship(one);
      const same = live.get(name);
      found.add(name);
      if (same === undefined) strangers.push(name);
      else if (isSameRelationship(same, one)) present += 1;
      else others.push(name);
    }
    counts.push({ type, relation, planned: count, stored });
  }
  const missing = [...live].flatMap(([name, one]) => (found.has(name) ? [] : [one]));
  return { missing, present, others, strangers, counts };
}

function relationsIn(relationships: Iterable<Relationship>) {
  const types = new Map<string, Map<string, number>>();
  for (const { object, relation } of relationships) {
    const relations = types.get(object.type) ?? new Map<string, number>();
    types.set(object.type, relations.set(relation, (relations.get(relation) ?? 0) + 1));
  }
  return [...types].flatMap(([type, relations]) =>
    Array.from(relations, ([relation, count]) => ({ type, relation, count })),
  );
}

const pageSize = 1000;

async function* storedOf({ store }: Postern, objectType: string, relation: string): AsyncGenerator<Relationship> {
  let after: RelationshipCursor | undefined;
  for (;;) {
    const page = await store.readRelationships({ objectType, relation }, pageSize, after);
    for (const { relationship } of page.relationships) yield relationship;
    if (!page.hasMore && !page.isCutShort) return;
    after = page.last;
  }
}
