import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import { isAdmitted } from '../../engine/check/expand.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import type { Edge, EdgeSource, NamedNode, NodeId } from '../../engine/ports.ts';
import { findContainedObjects } from '../../engine/review/find-contained-objects.ts';
import { compareText } from '../../engine/review/grant-paths.ts';
import type { Relation } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { setOf, subjectOf, wildcardOf } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import { givingRolesOf } from './giving-roles.ts';

/** A relationship that counts now and gives somebody a role. */
export interface Grant {
  readonly relationship: StoredRelationship;
  readonly edge: Edge;
  readonly role: Relation;
}

/** What findings are looked for in: objects, and the grants on them. */
export interface FindingScope {
  readonly snapshot: StoreSnapshot;
  readonly container: ObjectRef;
  /** The container first, then in byte order of their types and ids. */
  readonly objects: readonly NamedNode[];
  /** In the order of their names. */
  readonly grants: readonly Grant[];
  /** What of it was not read, in sentences. */
  readonly notExamined: readonly string[];
}

/** Relationships that are followed to find what belongs to the object. */
const maxContained = 20_000;
/** Most grants that are looked at, and objects whose grants are read together. */
const maxGrants = 10_000;
const objectsAtOnce = 500;

export async function readFindingScope(
  snapshot: StoreSnapshot,
  container: ObjectRef,
  includeContained: boolean,
  budget: ImpactBudget,
): Promise<FindingScope> {
  const { objects: all, isComplete } = includeContained
    ? await findContainedObjects(snapshot, container, maxContained)
    : { objects: [container], isComplete: true };
  const objects = zip(all, await snapshot.resolve(all)).flatMap(([object, node]) =>
    node === undefined ? [] : [{ object, node }],
  );
  const read = await readGrants(snapshot, objects, budget);
  const left = objects.length - read.objects;
  return {
    snapshot,
    container,
    objects: objects.slice(0, read.objects),
    grants: read.grants,
    notExamined: [
      ...(isComplete
        ? []
        : [
            `Not everything that belongs to "${formatObjectRef(container)}" was found: there is too much, or only a context says.`,
          ]),
      ...(left === 0
        ? []
        : [`${left} of ${objects.length} objects were not examined: there are too many grants to read.`]),
    ],
  };
}

/** As many of the objects as have no more grants than are looked at. */
async function readGrants(snapshot: StoreSnapshot, objects: readonly NamedNode[], budget: ImpactBudget) {
  const grants: Grant[] = [];
  let start = 0;
  while (start < objects.length && budget.spend(0)) {
    const page = objects.slice(start, start + objectsAtOnce);
    const found = await readPage(snapshot, page, maxGrants - grants.length);
    if (found === undefined) break;
    grants.push(...found);
    start += page.length;
  }
  return { objects: Math.min(start, objects.length), grants: grants.toSorted(compareGrants) };
}

async function readPage(
  snapshot: StoreSnapshot,
  page: readonly NamedNode[],
  limit: number,
): Promise<readonly Grant[] | undefined> {
  const { model } = snapshot.prepared;
  const sources = page.flatMap(({ node, object }): readonly EdgeSource[] =>
    givingRolesOf(model, object.type).map(({ name }) => ({ object: node, relation: name })),
  );
  const read = await snapshot.readEdgesFrom(sources, limit);
  if (!read.isWhole) return undefined;
  const objects = new Map(page.map(({ node, object }) => [node, object]));
  const admitted = read.items.flatMap((edge) => {
    const role = model.types.get(objects.get(edge.object)?.type ?? '')?.relations.get(edge.relation);
    return role !== undefined && isAdmitted(role, edge) ? [{ edge, role }] : [];
  });
  const names = await snapshot.readNames([
    ...new Set(admitted.flatMap(({ edge: { subject } }) => (subject.kind === 'wildcard' ? [] : [subject.node]))),
  ]);
  const origins = await snapshot.readOrigins(admitted.map(({ edge }) => edge));
  return zip(admitted, origins).map(([{ edge, role }, origin]) => {
    const object = objects.get(edge.object);
    invariant(object !== undefined && origin !== undefined, 'a stored relationship has an object and an origin');
    const { relation, condition } = edge;
    return { edge, role, relationship: { object, relation, subject: subjectIn(edge, names), condition, ...origin } };
  });
}

function subjectIn({ subject }: Edge, names: ReadonlyMap<NodeId, ObjectRef>) {
  if (subject.kind === 'wildcard') return wildcardOf(subject.type);
  const object = names.get(subject.node);
  invariant(object !== undefined, 'a subject has a name');
  return subject.kind === 'set' ? setOf(object, subject.relation) : subjectOf(object);
}

function compareGrants(left: Grant, right: Grant): number {
  return compareText(formatRelationship(left.relationship), formatRelationship(right.relationship));
}
