import { invariant } from '../../base/invariant.ts';
import { turns } from '../../base/turns.ts';
import { allowed, type Decision, denied, undecided } from '../../model/decision.ts';
import { findRelation, type Relation } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Context } from '../../model/relationship.ts';
import { validateSubject } from '../../model/validate-relationship.ts';
import type { Excerpt, ExcerptQuery } from '../excerpt.ts';
import { Meter, TooComplex } from '../meter.ts';
import type { ExcerptReader, FreshnessOptions, NodeId, Snapshot } from '../ports.ts';
import type { PreparedModel } from '../prepared-model.ts';
import {
  type Check,
  type CheckAnswer,
  type CheckRequest,
  checkAllInSnapshot,
  defaultHopLimit,
  isAlike,
} from './check.ts';
import { ContextTable } from './context-table.ts';
import type { ConditionTest } from './depends-on.ts';
import { ExcerptSnapshot } from './excerpt-snapshot.ts';
import { demandOf } from './find-demand.ts';
import type { Goal } from './goal.ts';
import { type PlainPrograms, programsFor } from './plain-program.ts';
import { NotPlain, PlainBudget, PlainRun } from './plain-run.ts';

export interface AtOnceOptions extends FreshnessOptions {
  /** Conditions that somebody wants to hear of: nothing is answered at once that may rest on one of them. */
  readonly isWatched: ConditionTest;
  readonly hopLimit?: number;
}

/** An answer, and the state that it is of. Who depends on a condition is known of watched ones alone. */
export interface AnswerAtOnce extends CheckAnswer {
  readonly state: Pick<Excerpt, 'identity' | 'revision' | 'mark' | 'ageMs' | 'prepared'>;
}

/**
 * Answers all checks of a request from one excerpt, which is one read; undefined where the question is not a plain one: it is then
 * one for `checkInParts`, which answers every question, and answers each as this does. `ask` says what is asked under a model.
 *
 * A question is plain when it is about objects as subjects, brings no relationships, and its answer rests on nothing doubtful: see
 * `PlainRun`. None is that may rest on a watched condition: who depends on one is found by goals alone.
 */
export async function checkAtOnce(
  reader: ExcerptReader,
  ask: (prepared: PreparedModel) => CheckRequest | undefined,
  { isWatched, hopLimit = defaultHopLimit, consistency }: AtOnceOptions,
): Promise<AnswerAtOnce | undefined> {
  let asked: AskedTogether | undefined;
  const plan = (prepared: PreparedModel) => {
    asked = readRequest(prepared, ask(prepared));
    return asked && planExcerpt(prepared, asked);
  };
  const use = async (excerpt: Excerpt) => asked && decideAll(excerpt, asked.checks, isWatched, hopLimit);
  // What is too much at once may not be in parts; and what is too much in parts is said there.
  return reader.withExcerpt(plan, use, { consistency }).catch(unlessTooComplex);
}

/** The same in a snapshot that is open; throws `TooComplex` where its meter ends. */
export async function checkAtOnceInSnapshot(
  snapshot: Snapshot,
  request: CheckRequest,
  { isWatched, hopLimit = defaultHopLimit }: AtOnceOptions,
): Promise<AnswerAtOnce | undefined> {
  const asked = readRequest(snapshot.prepared, request);
  const query = asked && planExcerpt(snapshot.prepared, asked);
  const excerpt = query && (await snapshot.readExcerpt(query));
  return asked && excerpt && (await decideAll(excerpt, asked.checks, isWatched, hopLimit));
}

function planExcerpt(prepared: PreparedModel, { subjects, objects, roots }: AskedTogether): ExcerptQuery | undefined {
  const demand = demandOf(prepared, subjects, roots);
  return demand && { subjects, objects, demand };
}

export function unlessTooComplex(error: unknown): undefined {
  if (!(error instanceof TooComplex)) throw error;
}

/** The checks of a request, and what they are about, each once. */
interface AskedTogether {
  readonly checks: readonly AskedAtOnce[];
  readonly subjects: readonly ObjectRef[];
  readonly objects: readonly ObjectRef[];
  readonly roots: ReadonlySet<Relation>;
}

/** A check, its relation, and the places of its ends among those that were asked for. */
interface AskedAtOnce {
  readonly check: Check;
  /** Undefined for one that the object's type does not have. */
  readonly relation: Relation | undefined;
  readonly subject: number;
  readonly object: number;
}

/** Checks that are asked about together; what has more is asked in parts. */
const mostChecks = 5000;
/** Most checks take some microseconds. */
const checksBetweenPauses = 64;

function readRequest({ model }: PreparedModel, request: CheckRequest | undefined): AskedTogether | undefined {
  if (request === undefined || request.contextual.length > 0 || request.checks.length > mostChecks) return undefined;
  const [subjects, objects] = [new Numbering(), new Numbering()];
  const checks: AskedAtOnce[] = [];
  const roots = new Set<Relation>();
  for (const check of request.checks) {
    if (check.subject.kind !== 'object' || check.without !== undefined) return undefined;
    const relation = model.types.get(check.object.type)?.relations.get(check.relation);
    if (relation !== undefined) roots.add(relation);
    const [subject, object] = [subjects.numberOf(check.subject.object), objects.numberOf(check.object)];
    checks.push({ check, relation, subject, object });
  }
  return { checks, subjects: subjects.all, objects: objects.all, roots };
}

/** Objects that are named many times, each once. */
class Numbering {
  readonly all: ObjectRef[] = [];
  readonly #byType = new Map<string, Map<string, number>>();
  #last: ObjectRef | undefined;
  #lastNumber = 0;

  numberOf(object: ObjectRef): number {
    // The permissions of an object are mostly asked for one after the other.
    if (object === this.#last) return this.#lastNumber;
    const ofType = this.#byType.get(object.type) ?? new Map<string, number>();
    this.#byType.set(object.type, ofType);
    const number = ofType.get(object.id) ?? this.all.push(object) - 1;
    ofType.set(object.id, number);
    this.#last = object;
    this.#lastNumber = number;
    return number;
  }
}

async function decideAll(
  excerpt: Excerpt,
  asked: readonly AskedAtOnce[],
  isWatched: ConditionTest,
  hopLimit: number,
): Promise<AnswerAtOnce | undefined> {
  const runs = new Runs(excerpt, hopLimit);
  try {
    for (const name of excerpt.conditions) if (isWatched(name)) return undefined;
    const decisions = await runs.decideInTurns(asked);
    const dependingOn = (isMeant: ConditionTest) => {
      invariant(isMeant === isWatched, 'nobody asks for conditions that nobody watched');
      return new Set<Check>();
    };
    const goalsOf: CheckAnswer['goalsOf'] = (checks) => goalsFromExcerpt(excerpt, asked, checks, hopLimit);
    return { decisions, revision: excerpt.revision, dependingOn, goalsOf, state: excerpt };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  } finally {
    // Also what led to no answer was work for somebody.
    excerpt.meter.charge(runs.steps);
  }
}

/** The way of goals and formulas over the same edges; at nobody's cost, as nobody has asked for it. */
async function goalsFromExcerpt(
  excerpt: Excerpt,
  asked: readonly AskedAtOnce[],
  checks: readonly Check[],
  hopLimit: number,
): Promise<ReadonlyMap<Check, Goal>> {
  const apart = excerpt.apart(new Meter());
  if (apart === undefined) return new Map();
  const nodes = new Map(
    asked.flatMap(({ check, subject, object }) => [
      [check.object, nodeAt(excerpt.objects, object)] as const,
      ...(check.subject.kind === 'object' ? [[check.subject.object, nodeAt(excerpt.subjects, subject)] as const] : []),
    ]),
  );
  const request = { checks, contextual: [] };
  return (await checkAllInSnapshot(new ExcerptSnapshot(apart, nodes), request, hopLimit)).goalsOf(checks);
}

/** One run for each subject in each context, with the programs of its kind. */
class Runs {
  readonly #excerpt: Excerpt;
  readonly #limits: { readonly budget: PlainBudget; readonly hopLimit: number };
  readonly #contexts: ContextTable;
  readonly #runs = new Map<Context, Map<number, Run>>();
  #last: { readonly check: Check; readonly run: Run } | undefined;

  constructor(excerpt: Excerpt, hopLimit: number) {
    this.#excerpt = excerpt;
    this.#limits = { budget: new PlainBudget(), hopLimit };
    this.#contexts = new ContextTable(excerpt.prepared, excerpt.now);
  }

  get steps(): number {
    return this.#limits.budget.used;
  }

  /** With turns for others in between: an excerpt stays what it is. */
  async decideInTurns(asked: readonly AskedAtOnce[]): Promise<readonly Decision[]> {
    const decisions: Decision[] = [];
    for (const one of asked) {
      decisions.push(this.#decide(one));
      const rest = decisions.length % checksBetweenPauses === 0 ? turns.pause() : undefined;
      if (rest === undefined) continue;
      await rest;
      this.#limits.budget.renew();
    }
    return decisions;
  }

  #decide({ check, relation, subject, object }: AskedAtOnce): Decision {
    const asked = this.#runOf(check, subject);
    if (asked.kind === 'refused') return asked.decision;
    const { run, programs } = asked;
    if (relation === undefined) return this.#unknownRelation(check);
    const node = nodeAt(this.#excerpt.objects, object);
    // Nothing is written for an object that no relationship names.
    return node !== undefined && run.holds(node, programs.of(relation), 0) ? allowed : denied;
  }

  #unknownRelation({ object, relation }: Check): Decision {
    const found = findRelation(this.#excerpt.prepared.model, object.type, relation);
    invariant(!found.ok, 'a relation that was not found is none of the model');
    return undecided(found.problem);
  }

  #runOf(check: Check, subject: number): Run {
    // The checks of a page share their subject and context, down to the same objects.
    if (this.#last !== undefined && isAlike(this.#last.check, check)) return this.#last.run;
    const context = this.#contexts.completeFor(check);
    const ofContext = this.#runs.get(context) ?? new Map<number, Run>();
    this.#runs.set(context, ofContext);
    const run = ofContext.get(subject) ?? this.#start(check, subject, context);
    ofContext.set(subject, run);
    this.#last = { check, run };
    return run;
  }

  #start({ subject }: Check, number: number, context: Context): Run {
    const { prepared } = this.#excerpt;
    const known = validateSubject(prepared.model, subject);
    if (!known.ok) return { kind: 'refused', decision: undecided(known.problem) };
    const run = new PlainRun(this.#excerpt, nodeAt(this.#excerpt.subjects, number), context, this.#limits);
    return { kind: 'run', run, programs: programsFor(prepared, subject) };
  }
}

type Run =
  | { readonly kind: 'run'; readonly run: PlainRun; readonly programs: PlainPrograms }
  /** Nothing can be asked about this subject. */
  | { readonly kind: 'refused'; readonly decision: Decision };

function nodeAt(nodes: readonly (NodeId | undefined)[], number: number): NodeId | undefined {
  // A place that is not there is not an object that is not there.
  invariant(number < nodes.length, 'an excerpt says of each object whether it is known');
  return nodes[number];
}
