import { NotPlain } from '../../engine/check/plain-run.ts';
import type { Excerpt, ExcerptQuery } from '../../engine/excerpt.ts';
import type { Meter } from '../../engine/meter.ts';
import type { Edge, NodeId } from '../../engine/ports.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { type HistoryMark, markOf } from '../../model/history-mark.ts';
import type { ConditionName, RelationName } from '../../model/names.ts';
import { firstObject, firstSetSubject } from '../packed-subject.ts';
import type { Terms } from '../terms.ts';
import { type ExcerptEnds, endsOf } from './ends-of.ts';
import { LookBudget } from './look-budget.ts';
import type { ProvenState } from './proven-state.ts';
import type { StoredEdge } from './stored-edge.ts';

const endOfSubjects = 2 ** 53;
/** An object with more edges is not looked through: each end is looked for instead. */
const mostEdges = 256;
/** Edges that are of no use are passed over so much faster than others are taken. */
const passedPerLook = 32;
const none: readonly Edge[] = [];

/** What one object has of an excerpt. */
interface ObjectEdges {
  readonly leading: Map<RelationName, Edge[]>;
  readonly parents: Map<RelationName, Edge[]>;
}

/**
 * What plain checks can be made of, found in memory, object by object, when it is asked for. Where that turns out to be more than is
 * good to look at in one go, whatever is asked of it throws `NotPlain`.
 */
export class ReplicaExcerpt implements Excerpt {
  readonly now: Date;
  readonly identity: string;
  readonly mark: HistoryMark | undefined;
  readonly revision: number;
  readonly ageMs: number;
  readonly meter: Meter;
  readonly subjects: readonly (NodeId | undefined)[];
  readonly objects: readonly (NodeId | undefined)[];
  readonly #state: ProvenState;
  readonly #query: ExcerptQuery;
  readonly #demand: NumberedDemand;
  readonly #ends: ExcerptEnds;
  readonly #budget: LookBudget;
  readonly #found = new Map<NodeId, ObjectEdges>();
  readonly #conditions = new Set<ConditionName>();

  private constructor(
    state: ProvenState,
    query: ExcerptQuery,
    nodes: Pick<Excerpt, 'subjects' | 'objects'>,
    { ends, budget, meter }: { readonly ends: ExcerptEnds; readonly budget: LookBudget; readonly meter: Meter },
  ) {
    this.#state = state;
    this.#query = query;
    this.#demand = numberDemand(state, query.demand);
    this.#ends = ends;
    this.#budget = budget;
    this.subjects = nodes.subjects;
    this.objects = nodes.objects;
    this.now = new Date(Math.floor(state.view.nowMicros / 1000));
    this.identity = state.position.identity;
    this.mark = markOf(state.position.event, state.position.hash);
    this.revision = state.view.revision;
    this.ageMs = state.ageMs;
    this.meter = meter;
    for (const number of ends.conditions) {
      const name = state.model.terms.condition.nameOf(number);
      if (name !== undefined) this.#conditions.add(name);
    }
  }

  /**
   * `nodes` are those of the subjects and then of the objects of the query. Undefined when its subjects are in so many sets that it
   * is not good to look for all of them in one go.
   */
  static of(
    state: ProvenState,
    query: ExcerptQuery,
    nodes: readonly (NodeId | undefined)[],
    meter: Meter,
  ): ReplicaExcerpt | undefined {
    const subjects = nodes.slice(0, query.subjects.length);
    const objects = nodes.slice(query.subjects.length);
    const budget = new LookBudget(meter);
    try {
      const ends = endsOf(state, query, subjects, budget);
      return new ReplicaExcerpt(state, query, { subjects, objects }, { ends, budget, meter });
    } catch (error) {
      if (error instanceof NotPlain) return undefined;
      throw error;
    }
  }

  get prepared(): PreparedModel {
    return this.#state.model.prepared;
  }

  apart(meter: Meter): Excerpt | undefined {
    return ReplicaExcerpt.of(this.#state, this.#query, [...this.subjects, ...this.objects], meter);
  }

  leading(object: NodeId, relation: RelationName): readonly Edge[] {
    return this.#at(object).leading.get(relation) ?? none;
  }

  parents(object: NodeId, relation: RelationName): readonly Edge[] {
    return this.#at(object).parents.get(relation) ?? none;
  }

  /** Of all edges: whatever may be asked for has to be looked at, unless no edge of the store has a condition. */
  get conditions(): ReadonlySet<ConditionName> {
    if (!this.#state.view.hasConditions) return this.#conditions;
    const reached = new Set(this.objects.filter((node) => node !== undefined));
    for (const node of reached) {
      for (const edges of this.#at(node).parents.values()) {
        for (const { subject } of edges) if (subject.kind === 'object') reached.add(subject.node);
      }
    }
    return this.#conditions;
  }

  #at(object: NodeId): ObjectEdges {
    const known = this.#found.get(object);
    if (known !== undefined) return known;
    const found: ObjectEdges = { leading: new Map(), parents: new Map() };
    if (object >= 0) for (const edge of this.#edgesOf(object)) this.#add(found, edge);
    this.#found.set(object, found);
    return found;
  }

  #add(found: ObjectEdges, stored: StoredEdge): void {
    const edge = this.#state.names.edgeOf(stored);
    if (edge === undefined) return;
    if (edge.condition !== undefined) this.#conditions.add(edge.condition.name);
    if (this.#isLeading(stored.relation, stored.subject)) addTo(found.leading, edge);
    if (this.#isParent(stored.relation, stored.subject)) addTo(found.parents, edge);
  }

  #isLeading(relation: number, subject: number): boolean {
    return ((this.#demand.flags[relation] ?? 0) & isDirect) !== 0 && this.#ends.subjects.has(subject);
  }

  #isParent(relation: number, subject: number): boolean {
    return (
      ((this.#demand.flags[relation] ?? 0) & isParents) !== 0 && subject >= firstObject && subject < firstSetSubject
    );
  }

  /** Those that count here; each may come twice. */
  #edgesOf(object: NodeId): readonly StoredEdge[] {
    const { view } = this.#state;
    const count = view.countOf(object);
    if (count <= mostEdges) {
      const wanted = view.of(object, (relation, subject) => {
        return this.#isLeading(relation, subject) || this.#isParent(relation, subject);
      });
      this.#budget.take(wanted.length + Math.floor(count / passedPerLook));
      return wanted;
    }
    const { direct, parents } = this.#demand;
    const leading = [...direct].flatMap((relation) => this.#findLeading(object, relation));
    const up = [...parents].flatMap((relation) => this.#look(object, relation, firstObject, firstSetSubject));
    const seen = new Set(leading.map(({ relation, subject }) => relation * endOfSubjects + subject));
    return [...leading, ...up.filter(({ relation, subject }) => !seen.has(relation * endOfSubjects + subject))];
  }

  /** Whichever is less: to look at each edge for whether it leads to an end, or for each end. */
  #findLeading(object: NodeId, relation: number): readonly StoredEdge[] {
    const { view } = this.#state;
    const { subjects } = this.#ends;
    if (view.countFrom(object, relation, 0, endOfSubjects) > subjects.size) {
      this.#budget.take(subjects.size);
      return [...subjects].flatMap((end) => view.find(object, relation, end) ?? []);
    }
    return this.#look(object, relation, 0, endOfSubjects).filter(({ subject }) => subjects.has(subject));
  }

  #look(object: NodeId, relation: number, first: number, end: number): readonly StoredEdge[] {
    const edges = this.#budget.each(this.#state.view.from(object, relation, first, end));
    return [...edges].filter((edge) => edge !== undefined);
  }
}

/** The relations of a demand by their numbers. */
interface NumberedDemand {
  readonly direct: ReadonlySet<number>;
  readonly parents: ReadonlySet<number>;
  /** The same for each number. */
  readonly flags: Uint8Array;
}

const [isDirect, isParents] = [1, 2];

/** Whoever is in a set is looked for there by what is written for it, whether that is asked for by itself or not. */
function numberDemand({ model: { terms } }: ProvenState, demand: ExcerptQuery['demand']): NumberedDemand {
  const known = numberedDemands.get(demand);
  if (known?.terms === terms) return known.numbered;
  const numbersOf = (names: readonly RelationName[]) =>
    new Set(names.flatMap((name) => terms.relation.numberOf(name) ?? []));
  const written = demand.sets.map((set) => set.written);
  const [direct, parents] = [numbersOf([...demand.direct, ...written]), numbersOf(demand.parents)];
  const flags = new Uint8Array(Math.max(0, ...direct, ...parents) + 1);
  for (const [numbers, flag] of [[direct, isDirect] as const, [parents, isParents] as const]) {
    for (const number of numbers) flags[number] = (flags[number] ?? 0) | flag;
  }
  const numbered = { direct, parents, flags };
  numberedDemands.set(demand, { terms, numbered });
  return numbered;
}

/** Made once for each: the same demands come again and again. */
const numberedDemands = new WeakMap<
  ExcerptQuery['demand'],
  { readonly terms: Terms; readonly numbered: NumberedDemand }
>();

function addTo(found: Map<RelationName, Edge[]>, edge: Edge): void {
  const known = found.get(edge.relation);
  if (known === undefined) found.set(edge.relation, [edge]);
  else known.push(edge);
}
