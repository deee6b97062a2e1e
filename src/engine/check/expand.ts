import { failed, ok, type Result } from '../../base/result.ts';
import { allowed, type Decision, denied, undecided } from '../../model/decision.ts';
import type { FromLeaf, Leaf, Model, Relation } from '../../model/model.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { Context } from '../../model/relationship.ts';
import { foldRewrite } from '../../model/rewrite.ts';
import { subjectType } from '../../model/subject-ref.ts';
import { type Meter, manyEdges, pauseEvery } from '../meter.ts';
import type { DirectProbe, Edge, NodeId } from '../ports.ts';
import { isSameEdge } from '../same-edge.ts';
import type { EdgeDemand, Edges } from './edges.ts';
import { plainDecision } from './formula.ts';
import { type Formula, type Goal, goalFor, type Inquiry } from './goal.ts';

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

/** Makes the goal's formula of its edges, which were loaded before; `many` is what many of them were found to give. */
export function makeFormula(goal: Goal, edges: Edges, many?: ManyOperands): Formula {
  return isSelf(goal) ? yes : makerOf(goal.relation)(goal, edges, many);
}

/** What a definition means for one goal. */
type FormulaMaker = (goal: Goal, edges: Edges, many: ManyOperands | undefined) => Formula;

const makers = new WeakMap<Relation, FormulaMaker>();

/** Made of the definition once: a relation has as many goals as it has objects and subjects. */
function makerOf(relation: Relation): FormulaMaker {
  const known = makers.get(relation);
  if (known !== undefined) return known;
  const maker = foldRewrite<Leaf, FormulaMaker>(relation.rewrite, {
    leaf: makerOfLeaf,
    union: (operands) => (goal, edges, many) => ({
      kind: 'union',
      operands: operands.map((make) => make(goal, edges, many)),
    }),
    intersection: (operands) => (goal, edges, many) => ({
      kind: 'intersection',
      operands: operands.map((make) => make(goal, edges, many)),
    }),
    exclusion: (base, subtracted) => (goal, edges, many) => ({
      kind: 'exclusion',
      base: base(goal, edges, many),
      subtracted: subtracted(goal, edges, many),
    }),
  });
  makers.set(relation, maker);
  return maker;
}

function makerOfLeaf(leaf: Leaf): FormulaMaker {
  switch (leaf.kind) {
    case 'direct':
      return (goal, edges, many) => ({ kind: 'union', operands: directOperands(goal, edges, many) });
    case 'computed':
      return (goal) => (leads(goal.inquiry, leaf.relation) ? goalFormula(goal, leaf.relation, goal.object, 0) : no);
    case 'from':
      return (goal, edges, many) => {
        if (!goal.inquiry.planOf(goal.relation).targets.has(leaf)) return no;
        return { kind: 'union', operands: many?.get(leaf) ?? findOperands(goal, leaf, edges) };
      };
  }
}

/** Which edges of a goal a part of its formula is made of: to subjects or sets of its relation, or to what is behind `from`. */
type OperandSource = { readonly kind: 'subjects' } | { readonly kind: 'sets' } | FromLeaf;
/** What those edges of a goal give of which there are many. */
export type ManyOperands = ReadonlyMap<OperandSource, readonly Formula[]>;

const subjects: OperandSource = { kind: 'subjects' };
const sets: OperandSource = { kind: 'sets' };

function directOperands(goal: Goal, edges: Edges, many: ManyOperands | undefined): readonly Formula[] {
  const { asksDirectly, asksSets } = goal.inquiry.planOf(goal.relation);
  const direct = asksDirectly ? findOperands(goal, subjects, edges) : [];
  if (!asksSets) return direct;
  const ofSets = many?.get(sets) ?? findOperands(goal, sets, edges);
  return direct.length === 0 ? ofSets : [...direct, ...ofSets];
}

function findOperands(goal: Goal, source: OperandSource, edges: Edges): readonly Formula[] {
  const operands: Formula[] = [];
  for (const edge of edgesAt(goal, source, edges)) addOperand(goal, source, edge, operands);
  return operands;
}

/** What each edge gives of a goal that has many, with turns for others; undefined when it has few. */
export function findManyOperands(goal: Goal, edges: Edges, meter: Meter): Promise<ManyOperands> | undefined {
  if (isSelf(goal)) return undefined;
  const { asksSets, targets } = goal.inquiry.planOf(goal.relation);
  const sources = [...(asksSets ? [sets] : []), ...targets.keys()];
  const long = sources.filter((source) => edgesAt(goal, source, edges).length > manyEdges);
  return long.length === 0 ? undefined : findOperandsOfEach(goal, long, edges, meter);
}

async function findOperandsOfEach(
  goal: Goal,
  sources: readonly OperandSource[],
  edges: Edges,
  meter: Meter,
): Promise<ManyOperands> {
  const many = new Map<OperandSource, readonly Formula[]>();
  for (const source of sources) {
    const operands: Formula[] = [];
    for (const [index, edge] of edgesAt(goal, source, edges).entries()) {
      addOperand(goal, source, edge, operands);
      const pause = index % pauseEvery === 0 ? meter.pause() : undefined;
      if (pause !== undefined) await pause;
    }
    many.set(source, operands);
  }
  return many;
}

function edgesAt(goal: Goal, source: OperandSource, edges: Edges): readonly Edge[] {
  const { object, relation } = goal;
  if (source.kind === 'subjects') return edges.direct(probeOf(goal));
  if (source.kind === 'sets') return edges.sets({ object, relation: relation.name });
  return edges.objects({ object, relation: source.through.name });
}

/** Adds what follows from an edge, if it counts and leads to where the subject could be. */
function addOperand(goal: Goal, source: OperandSource, edge: Edge, operands: Formula[]): void {
  const { inquiry } = goal;
  if (!counts(goal, source.kind === 'from' ? source.through : goal.relation, edge)) return;
  if (source.kind === 'subjects') {
    operands.push(behindCondition(inquiry, edge, () => yes));
    return;
  }
  const next = nextOf(goal, source, edge);
  if (next === undefined) return;
  operands.push(behindCondition(inquiry, edge, () => goalFormula(goal, next.relation, next.node, 1)));
}

/** What the subject must hold, and where, for the edge to lead to it; undefined where that cannot be. */
function nextOf({ inquiry, relation: of }: Goal, source: OperandSource, { subject }: Edge) {
  if (source.kind === 'from') {
    const relation = inquiry.planOf(of).targets.get(source)?.get(subject.type);
    return subject.kind === 'object' && relation !== undefined ? { relation, node: subject.node } : undefined;
  }
  if (subject.kind !== 'set') return undefined;
  const relation = inquiry.prepared.model.types.get(subject.type)?.relations.get(subject.relation);
  return relation !== undefined && leads(inquiry, relation) ? { relation, node: subject.node } : undefined;
}

/** Whether an edge is there for the inquiry, and admitted by the model. */
function counts({ inquiry: { missing } }: Goal, relation: Relation, edge: Edge): boolean {
  return isAdmitted(relation, edge) && (missing === undefined || !isSameEdge(edge, missing));
}

/** Another goal of the inquiry, for a relation that could lead to the subject. */
function goalFormula(goal: Goal, relation: Relation, object: NodeId, hops: 0 | 1): Formula {
  return { kind: 'goal', goal: goalFor(goal.inquiry, object, relation, goal.hops + hops), hops };
}

/**
 * Whether a relation could lead to the subject. An edge to any other gives nothing, whatever its condition says, and that is
 * not an error: of the types of a parent, for instance, one may lack the relation.
 */
function leads({ prepared, subject }: Inquiry, relation: Relation): boolean {
  return prepared.reachable.canReach(relation, subject);
}

/** The formula behind an edge, if the edge's condition holds. */
function behindCondition(inquiry: Inquiry, edge: Edge, formula: () => Formula): Formula {
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
  const known = plainDecision(formula);
  if (known !== undefined) return known.kind === 'allowed' ? reason : formula;
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

function probeOf({ inquiry, object, relation }: Goal): DirectProbe {
  const subject = inquiry.subject.kind === 'wildcard' ? undefined : inquiry.subjectNode;
  const { asksWildcard } = inquiry.planOf(relation);
  return { object, relation: relation.name, subject, subjectType: subjectType(inquiry.subject), asksWildcard };
}
