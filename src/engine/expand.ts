import { assertNever } from '../base/assert-never.ts';
import { failed, ok, type Result } from '../base/result.ts';
import { allowed, type Decision, denied, undecided } from '../model/decision.ts';
import type { Model, Relation } from '../model/model.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { Context } from '../model/relationship.ts';
import type { Rewrite } from '../model/rewrite.ts';
import { subjectType } from '../model/subject-ref.ts';
import type { EdgeDemand, Edges } from './edges.ts';
import type { Formula } from './formula.ts';
import { type Goal, goalFor, type Inquiry } from './goal.ts';
import type { DirectProbe, Edge, NodeId } from './ports.ts';
import { isSameEdge } from './same-edge.ts';

const no: Formula = { kind: 'decision', decision: denied };
const yes: Formula = { kind: 'decision', decision: allowed };

/** Adds to `demand` the edges that the goal's formula will be made of. */
export function demandEdges(goal: Goal, demand: EdgeDemand): void {
  if (isSelf(goal)) return;
  const { object, relation, inquiry } = goal;
  const { asksDirectly, asksSets, parents } = inquiry.planOf(relation);
  if (asksDirectly) demand.direct.push(probeOf(goal));
  if (asksSets) demand.sets.push({ object, relation: relation.name });
  for (const parent of parents) demand.objects.push({ object, relation: parent });
}

/** The goals on the same object that this one is computed from: they cost no hop, so they belong to its level. */
export function siblingsOf(goal: Goal): readonly Goal[] {
  if (isSelf(goal)) return [];
  const { inquiry, object, hops } = goal;
  return inquiry.planOf(goal.relation).siblings.map((relation) => goalFor(inquiry, object, relation, hops));
}

/** Makes the goal's formula of its edges, which were loaded before. */
export function makeFormula(goal: Goal, edges: Edges): Formula {
  return isSelf(goal) ? yes : rewriteFormula(goal, goal.relation.rewrite, edges);
}

function rewriteFormula(goal: Goal, rewrite: Rewrite, edges: Edges): Formula {
  switch (rewrite.kind) {
    case 'direct':
      return directFormula(goal, edges);
    case 'computed':
      return goalFormula(goal, goal.relation.type, rewrite.relation, goal.object, 0);
    case 'from':
      return fromFormula(goal, rewrite, edges);
    case 'union':
    case 'intersection':
      return { kind: rewrite.kind, operands: rewrite.operands.map((operand) => rewriteFormula(goal, operand, edges)) };
    case 'exclusion': {
      const base = rewriteFormula(goal, rewrite.base, edges);
      return { kind: 'exclusion', base, subtracted: rewriteFormula(goal, rewrite.subtracted, edges) };
    }
    default:
      return assertNever(rewrite);
  }
}

function directFormula(goal: Goal, edges: Edges): Formula {
  const operands: Formula[] = [];
  const { asksDirectly, asksSets } = goal.inquiry.planOf(goal.relation);
  if (asksDirectly) {
    for (const edge of edges.direct(probeOf(goal))) {
      if (counts(goal, goal.relation, edge)) operands.push(guarded(goal.inquiry, edge, () => yes));
    }
  }
  if (asksSets) {
    for (const edge of edges.sets({ object: goal.object, relation: goal.relation.name })) {
      const { subject } = edge;
      if (subject.kind !== 'set' || !counts(goal, goal.relation, edge)) continue;
      if (reachableRelation(goal.inquiry, subject.type, subject.relation) === undefined) continue;
      const step = () => goalFormula(goal, subject.type, subject.relation, subject.node, 1);
      operands.push(guarded(goal.inquiry, edge, step));
    }
  }
  return { kind: 'union', operands };
}

function fromFormula(goal: Goal, rewrite: Extract<Rewrite, { kind: 'from' }>, edges: Edges): Formula {
  const through = goal.inquiry.planOf(goal.relation).through.get(rewrite);
  if (through === undefined) return no;
  const operands: Formula[] = [];
  for (const edge of edges.objects({ object: goal.object, relation: through.name })) {
    const { subject } = edge;
    if (subject.kind !== 'object' || !counts(goal, through, edge)) continue;
    if (reachableRelation(goal.inquiry, subject.type, rewrite.relation) === undefined) continue;
    const step = () => goalFormula(goal, subject.type, rewrite.relation, subject.node, 1);
    operands.push(guarded(goal.inquiry, edge, step));
  }
  return { kind: 'union', operands };
}

/** Whether an edge is there for the inquiry, and admitted by the model. */
function counts({ inquiry: { missing } }: Goal, relation: Relation, edge: Edge): boolean {
  return isAdmitted(relation, edge) && (missing === undefined || !isSameEdge(edge, missing));
}

/** Another goal of the inquiry; denied at once when its relation does not exist or can never lead to the subject. */
function goalFormula(goal: Goal, type: string, relationName: string, object: NodeId, hops: 0 | 1): Formula {
  const relation = reachableRelation(goal.inquiry, type, relationName);
  if (relation === undefined) return no;
  return { kind: 'goal', goal: goalFor(goal.inquiry, object, relation, goal.hops + hops), hops };
}

/**
 * A relation that could lead to the subject. An edge to any other gives nothing, whatever its condition says, and that is
 * not an error: of the types of a parent, for instance, one may lack the relation.
 */
function reachableRelation({ prepared, subject }: Inquiry, type: string, name: string): Relation | undefined {
  const relation = relationOf(prepared.model, type, name);
  return relation !== undefined && prepared.reachable.canReach(relation, subject) ? relation : undefined;
}

/** The formula behind an edge, if the edge's condition holds. */
function guarded(inquiry: Inquiry, edge: Edge, formula: () => Formula): Formula {
  const holds = conditionHolds(inquiry.prepared.model, inquiry.context, edge);
  if (!holds.ok) return { kind: 'via', edge, formula: unclear(inquiry, undecided(holds.problem), formula) };
  return { kind: 'via', edge, formula: holds.value ? formula() : no };
}

/**
 * What an edge gives of which nobody can say whether it counts: no answer, but a no where what is behind it is a no. Of
 * everybody (`user:*`) there is no answer in any case: a list that finds such an edge is to say so, as OpenFGA's do.
 */
function unclear({ subject }: Inquiry, decision: Decision, behind: () => Formula): Formula {
  const reason: Formula = { kind: 'decision', decision };
  if (subject.kind === 'wildcard') return reason;
  const formula = behind();
  if (formula.kind === 'decision') return formula.decision.kind === 'allowed' ? reason : formula;
  return { kind: 'intersection', operands: [reason, formula] };
}

/**
 * Whether the edge counts. What was written with it wins over what the request says (OpenFGA, `Evaluate`), but for runtime
 * parameters, which are only the request's.
 */
export function conditionHolds(model: Model, context: Context, { condition: written }: Edge): Result<boolean, Problem> {
  if (written === undefined) return ok(true);
  const condition = model.conditions.get(written.name);
  if (condition === undefined) return failed(problem('UNKNOWN_CONDITION', `Unknown condition "${written.name}".`));
  const complete = new Map(context);
  for (const [name, value] of written.context) if (!model.runtimeParameters.has(name)) complete.set(name, value);
  return condition.evaluate(complete);
}

/** Stored relationships that the present model does not admit, to the letter, count for nothing. */
export function isAdmitted(relation: Relation, { subject, condition }: Edge): boolean {
  return relation.restrictions.some(
    (restriction) =>
      restriction.kind === subject.kind &&
      restriction.type === subject.type &&
      (restriction.kind !== 'set' || subject.kind !== 'set' || restriction.relation === subject.relation) &&
      restriction.condition === condition?.name,
  );
}

/** `doc:1#viewer` holds `viewer` on `doc:1`, whatever is written. */
function isSelf({ inquiry, object, relation }: Goal): boolean {
  const { subject, subjectNode } = inquiry;
  if (subject.kind !== 'set' || subjectNode !== object) return false;
  return subject.object.type === relation.type && subject.relation === relation.name;
}

function relationOf(model: Model, type: string, name: string): Relation | undefined {
  return model.types.get(type)?.relations.get(name);
}

function probeOf({ inquiry, object, relation }: Goal): DirectProbe {
  const subject = inquiry.subject.kind === 'wildcard' ? undefined : inquiry.subjectNode;
  const { asksWildcard } = inquiry.planOf(relation);
  return { object, relation: relation.name, subject, subjectType: subjectType(inquiry.subject), asksWildcard };
}
