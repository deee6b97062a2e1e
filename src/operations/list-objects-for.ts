import { failed, ok, type Result } from '../base/result.ts';
import { type Check, checkAllInSnapshot } from '../engine/check/check.ts';
import { checkTogetherInSnapshot } from '../engine/check/check-together.ts';
import { listObjects, type ObjectJudge, type ObjectPage, type ObjectQuestion } from '../engine/lists/list-objects.ts';
import type { SearchableSnapshot } from '../engine/ports.ts';
import { findRelation } from '../model/model.ts';
import type { ObjectId } from '../model/names.ts';
import type { Problem } from '../model/problem.ts';
import { isSameSubject } from '../model/subject-ref.ts';
import { type Actor, agentOf, type Viewer } from './actor.ts';
import { askAs, decideActing } from './ask-rights.ts';
import { isBreakGlass } from './break-glass.ts';

/**
 * A page of the objects that a subject holds a relation on. Where an agent asks about the one it acts for, only those are in it that both
 * have: that is decided before a page is cut, so that no page is shorter for it, and an agent does not learn what only the other one has.
 */
export async function listObjectsFor(
  snapshot: SearchableSnapshot,
  actor: Actor,
  question: ObjectQuestion,
  first: number,
  after: ObjectId | undefined,
): Promise<Result<ObjectPage, Problem>> {
  const agent = agentOf(actor);
  if (actor.kind === 'console' || agent === undefined || !isSameSubject(actor.subject, question.subject))
    return listObjects(snapshot, question, first, after);
  const relation = findRelation(snapshot.prepared.model, question.type, question.relation);
  if (!relation.ok) return relation;
  // Nothing is looked through where nothing can be in the list.
  const mayAct = await decideActing(snapshot, actor, question.contextual);
  if (mayAct.kind === 'undecided') return failed(mayAct.problem);
  if (mayAct.kind === 'denied') return ok(nothing);
  return listObjects(snapshot, { ...question, judge: judgeOf(snapshot, actor, question) }, first, after);
}

const nothing: ObjectPage = {
  objects: [],
  noted: [],
  undecided: [],
  lastId: undefined,
  hasMore: false,
  isCutShort: false,
};

function judgeOf(snapshot: SearchableSnapshot, viewer: Viewer, question: ObjectQuestion): ObjectJudge {
  const { subject, relation, context, facts, contextual } = question;
  return async (objects) => {
    const asked = askAs(
      viewer,
      objects.map((object): Check => ({ subject, relation, object, context, facts })),
    );
    const request = { checks: asked.checks, contextual };
    const answer = await checkTogetherInSnapshot(snapshot, request, isBreakGlass, checkAllInSnapshot);
    const { decisions, reads } = asked.judge(answer);
    return { decisions, noted: new Set(reads.map(({ object }) => object)) };
  };
}
