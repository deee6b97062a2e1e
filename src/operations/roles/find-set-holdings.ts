import { listObjects } from '../../engine/lists/list-objects.ts';
import type { Model } from '../../model/model.ts';
import type { ObjectId } from '../../model/names.ts';
import { isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { subjectOf } from '../../model/subject-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import type { StoredRelationship } from '../../store/stored-relationship.ts';
import { maxHoldings } from './find-holdings.ts';

/** What a subject holds through sets that it is a member of. */
export interface SetHoldings {
  readonly relationships: readonly StoredRelationship[];
  /** Whether there may be more: too many sets or relationships, or sets whose membership is undecided. */
  readonly isCut: boolean;
}

const objectsPerPage = 100;
const maxPages = 10;

/**
 * The relationships of all subject sets that the subject is a member of, however deep the sets are nested: the check
 * decides on each membership, and relationships name the sets.
 */
export async function findSetHoldings(snapshot: StoreSnapshot, subject: ObjectRef): Promise<SetHoldings> {
  const relationships: StoredRelationship[] = [];
  let isCut = false;
  for (const { type, relation } of setKindsOf(snapshot.prepared.model)) {
    const sets = await findSets(snapshot, subject, type, relation);
    const left = maxHoldings - relationships.length;
    const query = { kind: 'sets', objects: sets.objects, relation } as const;
    const found = sets.objects.length === 0 ? [] : await snapshot.readHoldings(query, left + 1);
    relationships.push(...found.slice(0, left).filter((one) => !isRootedIn(one, subject)));
    isCut ||= sets.isCut || found.length > left;
  }
  return { relationships, isCut };
}

async function findSets(snapshot: StoreSnapshot, subject: ObjectRef, type: string, relation: string) {
  const question = { subject: subjectOf(subject), relation, type, context: emptyContext, contextual: [] };
  const objects: ObjectRef[] = [];
  let isCut = false;
  let after: ObjectId | undefined;
  for (let page = 0; page < maxPages; page++) {
    const listed = await listObjects(snapshot, question, objectsPerPage, after);
    // A type that the model does not know is a member of nothing; what takes too many steps may have more.
    if (!listed.ok) return { objects, isCut: isCut || listed.problem.code === 'RESOLUTION_TOO_COMPLEX' };
    objects.push(...listed.value.objects);
    isCut ||= listed.value.undecided.length > 0;
    after = listed.value.lastId;
    if (!listed.value.hasMore) return { objects, isCut };
  }
  return { objects, isCut: true };
}

/** The kinds of subject sets that relationships of this model can have, each once. */
function setKindsOf(model: Model) {
  const kinds = new Map<string, { readonly type: string; readonly relation: string }>();
  for (const type of model.types.values()) {
    for (const entry of [...type.relations.values()].flatMap(({ restrictions }) => restrictions)) {
      if (entry.kind === 'set') kinds.set(`${entry.type}#${entry.relation}`, entry);
    }
  }
  return [...kinds.values()];
}

function isRootedIn({ subject }: StoredRelationship, object: ObjectRef): boolean {
  return subject.kind !== 'wildcard' && isSameObject(subject.object, object);
}
