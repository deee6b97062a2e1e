import type { Relation } from '../../model/model.ts';
import type { ConditionName, TypeName } from '../../model/names.ts';
import type { Context, RelationshipCondition } from '../../model/relationship.ts';
import type { Excerpt } from '../excerpt.ts';
import type { Edge, NodeId } from '../ports.ts';
import { conditionHolds, isAdmitted } from './expand.ts';

/** What a relation means for plain checks about one kind of subject: whether a run finds it held on an object. */
export interface PlainProgram {
  readonly relation: Relation;
  /** The number of the first relation of its type: the place of each within its type counts from it. */
  readonly first: number;
  /** How many relations its type has. */
  readonly count: number;
  /** False means that no relationships could make the subject hold it. */
  readonly isPossible: boolean;
  readonly holds: PlainStep;
}

/** One part of a definition; `depth` is how many objects were stepped over to get here. */
export type PlainStep = (run: PlainRun, object: NodeId, depth: number) => boolean;

/** Thrown where plain evaluation has no answer: the question is one for goals and formulas, which have one for everything. */
export class NotPlain extends Error {
  constructor() {
    super('The question is not a plain one.');
  }
}

/** Steps that are taken for one request: what takes more, goals and formulas answer in parts. */
const mostSteps = 30_000;
const stepsPerCondition = 20;
const edgesPerStep = 64;
/** A single condition may take a millisecond, so the clock is looked at after so many: steps say nothing of them. No others have a turn meanwhile. */
const conditionsPerLook = 8;
const mostMs = 20;
/** Relations that are looked for within each other: each of them is on the stack, with all operators of its definition. */
const mostNested = 250;

/** What all runs on one excerpt take together, and how long they take between two turns. */
export class PlainBudget {
  #endsAt = performance.now() + mostMs;
  #steps = 0;
  #conditions = 0;

  /** Steps that were taken so far. */
  get used(): number {
    return this.#steps;
  }

  /** Others have had a turn. */
  renew(): void {
    this.#endsAt = performance.now() + mostMs;
  }

  take(steps: number): void {
    this.#steps += steps;
    if (this.#steps > mostSteps) throw new NotPlain();
  }

  takeCondition(): void {
    this.take(stepsPerCondition);
    this.#conditions += 1;
    if (this.#conditions % conditionsPerLook === 0 && performance.now() > this.#endsAt) throw new NotPlain();
  }
}

const [unknown, open, denied, allowed] = [0, 1, 2, 3];

/** What is known of the relations of one object. */
interface Found {
  readonly type: TypeName;
  readonly states: Uint8Array;
  /** How many objects further its answer was looked for. */
  readonly heights: Uint8Array;
}

/**
 * Evaluates checks about one subject in one context on an excerpt, each relation of each object at most once.
 *
 * Two values are enough as long as nothing is in doubt: no condition that lacks a parameter, no circle, nothing that is too far
 * away. Then each definition has one value, whatever the semantics of circles and doubts, and it does not matter in which order
 * it is looked for. Where anything is in doubt it throws `NotPlain`, also where the answer might not need it.
 */
export class PlainRun {
  readonly excerpt: Excerpt;
  /** Undefined for a subject that no relationship names. */
  readonly subject: NodeId | undefined;
  readonly #context: Context;
  readonly #budget: PlainBudget;
  readonly #hopLimit: number;
  readonly #found = new Map<NodeId, Found>();
  readonly #conditions = new Map<Context, Map<ConditionName, boolean>>();
  /** The furthest that the answer which is being looked for went. */
  #furthest = 0;
  #nested = 0;

  constructor(
    excerpt: Excerpt,
    subject: NodeId | undefined,
    context: Context,
    { budget, hopLimit }: { readonly budget: PlainBudget; readonly hopLimit: number },
  ) {
    this.excerpt = excerpt;
    this.subject = subject;
    this.#context = context;
    this.#budget = budget;
    this.#hopLimit = hopLimit;
  }

  /** The edges of a relation of an object that lead to where the subject may be. */
  leading(object: NodeId, { name }: Relation): readonly Edge[] {
    const edges = this.excerpt.leading(object, name);
    // Those to other subjects of the request are passed over, which is quick, but there may be many.
    this.#budget.take(Math.floor(edges.length / edgesPerStep));
    return edges;
  }

  holds(object: NodeId, program: PlainProgram, depth: number): boolean {
    if (!program.isPossible) return false;
    if (depth >= this.#hopLimit || this.#nested >= mostNested) throw new NotPlain();
    const { states, heights } = this.#foundAt(object, program);
    const at = program.relation.number - program.first;
    const state = states[at];
    if (state === open) throw new NotPlain();
    if (state !== unknown) return this.#take(state === allowed, depth + (heights[at] ?? 0));
    this.#budget.take(1);
    states[at] = open;
    const before = this.#furthest;
    this.#furthest = depth;
    this.#nested += 1;
    const isHeld = program.holds(this, object, depth);
    this.#nested -= 1;
    states[at] = isHeld ? allowed : denied;
    heights[at] = this.#furthest - depth;
    this.#furthest = Math.max(before, this.#furthest);
    return isHeld;
  }

  /** Whether an edge is admitted by the model, and its condition holds. */
  counts(relation: Relation, edge: Edge): boolean {
    this.#budget.take(1);
    if (!isAdmitted(relation, edge)) return false;
    if (edge.condition === undefined) return true;
    return this.#conditionHolds(edge, edge.condition);
  }

  /** What is written with many edges is often the very same, and then so is what it gives here. */
  #conditionHolds(edge: Edge, { name, context }: RelationshipCondition): boolean {
    const known = this.#conditions.get(context)?.get(name);
    if (known !== undefined) return known;
    this.#budget.takeCondition();
    const holds = conditionHolds(this.excerpt.prepared.model, this.#context, edge);
    if (!holds.ok) throw new NotPlain();
    const ofContext = this.#conditions.get(context) ?? new Map<ConditionName, boolean>();
    this.#conditions.set(context, ofContext);
    ofContext.set(name, holds.value);
    return holds.value;
  }

  /** What is known already may be too far away from here, where it was not from there. */
  #take(isHeld: boolean, furthest: number): boolean {
    if (furthest >= this.#hopLimit) throw new NotPlain();
    this.#furthest = Math.max(this.#furthest, furthest);
    return isHeld;
  }

  #foundAt(object: NodeId, { relation: { type }, count }: PlainProgram): Found {
    const known = this.#found.get(object);
    if (known !== undefined) {
      // A node is of one type, whatever was written by hand.
      if (known.type !== type) throw new NotPlain();
      return known;
    }
    const found = { type, states: new Uint8Array(count), heights: new Uint8Array(count) };
    this.#found.set(object, found);
    return found;
  }
}
