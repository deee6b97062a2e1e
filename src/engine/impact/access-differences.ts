import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { RelationName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef, subjectOf } from '../../model/subject-ref.ts';
import type { NamedNode, NodeId, SearchableSnapshot } from '../ports.ts';
import type { FoundDecisions } from './compare-page.ts';
import type { GroupCheck } from './differences.ts';

/** What was decided about a subject, before and after a write. */
export interface ComparedDecision {
  readonly subject: SubjectRef;
  readonly object: NamedNode;
  readonly permission: Relation;
  readonly before: Decision;
  readonly after: Decision;
}

/** How a decision differs after a write. What was undecided before counts by what it became. */
export type AccessDifferenceKind = 'gained' | 'lost' | 'becameUndecided';

export const accessDifferenceKinds: readonly AccessDifferenceKind[] = ['gained', 'lost', 'becameUndecided'];

export interface AccessExample {
  readonly subject: SubjectRef;
  readonly object: ObjectRef;
  readonly permission: RelationName;
}

export interface AccessDifference {
  /** How many answers differ: a subject, an object and a permission each; everybody who is written nowhere counts as one, as the wildcard. */
  readonly count: number;
  /** The first of them. */
  readonly examples: readonly AccessExample[];
}

export type AccessDifferences = Readonly<Record<AccessDifferenceKind, AccessDifference>>;

const maxExamples = 10;

export function accessDifferenceOf(before: Decision, after: Decision): AccessDifferenceKind | undefined {
  if (before.kind === after.kind) return undefined;
  switch (after.kind) {
    case 'allowed':
      return 'gained';
    case 'denied':
      return 'lost';
    case 'undecided':
      return 'becameUndecided';
  }
}

/** The differences among decisions about single subjects. */
export function differencesAmong(decisions: readonly ComparedDecision[]): AccessDifferences {
  const ofKind = Map.groupBy(decisions, ({ before, after }) => accessDifferenceOf(before, after));
  const of = (kind: AccessDifferenceKind): AccessDifference => {
    const all = ofKind.get(kind) ?? [];
    const examples = all.slice(0, maxExamples).map(({ subject, object, permission }) => {
      return { subject, object: object.object, permission: permission.name };
    });
    return { count: all.length, examples };
  };
  return { gained: of('gained'), lost: of('lost'), becameUndecided: of('becameUndecided') };
}

/** Collects what differs, permission by permission. */
export class AccessDifferenceBuilder {
  readonly #snapshot: SearchableSnapshot;
  readonly #found = new Map<AccessDifferenceKind, FoundDifference>();

  /** Subjects are named by the snapshot. */
  constructor(snapshot: SearchableSnapshot) {
    this.#snapshot = snapshot;
  }

  /** Collects decisions on this permission. */
  of(permission: RelationName): FoundDecisions {
    return {
      add: (question, before, after) => this.#add({ ...question, permission }, before, after),
      takeExamples: () => this.#takeExamples(),
    };
  }

  finish(): AccessDifferences {
    const of = (kind: AccessDifferenceKind) => {
      const { count, examples } = this.#of(kind);
      return { count, examples };
    };
    return { gained: of('gained'), lost: of('lost'), becameUndecided: of('becameUndecided') };
  }

  #of(kind: AccessDifferenceKind): FoundDifference {
    const found = this.#found.get(kind) ?? { count: 0, examples: [], news: [] };
    this.#found.set(kind, found);
    return found;
  }

  #add(question: NamedCheck, before: Decision, after: Decision): void {
    const kind = accessDifferenceOf(before, after);
    if (kind === undefined) return;
    const found = this.#of(kind);
    found.count += Math.max(question.members.length, 1);
    if (found.examples.length < maxExamples) found.news.push(question);
  }

  async #takeExamples(): Promise<void> {
    for (const found of this.#found.values()) {
      const news = found.news.splice(0);
      const left = maxExamples - found.examples.length;
      if (news.length === 0 || left <= 0) continue;
      const names = await this.#snapshot.readNames([...new Set(news.flatMap(({ members }) => members))]);
      const examples = news.flatMap((question) => examplesOf(question, names));
      found.examples.push(...examples.toSorted(compareExamples).slice(0, left));
    }
  }
}

interface FoundDifference {
  count: number;
  readonly examples: AccessExample[];
  /** Of the page that is being compared. */
  readonly news: NamedCheck[];
}

/** Several permissions may be compared before examples are taken. */
interface NamedCheck extends GroupCheck {
  readonly permission: RelationName;
}

function examplesOf(
  { object: { object }, subject, members, permission }: NamedCheck,
  names: ReadonlyMap<NodeId, ObjectRef>,
): readonly AccessExample[] {
  if (subject.kind === 'wildcard') return [{ subject, object, permission }];
  return members.flatMap((member) => {
    const name = names.get(member);
    return name === undefined ? [] : [{ subject: subjectOf(name), object, permission }];
  });
}

function compareExamples(left: AccessExample, right: AccessExample): number {
  const [a, b] = [left, right].map(({ object, subject }) => [object.type, object.id, formatSubjectRef(subject)]);
  return compareTexts(a ?? [], b ?? []);
}

function compareTexts(left: readonly string[], right: readonly string[]): number {
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? '';
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
