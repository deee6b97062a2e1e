import type { NodeId } from '../../engine/ports.ts';
import { isNamedAsSet } from '../../model/roles.ts';
import { formatSubjectRef, type SubjectRef, setOf } from '../../model/subject-ref.ts';
import type { FindingScope } from './finding-scope.ts';

/** A relation of an object that subject sets are made of, and who is written for it. */
export interface Group {
  readonly set: SubjectRef;
  readonly node: NodeId;
  /** Two or more, all of them plain. */
  readonly members: ReadonlySet<string>;
}

/** Those among the objects of a scope whose members are all written one by one, whatever else the relation is made of. */
export function findGroups({ snapshot, grants }: FindingScope): readonly Group[] {
  const { model } = snapshot.prepared;
  const ofGroup = Map.groupBy(
    grants.filter(({ role }) => isNamedAsSet(model, role)),
    ({ edge }) => JSON.stringify([edge.object, edge.relation]),
  );
  return [...ofGroup.values()].flatMap((written): readonly Group[] => {
    const [first] = written;
    const isPlain = written.every(({ relationship: { subject, condition, expiresAt } }) => {
      return subject.kind === 'object' && condition === undefined && expiresAt === undefined;
    });
    if (first === undefined || !isPlain || written.length < 2) return [];
    const { object, relation } = first.relationship;
    const members = new Set(written.map(({ relationship }) => formatSubjectRef(relationship.subject)));
    return [{ set: setOf(object, relation), node: first.edge.object, members }];
  });
}
