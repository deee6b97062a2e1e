import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import type { Check } from '../check/check.ts';
import { checkAllInParts } from '../check/check-in-parts.ts';
import type { Edge, Snapshot } from '../ports.ts';

export type RelationDecisions = ReadonlyMap<Relation, Decision>;

/** Every relation of an object, for a subject; as things are, and without an edge. */
export interface WorldQuestion {
  readonly object: ObjectRef;
  readonly subject: SubjectRef;
  readonly missing: Edge | undefined;
}

export interface WorldDifference {
  readonly before: RelationDecisions;
  readonly changed: readonly { readonly relation: Relation; readonly before: Decision; readonly after: Decision }[];
}

/** Compares a state with others that lack one edge each; what is asked of the state itself is asked once. */
export class WithAndWithout {
  readonly #snapshot: Snapshot;
  readonly #present = new Map<string, Map<string, RelationDecisions>>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** All questions in one batch, in their order. */
  async compare(questions: readonly WorldQuestion[]): Promise<readonly WorldDifference[]> {
    const open = questions.filter((question) => this.#open(question));
    const asked = [
      ...open.map((question) => ({ ...question, missing: undefined })),
      ...questions.filter(({ missing }) => missing !== undefined),
    ];
    const decided = await this.#ask(asked);
    for (const [index, { object, subject }] of open.entries()) {
      this.#present.get(formatSubjectRef(subject))?.set(formatObjectRef(object), decided[index] ?? new Map());
    }
    let next = open.length;
    return questions.map((question) => {
      const before = this.#presentOf(question);
      const after = question.missing === undefined ? before : (decided[next++] ?? new Map());
      return { before, changed: differences(before, after) };
    });
  }

  /** Whether it is still to be asked as things are; from now on it is not. */
  #open({ object, subject }: WorldQuestion): boolean {
    const ofSubject = this.#present.get(formatSubjectRef(subject)) ?? new Map<string, RelationDecisions>();
    this.#present.set(formatSubjectRef(subject), ofSubject);
    if (ofSubject.has(formatObjectRef(object))) return false;
    ofSubject.set(formatObjectRef(object), new Map());
    return true;
  }

  #presentOf({ object, subject }: WorldQuestion): RelationDecisions {
    return this.#present.get(formatSubjectRef(subject))?.get(formatObjectRef(object)) ?? new Map();
  }

  async #ask(questions: readonly WorldQuestion[]): Promise<readonly RelationDecisions[]> {
    if (questions.length === 0) return [];
    const { types } = this.#snapshot.prepared.model;
    const relations = questions.map(({ object }) => [...(types.get(object.type)?.relations.values() ?? [])]);
    const checks = questions.flatMap(({ object, subject, missing }, index) =>
      (relations[index] ?? []).map(
        ({ name }): Check => ({
          object,
          subject,
          relation: name,
          context: emptyContext,
          ...(missing && { without: missing }),
        }),
      ),
    );
    const { decisions } = await checkAllInParts(this.#snapshot, { checks, contextual: [] });
    let next = 0;
    return relations.map((ofObject) => new Map(ofObject.map((relation) => [relation, madeOf(decisions[next++])])));
  }
}

function madeOf(decision: Decision | undefined): Decision {
  if (decision === undefined) throw new Error('A relation was not decided.');
  return decision;
}

function differences(before: RelationDecisions, after: RelationDecisions): WorldDifference['changed'] {
  return [...before].flatMap(([relation, present]) => {
    const absent = madeOf(after.get(relation));
    return present.kind === absent.kind ? [] : [{ relation, before: present, after: absent }];
  });
}
