import type { CarriedCheck } from '../../engine/explain/find-carrying.ts';
import type { Edge, NodeId } from '../../engine/ports.ts';
import type { RelationName, TypeName } from '../../model/names.ts';
import type { GrantUse, SubjectUse } from '../../store/use-log.ts';

type UsedEdge = Pick<Edge, 'object' | 'relation' | 'subject'>;

/** What rests on what. */
export interface Used extends Pick<CarriedCheck, 'subject'> {
  readonly edges: readonly UsedEdge[];
}

interface Count {
  readonly edge: UsedEdge;
  uses: number;
}

/** Subjects of one relation of one object: by node or by type, and by the relation of a set. */
type Counts = Map<NodeId | TypeName, Map<RelationName | undefined, Count>>;

/** How often relationships and subjects were used, up to a number of them. */
export class UseTally {
  readonly #most: number;
  readonly #grants = new Map<NodeId, Map<RelationName, Counts>>();
  readonly #all: Count[] = [];
  readonly #subjects = new Map<NodeId, number>();

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#all.length + this.#subjects.size === 0;
  }

  /** False where there is no room for all of it. */
  add({ subject, edges }: Used, uses = 1): boolean {
    const counts = edges.map((edge) => this.#countOf(edge));
    const isKnown = subject === undefined || subject < 0 || this.#subjects.has(subject) || !this.#isFull;
    for (const count of counts) if (count !== undefined) count.uses += uses;
    if (isKnown && subject !== undefined && subject >= 0) this.#addSubject(subject, uses);
    return isKnown && counts.every((count) => count !== undefined);
  }

  grants(): readonly GrantUse[] {
    return this.#all;
  }

  subjects(): readonly SubjectUse[] {
    return [...this.#subjects].map(([subject, uses]) => ({ subject, uses }));
  }

  get #isFull(): boolean {
    return this.#all.length + this.#subjects.size >= this.#most;
  }

  #addSubject(subject: NodeId, uses: number): void {
    this.#subjects.set(subject, (this.#subjects.get(subject) ?? 0) + uses);
  }

  #countOf(edge: UsedEdge): Count | undefined {
    const ofObject = at(this.#grants, edge.object, () => new Map<RelationName, Counts>());
    const ofRelation = at(ofObject, edge.relation, (): Counts => new Map());
    const { subject } = edge;
    const ofSubject = at(ofRelation, subject.kind === 'wildcard' ? subject.type : subject.node, () => new Map<RelationName | undefined, Count>()); // biome-ignore format: one
    const name = subject.kind === 'set' ? subject.relation : undefined;
    const known = ofSubject.get(name);
    if (known !== undefined || this.#isFull) return known;
    const count = { edge, uses: 0 };
    ofSubject.set(name, count);
    this.#all.push(count);
    return count;
  }
}

function at<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
