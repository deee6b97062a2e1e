import { findContributions } from '../../model/find-contributions.ts';
import type { Arc, Relation } from '../../model/model.ts';
import type { RelationName, TypeName } from '../../model/names.ts';
import { type SubjectRef, subjectType } from '../../model/subject-ref.ts';
import { pauseEvery } from '../meter.ts';
import type { NodeId, ReverseEdge, Snapshot } from '../ports.ts';
import type { ContextualReverse } from './contextual-reverse.ts';

/**
 * The nodes on which the subject may hold the target: everything that can be reached by following edges backwards.
 *
 * Conditions and exclusions are left out of account, and of an intersection all but one operand, so nothing that the check
 * would allow is missing; the check decides on each candidate. Undefined when more than `limit` edges would have to be
 * followed.
 */
export async function findCandidateObjects(
  snapshot: Pick<Snapshot, 'prepared' | 'readEdgesTo' | 'meter'>,
  contextual: ContextualReverse,
  subject: SubjectRef,
  subjectNode: NodeId | undefined,
  target: Relation,
  limit: number,
): Promise<ReadonlySet<NodeId> | undefined> {
  const rules = indexRules(findContributions(snapshot.prepared.model, [target], 'sufficient'));
  const held = new Held(rules, subject.kind === 'object' ? subjectNode : undefined);
  if (subject.kind === 'set' && subjectNode !== undefined) {
    const set = snapshot.prepared.model.types.get(subject.object.type)?.relations.get(subject.relation);
    if (set !== undefined) held.add(subjectNode, set);
  }
  let followed = 0;
  let query: Frontier = { ...startOf(subject, subjectNode, rules), relations: namesOf(rules.relations) };
  for (;;) {
    const stored = await snapshot.readEdgesTo(query, limit - followed);
    const edges = [...stored.items, ...contextual.readEdgesTo(query)];
    followed += edges.length;
    snapshot.meter.charge(edges.length);
    if (!stored.isWhole || followed > limit) return undefined;
    for (const [index, edge] of edges.entries()) {
      held.follow(edge);
      const pause = index % pauseEvery === 0 ? snapshot.meter.pause() : undefined;
      if (pause !== undefined) await pause;
    }
    const next = held.takeFrontier();
    if (next === undefined) return held.nodesOf(target);
    query = next;
  }
}

interface Frontier {
  readonly objects: readonly NodeId[];
  readonly sets: readonly { readonly node: NodeId; readonly relation: RelationName }[];
  readonly wildcards: readonly TypeName[];
  readonly relations: readonly RelationName[];
}

function startOf(subject: SubjectRef, node: NodeId | undefined, rules: Rules) {
  const objects = subject.kind === 'object' && node !== undefined ? [node] : [];
  const sets = subject.kind === 'set' && node !== undefined ? [{ node, relation: subject.relation }] : [];
  return { objects, sets, wildcards: wildcardsOf(subject, rules) };
}

/** Where no relation can have the wildcard, nobody looks for it. */
function wildcardsOf(subject: SubjectRef, { relations }: Rules): readonly TypeName[] {
  if (subject.kind === 'set') return [];
  const type = subjectType(subject);
  const isWritable = [...relations].some(({ restrictions }) =>
    restrictions.some((restriction) => restriction.kind === 'wildcard' && restriction.type === type),
  );
  return isWritable ? [type] : [];
}

interface Rules {
  readonly relations: ReadonlySet<Relation>;
  readonly from: ReadonlyMap<Relation, readonly Arc[]>;
  /** By the relation that leads to the parent. */
  readonly through: ReadonlyMap<Relation, readonly Arc[]>;
}

function indexRules({ relations, contributions }: ReturnType<typeof findContributions>): Rules {
  const from = Map.groupBy(contributions, (rule) => rule.from);
  const steps = contributions.filter((rule) => rule.kind === 'from');
  return { relations, from, through: Map.groupBy(steps, (rule) => rule.through) };
}

function namesOf(relations: Iterable<Relation>): readonly RelationName[] {
  return [...new Set([...relations].map(({ name }) => name))];
}

/** The relations that the subject may hold, on which nodes, and where that leads to next. */
class Held {
  readonly #rules: Rules;
  /** The subject itself, when it is an object: edges to any other object are only the way to its children. */
  readonly #subject: NodeId | undefined;
  readonly #named: ReadonlyMap<RelationName, readonly Relation[]>;
  readonly #held = new Map<Relation, Set<NodeId>>();
  #objects = new Set<NodeId>();
  #sets = new Map<Relation, Set<NodeId>>();

  constructor(rules: Rules, subject: NodeId | undefined) {
    this.#rules = rules;
    this.#subject = subject;
    this.#named = Map.groupBy(rules.relations, (relation) => relation.name);
  }

  nodesOf(relation: Relation): ReadonlySet<NodeId> {
    return this.#held.get(relation) ?? new Set();
  }

  /** Notes that the relation may be held on the node, and everything on the same node that follows. */
  add(node: NodeId, relation: Relation): void {
    const nodes = this.#held.get(relation) ?? new Set();
    this.#held.set(relation, nodes);
    if (nodes.has(node)) return;
    nodes.add(node);
    for (const rule of this.#rules.from.get(relation) ?? []) {
      if (rule.kind === 'computed') this.add(node, rule.to);
      if (rule.kind === 'from') this.#objects.add(node);
      if (rule.kind === 'set') this.#sets.set(relation, (this.#sets.get(relation) ?? new Set()).add(node));
    }
  }

  follow(edge: ReverseEdge): void {
    const { object, objectType, relation: name, subject } = edge;
    if (subject.kind !== 'object' || subject.node === this.#subject) {
      for (const relation of this.#named.get(name) ?? []) {
        if (relation.type === objectType) this.add(object, relation);
      }
    }
    if (subject.kind !== 'object') return;
    for (const [through, rules] of this.#rules.through) {
      if (through.type !== objectType || through.name !== name) continue;
      for (const rule of rules) {
        if (this.#held.get(rule.from)?.has(subject.node)) this.add(object, rule.to);
      }
    }
  }

  /** What was found since the last time and has not been followed back yet; undefined when that is nothing. */
  takeFrontier(): Frontier | undefined {
    if (this.#objects.size === 0 && this.#sets.size === 0) return undefined;
    const sets = [...this.#sets].flatMap(([{ name }, nodes]) => [...nodes].map((node) => ({ node, relation: name })));
    const relations = namesOf([...this.#rules.relations, ...this.#rules.through.keys()]);
    const frontier = { objects: [...this.#objects], sets, wildcards: [], relations };
    this.#objects = new Set();
    this.#sets = new Map();
    return frontier;
  }
}
