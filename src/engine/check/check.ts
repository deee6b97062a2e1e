import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import { type Decision, undecided } from '../../model/decision.ts';
import { findRelation, type Model, type Relation } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Context } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import { validateSubject } from '../../model/validate-relationship.ts';
import { TooComplex } from '../meter.ts';
import type { ContextualRelationships, Edge, NodeId, Snapshot, SnapshotReader } from '../ports.ts';
import type { PreparedModel } from '../prepared-model.ts';
import { ContextTable } from './context-table.ts';
import { type ConditionTest, findDependent } from './depends-on.ts';
import { Edges } from './edges.ts';
import { explore, exploreRest } from './explore.ts';
import { type Goal, goalFor, type Inquiry } from './goal.ts';
import type { NodeTable } from './node-table.ts';
import { Reach } from './reach.ts';

/** Does this subject hold this relation on this object? */
export interface Check {
  readonly subject: SubjectRef;
  readonly relation: string;
  readonly object: ObjectRef;
  /** What the asker says; runtime parameters in it are ignored. */
  readonly context: Context;
  /** What the server knows of the request: claims of a verified token. Runtime parameters come from here and the clock. */
  readonly facts?: Context | undefined;
  /** Answer as if this stored relationship were not there. */
  readonly without?: Edge;
}

export interface CheckRequest {
  readonly checks: readonly Check[];
  /** Valid for the model: see `validateRelationship`. */
  readonly contextual: ContextualRelationships;
}

/** What a request is about, whatever it asks of it. */
interface AskedAbout extends Pick<CheckRequest, 'contextual'> {
  readonly checks: readonly Pick<Check, 'subject' | 'object'>[];
}

export interface CheckAnswer {
  /** One for each check, in their order. */
  readonly decisions: readonly Decision[];
  /** The state that all decisions were made on. */
  readonly revision: number;
  /** The checks that are allowed because an edge counts whose condition passes the test, see `findDependent`. */
  readonly dependingOn: (isMeant: ConditionTest) => ReadonlySet<Check>;
  /**
   * The goals of these checks, with everything that they were decided by; nothing is read for it. Where the answer was made without
   * goals, they are made now, of what was read for it: to be asked for apart from the answer's way, and by whoever has the time.
   */
  readonly goalsOf: (checks: readonly Check[]) => Promise<ReadonlyMap<Check, Goal>>;
}

/** A question that needs objects this many hops away is too complex, as in OpenFGA (`resolveNodeLimit`). */
export const defaultHopLimit = 25;

/**
 * Answers all checks of a request from one snapshot.
 *
 * Level by level: the open goals say which edges they need, one read fetches those of all of them, and their formulas
 * are made and settled, which leaves the goals one hop further. The number of reads is the depth at which the last
 * check is decided, whatever the number of checks.
 */
export async function check(
  reader: SnapshotReader,
  request: CheckRequest,
  hopLimit = defaultHopLimit,
): Promise<CheckAnswer> {
  return reader.withSnapshot(objectsOf(request), (snapshot) => checkInSnapshot(snapshot, request, hopLimit));
}

/** The objects that a snapshot has to be opened for, to answer this request. */
export function objectsOf({ checks, contextual }: AskedAbout): readonly ObjectRef[] {
  return [...checks, ...contextual].flatMap(({ object, subject }) =>
    subject.kind === 'wildcard' ? [object] : [object, subject.object],
  );
}

/** The same in a snapshot that is already open, so that several questions see one state. */
export async function checkInSnapshot(
  snapshot: Snapshot,
  request: CheckRequest,
  hopLimit = defaultHopLimit,
  edges?: Edges,
): Promise<CheckAnswer> {
  try {
    return await checkAllInSnapshot(snapshot, request, hopLimit, edges);
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    // All or nothing: what a check is answered never depends on the others, except that none is.
    const decisions = request.checks.map(() => undecided(error.problem));
    return { decisions, revision: snapshot.revision, dependingOn: () => new Set(), goalsOf: noGoals };
  }
}

/** The same for questions that are made of many checks; throws `TooComplex` where those are too much together. */
export async function checkAllInSnapshot(
  snapshot: Snapshot,
  request: CheckRequest,
  hopLimit = defaultHopLimit,
  shared?: Edges,
): Promise<CheckAnswer> {
  const edges = shared ?? (await Edges.open(snapshot, request.contextual));
  const ask = (checks: readonly Check[]) => askTogether(snapshot, edges.nodes, checks);

  const questions = await ask(request.checks);
  const circular = new Set(await explore(rootsOf(questions), edges, hopLimit, snapshot.meter));

  // Goals count their hops from the nearest check, and in a circle it depends on where one begins which of several problems is
  // told. Where that may matter, the check is asked again alone, so that its answer never depends on what else is in the request.
  const alone = new Map<AskedCheck, AskedCheck>();
  if (questions.length > 1) {
    const reach = new Reach(snapshot.meter);
    for (const [check, question] of zip(request.checks, questions)) {
      if (question.kind !== 'goal') continue;
      const { goal } = question;
      const isAnyProblem = goal.decision?.kind === 'undecided' && circular.has(goal);
      if (!isAnyProblem && (reach.known(goal) ?? (await reach.of(goal))) < hopLimit) continue;
      for (const again of await ask([check])) alone.set(question, again);
    }
    await explore(rootsOf([...alone.values()]), edges, hopLimit, snapshot.meter);
  }
  const answered = questions.map((question) => alone.get(question) ?? question);
  const dependingOn = (isMeant: ConditionTest) =>
    findDependentChecks(snapshot.prepared.model, request.checks, answered, isMeant);
  const goalsOf: CheckAnswer['goalsOf'] = async (checks) => {
    const wanted = new Set(checks);
    const decided = zip(request.checks, answered);
    return new Map(
      decided.flatMap(([check, one]) => (one.kind === 'goal' && wanted.has(check) ? [[check, one.goal] as const] : [])),
    );
  };
  return { decisions: answered.map(decisionOf), revision: snapshot.revision, dependingOn, goalsOf };
}

const noGoals: CheckAnswer['goalsOf'] = async () => new Map();

/** Costs nothing where the model has no such condition. */
function findDependentChecks(
  { conditions }: Model,
  checks: readonly Check[],
  questions: readonly AskedCheck[],
  isMeant: ConditionTest,
): ReadonlySet<Check> {
  const isPossible = [...conditions.values()].some(({ name }) => isMeant(name));
  if (!isPossible) return new Set();
  // What is not allowed rests on nothing, and was mostly the longest to look for.
  const allowed = rootsOf(questions).filter(({ decision }) => decision?.kind === 'allowed');
  const inquiries = new Set(allowed.map(({ inquiry }) => inquiry));
  const dependent = new Map([...inquiries].map((inquiry) => [inquiry, findDependent(inquiry.found, isMeant)]));
  return new Set(
    zip(checks, questions).flatMap(([check, question]) =>
      question.kind === 'goal' && dependent.get(question.goal.inquiry)?.has(question.goal) ? [check] : [],
    ),
  );
}

/** A decision, and the goal that it was made for, with everything that it was made of. */
export interface ExplainedDecision {
  readonly decision: Decision;
  /** Undefined when the question was refused as it stands. */
  readonly goal: Goal | undefined;
  /** The nodes of objects that only the question names. */
  readonly nodes: NodeTable;
  readonly dependingOn: CheckAnswer['dependingOn'];
}

/** Answers one check as `checkInSnapshot` does, and keeps what the answer was made of. */
export async function decideInSnapshot(
  snapshot: Snapshot,
  check: Check,
  contextual: ContextualRelationships,
  hopLimit = defaultHopLimit,
): Promise<ExplainedDecision> {
  const edges = await Edges.open(snapshot, contextual);
  const { nodes } = edges;
  const [question] = await askTogether(snapshot, nodes, [check]);
  invariant(question !== undefined, 'a check that was asked is on its way');
  await explore(rootsOf([question]), edges, hopLimit, snapshot.meter);
  const goal = question.kind === 'goal' ? question.goal : undefined;
  if (goal !== undefined && goal.decision?.kind !== 'allowed') {
    await exploreRest(goal, edges, hopLimit, snapshot.meter);
  }
  const dependingOn = (isMeant: ConditionTest) =>
    findDependentChecks(snapshot.prepared.model, [check], [question], isMeant);
  return { decision: decisionOf(question), goal, nodes, dependingOn };
}

/** A check on its way: refused as it stands, or a goal to be settled. */
type AskedCheck =
  | { readonly kind: 'refused'; readonly decision: Decision }
  | { readonly kind: 'goal'; readonly goal: Goal };

/** Makes the root goals of checks; those about one subject in one context share an inquiry. */
async function askTogether(
  { prepared, now }: Snapshot,
  nodes: NodeTable,
  checks: readonly Check[],
): Promise<readonly AskedCheck[]> {
  const ends = await nodes.resolveEnds(checks);
  const contexts = new ContextTable(prepared, now);
  const worlds = new Map<Edge | undefined, Map<Context, Map<string, Inquiry>>>();
  const find = (check: Check, subjectNode: NodeId | undefined): Inquiry => {
    const inquiries = worlds.get(check.without) ?? new Map<Context, Map<string, Inquiry>>();
    worlds.set(check.without, inquiries);
    const context = contexts.completeFor(check);
    const subject = formatSubjectRef(check.subject);
    const inContext = inquiries.get(context) ?? new Map<string, Inquiry>();
    inquiries.set(context, inContext);
    const inquiry = inContext.get(subject) ?? startInquiry(prepared, check, subjectNode, context);
    inContext.set(subject, inquiry);
    return inquiry;
  };
  let last: { readonly check: Check; readonly inquiry: Inquiry } | undefined;
  return zip(checks, ends).map(([check, { object, subject }]) => {
    const relation = validateCheck(prepared.model, check);
    if (!relation.ok) return { kind: 'refused', decision: undecided(relation.problem) };
    // The checks of a page share their subject and context, down to the same objects.
    const inquiry = last !== undefined && isAlike(last.check, check) ? last.inquiry : find(check, subject);
    last = { check, inquiry };
    return { kind: 'goal', goal: rootGoal(inquiry, object, relation.value) };
  });
}

/** Whether both ask about the same subject, in the same context and state, down to the same objects: as the checks of a page do. */
export function isAlike(one: Check, other: Check): boolean {
  const isSameQuestion = one.subject === other.subject && one.context === other.context && one.facts === other.facts;
  return isSameQuestion && one.without === other.without;
}

function startInquiry(
  prepared: PreparedModel,
  { subject, without: missing }: Check,
  subjectNode: NodeId | undefined,
  context: Context,
): Inquiry {
  const planOf = prepared.plans.for(subject);
  return { prepared, subject, subjectNode, context, missing, planOf, goals: new Map(), found: [] };
}

function rootGoal(inquiry: Inquiry, object: number, relation: Relation): Goal {
  const goal = goalFor(inquiry, object, relation, 0);
  const { reachable } = inquiry.prepared;
  if (!reachable.canReach(relation, inquiry.subject)) goal.decision = { kind: 'denied' };
  return goal;
}

function validateCheck(model: Model, { subject, relation, object }: Check) {
  const known = validateSubject(model, subject);
  return known.ok ? findRelation(model, object.type, relation) : known;
}

function rootsOf(questions: Iterable<AskedCheck>): readonly Goal[] {
  return [...questions].flatMap((question) => (question.kind === 'goal' ? [question.goal] : []));
}

function decisionOf(question: AskedCheck): Decision {
  if (question.kind === 'refused') return question.decision;
  const { decision } = question.goal;
  invariant(decision !== undefined, 'no goal of a check is left open');
  return decision;
}
