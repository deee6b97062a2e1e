import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import { followedBeyond } from '../../model/followed-beyond.ts';
import type { Relation } from '../../model/model.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import { type AskedPermissions, compareEach, type TwoStates } from './compare-each.ts';
import type { FoundDecisions } from './compare-page.ts';
import { checksPerSlice, decideBoth } from './decide-both.ts';
import type { ImpactBudget } from './impact-budget.ts';

/** A relationship that two states differ in; without a relation where the model does not know it any more. */
export interface WrittenEdge {
  readonly relation: Relation | undefined;
  readonly subject: SubjectRef;
}

/**
 * Decides these permissions before and after a write of these relationships: of those alone whom the write names, where it can change
 * nothing for anybody else, and otherwise of everybody. False when not everything was compared.
 */
export function compareWritten(
  states: TwoStates,
  written: readonly WrittenEdge[],
  asked: AskedPermissions,
  budget: ImpactBudget,
  foundOf: (permission: Relation) => FoundDecisions,
): Promise<boolean> {
  const followed = followedBeyond(states.before.prepared.model);
  const isOfThemAlone = written.every(
    ({ relation, subject }) => relation === undefined || (subject.kind === 'object' && !followed.has(relation)),
  );
  if (!isOfThemAlone) return compareEach(states, asked, budget, foundOf);
  const named = new Map(written.map(({ subject }) => [formatSubjectRef(subject), subject]));
  return compareNamed(states, [...named.values()], asked, budget, foundOf);
}

async function compareNamed(
  states: TwoStates,
  subjects: readonly SubjectRef[],
  asked: AskedPermissions,
  budget: ImpactBudget,
  foundOf: (permission: Relation) => FoundDecisions,
): Promise<boolean> {
  const objects = subjects.flatMap((subject) => (subject.kind === 'object' ? [subject.object] : []));
  const nodes = await states.after.resolve(objects);
  const questions = zip(subjects, nodes).flatMap(([subject, node]) =>
    [...asked].flatMap(([permission, all]) => all.map((object) => ({ subject, node, permission, object }))),
  );
  const found = new Map([...asked.keys()].map((permission) => [permission, foundOf(permission)]));
  for (let start = 0; start < questions.length; start += checksPerSlice) {
    const slice = questions.slice(start, start + checksPerSlice);
    if (!budget.spend(2 * slice.length)) return false;
    const decided = await decideBoth(states, slice);
    if (decided === undefined) return false;
    for (const [{ subject, node, permission, object }, [before, after]] of zip(slice, decided)) {
      invariant(node !== undefined, 'a write gives a node to whatever it names');
      found.get(permission)?.add({ object, subject, members: [node] }, before, after);
    }
    for (const collected of found.values()) await collected.takeExamples([]);
  }
  return true;
}
