import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
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
    const asThingsAre = questions.filter((question) => this.#open(question)).map(withNothingMissing);
    const decided = await this.#ask([...asThingsAre, ...questions.filter(({ missing }) => missing !== undefined)]);
    for (const question of asThingsAre) {
      const { object, subject } = question;
      this.#present.get(formatSubjectRef(subject))?.set(formatObjectRef(object), decisionsOf(decided, question));
    }
    return questions.map((question) => {
      const before = this.#presentOf(question);
      const after = question.missing === undefined ? before : decisionsOf(decided, question);
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

  async #ask(questions: readonly WorldQuestion[]): Promise<Decided> {
    const { types } = this.#snapshot.prepared.model;
    const decided = new Map(questions.map((question) => [question, new Map<Relation, Decision>()]));
    const asked = [...decided].flatMap(([question, ofQuestion]) => {
      const relations = [...(types.get(question.object.type)?.relations.values() ?? [])];
      return relations.map((relation) => ({ ofQuestion, relation, check: checkOf(question, relation) }));
    });
    if (asked.length === 0) return decided;
    const request = { checks: asked.map(({ check }) => check), contextual: [] };
    const { decisions } = await checkAllInParts(this.#snapshot, request);
    for (const [{ ofQuestion, relation }, decision] of zip(asked, decisions)) ofQuestion.set(relation, decision);
    return decided;
  }
}

type Decided = ReadonlyMap<WorldQuestion, RelationDecisions>;

function withNothingMissing(question: WorldQuestion): WorldQuestion {
  return { ...question, missing: undefined };
}

function checkOf({ object, subject, missing }: WorldQuestion, { name }: Relation): Check {
  return { object, subject, relation: name, context: emptyContext, ...(missing && { without: missing }) };
}

function decisionsOf(decided: Decided, question: WorldQuestion): RelationDecisions {
  const decisions = decided.get(question);
  invariant(decisions !== undefined, 'a question that was asked is decided');
  return decisions;
}

function differences(before: RelationDecisions, after: RelationDecisions): WorldDifference['changed'] {
  return [...before].flatMap(([relation, present]) => {
    const absent = after.get(relation);
    invariant(absent !== undefined, 'both states are asked about the same relations');
    return present.kind === absent.kind ? [] : [{ relation, before: present, after: absent }];
  });
}
