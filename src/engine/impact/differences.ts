import type { Decision } from '../../model/decision.ts';
import type { TypeName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef, subjectOf } from '../../model/subject-ref.ts';
import type { NamedNode, NodeId, SearchableSnapshot } from '../ports.ts';

/** A check that is asked of one subject for others on the object, too. */
export interface GroupCheck {
  readonly object: NamedNode;
  readonly subject: SubjectRef;
  /** Everybody whom the answer is about; empty for a wildcard, which stands for everybody who is written nowhere. */
  readonly members: readonly NodeId[];
}

/** Pairs of a subject and an object with one kind of difference. */
export interface Difference {
  /** How many plain subjects; those that are only covered by a wildcard are not counted. */
  readonly subjects: number;
  readonly objects: number;
  /** Types of which everybody who is not named apart is concerned, on some object. */
  readonly everybodyOf: readonly TypeName[];
  /** The first pairs: by the id of the object, the wildcard first, then by the subject's name. */
  readonly examples: readonly { readonly object: ObjectRef; readonly subject: SubjectRef }[];
}

const kinds = ['lost', 'gained', 'becameUndecided', 'wasUndecided'] as const;
type Kind = (typeof kinds)[number];

/**
 * What differs between two decisions.
 *
 * - `lost`, `gained`: allowed before and denied after, or the other way round
 * - `becameUndecided`: was decided, and cannot be any more without a context
 * - `wasUndecided`: could not be decided before without a context, so nobody can say what changes
 */
export type Differences = Readonly<Record<Kind, Difference>>;

/** How many pairs are named, where nobody wants another number of them. */
const usualExamples = 5;

/** Collects differences page by page. */
export class DifferenceBuilder {
  readonly #snapshot: SearchableSnapshot;
  readonly #maxExamples: number;
  readonly #found = new Map(kinds.map((kind) => [kind, newPairs()]));

  constructor(snapshot: SearchableSnapshot, maxExamples = usualExamples) {
    this.#snapshot = snapshot;
    this.#maxExamples = maxExamples;
  }

  add({ object, subject, members }: GroupCheck, before: Decision, after: Decision): void {
    const kind = kindOf(before, after);
    const pairs = kind && this.#found.get(kind);
    if (pairs === undefined) return;
    pairs.objects.add(object.node);
    for (const member of members) pairs.subjects.add(member);
    if (subject.kind === 'wildcard') pairs.everybodyOf.add(subject.type);
    if (pairs.examples.length === this.#maxExamples) return;
    const news = pairs.news.get(object.node) ?? { wildcards: [], members: [] };
    pairs.news.set(object.node, news);
    if (subject.kind === 'wildcard') news.wildcards.push(subject);
    else news.members.push(...members);
  }

  /** Takes the examples of a page whose objects are all compared. */
  async takeExamples(page: readonly NamedNode[]): Promise<void> {
    for (const pairs of this.#found.values()) {
      for (const { node, object } of page) {
        const news = pairs.news.get(node);
        if (news === undefined || pairs.examples.length === this.#maxExamples) continue;
        const subjects = [...news.wildcards, ...(await this.#namesOf(news.members))];
        const free = this.#maxExamples - pairs.examples.length;
        pairs.examples.push(...subjects.slice(0, free).map((subject) => ({ object, subject })));
      }
      pairs.news.clear();
    }
  }

  finish(): Differences {
    const of = (kind: Kind): Difference => {
      const { subjects, objects, everybodyOf, examples } = this.#found.get(kind) ?? newPairs();
      return { subjects: subjects.size, objects: objects.size, everybodyOf: [...everybodyOf].toSorted(), examples };
    };
    const becameUndecided = of('becameUndecided');
    return { lost: of('lost'), gained: of('gained'), becameUndecided, wasUndecided: of('wasUndecided') };
  }

  async #namesOf(nodes: readonly NodeId[]): Promise<readonly SubjectRef[]> {
    if (nodes.length === 0) return [];
    const names = [...(await this.#snapshot.readNames(nodes)).values()].map(subjectOf);
    return names.toSorted((a, b) => (formatSubjectRef(a) < formatSubjectRef(b) ? -1 : 1));
  }
}

interface Pairs {
  readonly subjects: Set<NodeId>;
  readonly objects: Set<NodeId>;
  readonly everybodyOf: Set<TypeName>;
  readonly examples: { readonly object: ObjectRef; readonly subject: SubjectRef }[];
  /** Of the page that is being compared, by object. */
  readonly news: Map<NodeId, { readonly wildcards: SubjectRef[]; readonly members: NodeId[] }>;
}

function newPairs(): Pairs {
  return { subjects: new Set(), objects: new Set(), everybodyOf: new Set(), examples: [], news: new Map() };
}

function kindOf(before: Decision, after: Decision): Kind | undefined {
  if (before.kind === 'undecided') return 'wasUndecided';
  if (after.kind === 'undecided') return 'becameUndecided';
  if (before.kind === after.kind) return undefined;
  return before.kind === 'allowed' ? 'lost' : 'gained';
}
