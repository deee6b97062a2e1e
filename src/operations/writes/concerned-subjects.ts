import {
  type AccessDifferenceKind,
  accessDifferenceOf,
  type ComparedDecision,
} from '../../engine/impact/access-differences.ts';
import type { TypeName } from '../../model/names.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { TrialChange } from '../../store/trial/trial-changes.ts';
import type { PreviewedObject, PreviewScope } from './preview-scope.ts';

/** A subject that a write names for an object, and what that means for it there. */
export interface ConcernedSubject {
  readonly subject: SubjectRef;
  readonly object: PreviewedObject;
  /** Whether the write takes from it what it had there, and does not only change it. */
  readonly isTaken: boolean;
  /** Permissions on the object itself. */
  readonly permissions: Readonly<Record<AccessDifferenceKind, readonly string[]>>;
  /** Permissions on it that it has before the write and after it. */
  readonly kept: readonly string[];
  /** What belongs to the object, by type: on how many there is such a difference. */
  readonly below: readonly DifferencesBelow[];
}

export interface DifferencesBelow extends Readonly<Record<AccessDifferenceKind, number>> {
  readonly type: TypeName;
}

/** Subjects of one write that are told of by name. */
export const mostConcerned = 20;

export function concernedSubjects(
  { roots }: PreviewScope,
  changes: readonly TrialChange[],
  decisions: readonly ComparedDecision[],
): readonly ConcernedSubject[] {
  const ofSubject = Map.groupBy(decisions, ({ subject }) => formatSubjectRef(subject));
  return roots
    .flatMap((object) => {
      const here = changes.filter(({ edge }) => edge.object === object.node);
      const named = Map.groupBy(here, ({ relationship }) => formatSubjectRef(relationship.subject));
      return [...named].flatMap(([text, ofOne]) => {
        const subject = ofOne[0]?.relationship.subject;
        if (subject === undefined) return [];
        const isTaken = ofOne.every(({ stored }) => stored === undefined);
        return [concerned({ subject, object, isTaken }, ofSubject.get(text) ?? [])];
      });
    })
    .slice(0, mostConcerned);
}

function concerned(
  named: Pick<ConcernedSubject, 'subject' | 'object' | 'isTaken'>,
  decisions: readonly ComparedDecision[],
): ConcernedSubject {
  const { object } = named;
  const own = decisions.filter((one) => one.object.node === object.node);
  const namesOf = (kind: AccessDifferenceKind) =>
    own
      .filter(({ before, after }) => accessDifferenceOf(before, after) === kind)
      .map(({ permission }) => permission.name);
  const kept = own.filter(({ before, after }) => before.kind === 'allowed' && after.kind === 'allowed');
  return {
    ...named,
    permissions: { gained: namesOf('gained'), lost: namesOf('lost'), becameUndecided: namesOf('becameUndecided') },
    kept: kept.map(({ permission }) => permission.name),
    below: differencesBelow(object, decisions),
  };
}

function differencesBelow({ contained }: PreviewedObject, decisions: readonly ComparedDecision[]) {
  const below = new Set(contained.map(({ node }) => node));
  const ofType = Map.groupBy(
    decisions.filter(({ object }) => below.has(object.node)),
    ({ object }) => object.object.type,
  );
  return [...ofType].flatMap(([type, all]): readonly DifferencesBelow[] => {
    const count = (kind: AccessDifferenceKind) => {
      const differing = all.filter(({ before, after }) => accessDifferenceOf(before, after) === kind);
      return new Set(differing.map(({ object }) => object.node)).size;
    };
    const one = { type, gained: count('gained'), lost: count('lost'), becameUndecided: count('becameUndecided') };
    return one.gained + one.lost + one.becameUndecided === 0 ? [] : [one];
  });
}
