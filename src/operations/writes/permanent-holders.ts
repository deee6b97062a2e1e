import { zip } from '../../base/zip.ts';
import type { Check } from '../../engine/check/check.ts';
import { checkTogetherInSnapshot, watchingNone } from '../../engine/check/check-together.ts';
import { mustKeepRelation } from '../../model/declarations.ts';
import type { RelationName } from '../../model/names.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { subjectOf } from '../../model/subject-ref.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { PermanentHolder } from '../../store/permanent-holder.ts';

/** An object whose type says that it must keep a permanent holder of a role. */
export interface KeptObject {
  readonly object: ObjectRef;
  readonly role: RelationName;
}

const holdersPerRead = 20;

/**
 * Which of the objects have a permanent holder, by their text: a plain subject that is written for the role without
 * condition and end, has begun to hold it, and that the check `must_keep` allows: now, and when all has begun that is to begin, as a
 * block that begins later would take it away without a write. `besides` does not count.
 */
export async function findHeldObjects(
  snapshot: DecidingSnapshot,
  objects: readonly KeptObject[],
  besides?: ObjectRef,
): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  let open = objects.map(({ object, role }) => ({ object, relation: role, after: 0 }));
  while (open.length > 0) {
    const found = await snapshot.readPermanentHolders(open, holdersPerRead);
    const others = found.filter(({ subject }) => besides === undefined || !isSameObject(subject, besides));
    const checks = others.flatMap(({ position, subject }) => checkOf(open[position]?.object, subject));
    for (const { object } of await allowedOf(snapshot.asIfBegun(), checks)) held.add(formatObjectRef(object));
    const ofSource = Map.groupBy(found, ({ position }) => position);
    open = open.flatMap((source, position) => {
      const last = lastOf(ofSource.get(position) ?? []);
      return last === undefined || held.has(formatObjectRef(source.object)) ? [] : [{ ...source, after: last }];
    });
  }
  return held;
}

/** The last one of the holders of a source, which may have more; undefined when all were read. */
function lastOf(own: readonly PermanentHolder[]): number | undefined {
  return own.length < holdersPerRead ? undefined : own.at(-1)?.node;
}

function checkOf(object: ObjectRef | undefined, subject: ObjectRef): readonly Check[] {
  if (object === undefined) return [];
  return [{ subject: subjectOf(subject), relation: mustKeepRelation, object, context: emptyContext }];
}

/** Whoever has begun is asked about as if all had: what stands behind `but not` is a plain list, and can only become longer. */
async function allowedOf(snapshot: DecidingSnapshot, checks: readonly Check[]): Promise<readonly Check[]> {
  const { decisions } = await checkTogetherInSnapshot(snapshot, { checks, contextual: [] }, watchingNone);
  return zip(checks, decisions).flatMap(([check, decision]) => {
    // A holder of a type that the model has given up holds nothing; any other doubt must not pass for an answer.
    if (decision.kind === 'undecided' && decision.problem.code !== 'UNKNOWN_TYPE') {
      throw new Error(decision.problem.message);
    }
    return decision.kind === 'allowed' ? [check] : [];
  });
}
