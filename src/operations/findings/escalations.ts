import type { FoundDecisions } from '../../engine/impact/compare-page.ts';
import type { GroupCheck } from '../../engine/impact/differences.ts';
import type { NodeId, SearchableSnapshot } from '../../engine/ports.ts';
import { compareObjects } from '../../engine/review/find-contained-objects.ts';
import { compareText } from '../../engine/review/grant-paths.ts';
import type { Decision } from '../../model/decision.ts';
import type { Model, Relation } from '../../model/model.ts';
import type { RelationName } from '../../model/names.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, type SubjectRef, subjectOf } from '../../model/subject-ref.ts';
import { grantPermission } from '../authorize.ts';

/** Somebody who becomes able to give roles that they could not give. */
export interface OpenedEscalation {
  /** A plain subject; or a wildcard, for everybody of its type who is written nowhere there. */
  readonly subject: SubjectRef;
  readonly object: ObjectRef;
  readonly permission: RelationName;
  /** The relations that the permission lets its holder write. */
  readonly relations: readonly RelationName[];
}

export interface OpenedEscalations {
  /** A subject, an object and a permission each. */
  readonly count: number;
  /** The first of them, in the order of objects, permissions and names. */
  readonly examples: readonly OpenedEscalation[];
}

/** Most of them that are told of one by one. */
export const maxEscalationExamples = 20;

/** The relations of its type that a permission lets its holder write: see `grantPermission`. */
export function relationsGrantedBy(model: Model, permission: Relation): readonly RelationName[] {
  const type = model.types.get(permission.type);
  return [...(type?.relations.values() ?? [])]
    .filter(
      ({ restrictions, name }) =>
        restrictions.length > 0 && grantPermission(model, permission, name) === permission.name,
    )
    .map(({ name }) => name);
}

/** Collects who gains a right to give something. */
export class EscalationBuilder {
  readonly #model: Model;
  readonly #snapshot: SearchableSnapshot;
  readonly #examples: OpenedEscalation[] = [];
  #count = 0;

  /** Subjects are named by the snapshot. */
  constructor(snapshot: SearchableSnapshot) {
    this.#model = snapshot.prepared.model;
    this.#snapshot = snapshot;
  }

  /** Undefined for a permission that gives no such right. */
  of(permission: Relation): FoundDecisions | undefined {
    const relations = relationsGrantedBy(this.#model, permission);
    if (relations.length === 0) return undefined;
    const news: GroupCheck[] = [];
    return {
      add: (question, before, after) => {
        if (!isGained(before, after)) return;
        this.#count += Math.max(question.members.length, 1);
        news.push(question);
      },
      takeExamples: () => this.#take(permission, relations, news.splice(0)),
    };
  }

  finish(): OpenedEscalations {
    return { count: this.#count, examples: this.#examples };
  }

  async #take(permission: Relation, relations: readonly RelationName[], news: readonly GroupCheck[]): Promise<void> {
    if (news.length === 0) return;
    const names = await this.#snapshot.readNames([...new Set(news.flatMap(({ members }) => members))]);
    const found = news.flatMap(({ object: { object }, ...who }) =>
      subjectsOf(who, names).map((subject) => ({ subject, object, permission: permission.name, relations })),
    );
    const all = [...this.#examples, ...found].toSorted(compareEscalations);
    this.#examples.splice(0, this.#examples.length, ...all.slice(0, maxEscalationExamples));
  }
}

function isGained(before: Decision, after: Decision): boolean {
  return before.kind !== 'allowed' && after.kind === 'allowed';
}

function subjectsOf(
  { subject, members }: Pick<GroupCheck, 'subject' | 'members'>,
  names: ReadonlyMap<NodeId, ObjectRef>,
): readonly SubjectRef[] {
  if (subject.kind === 'wildcard') return [subject];
  return members.flatMap((member) => {
    const name = names.get(member);
    return name === undefined ? [] : [subjectOf(name)];
  });
}

function compareEscalations(left: OpenedEscalation, right: OpenedEscalation): number {
  return (
    compareObjects(left.object, right.object) ||
    compareText(left.permission, right.permission) ||
    compareText(formatSubjectRef(left.subject), formatSubjectRef(right.subject))
  );
}
