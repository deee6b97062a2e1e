import { parseExactJson } from '../../base/exact-number.ts';
import type { Edge, EdgeSubject } from '../../engine/ports.ts';
import type { Context, RelationshipCondition } from '../../model/relationship.ts';
import { emptyContext } from '../../model/relationship.ts';
import { edgeSubjectOf } from '../edge-subject.ts';
import type { Terms } from '../terms.ts';
import type { Proviso, StoredEdge } from './stored-edge.ts';

/** Contexts that were read lately; they are read again when there are more of them, or longer ones. */
const mostContexts = 1000;
const mostCharacters = 2 ** 18;

/** Gives edges the names that one model has for their numbers. */
export class EdgeNames {
  readonly terms: Terms;
  readonly #contexts = new Map<string, Context>();
  #characters = 0;

  constructor(terms: Terms) {
    this.terms = terms;
  }

  /** Undefined for an edge with a name that the model never had: it cannot matter to it. */
  edgeOf({ object, relation: number, subject: packed, subjectType, proviso }: StoredEdge): Edge | undefined {
    const relation = this.terms.relation.nameOf(number);
    const subject = this.subjectOf(packed, subjectType);
    if (relation === undefined || subject === undefined) return undefined;
    if (proviso?.condition === undefined) return { object, relation, subject, condition: undefined };
    const condition = this.#conditionOf(proviso.condition, proviso);
    return condition === undefined ? undefined : { object, relation, subject, condition };
  }

  subjectOf(subject: number, subjectType: number): EdgeSubject | undefined {
    return edgeSubjectOf({ subject, subject_type: subjectType }, this.terms);
  }

  #conditionOf(number: number, { context }: Proviso): RelationshipCondition | undefined {
    const name = this.terms.condition.nameOf(number);
    return name === undefined ? undefined : { name, context: this.#contextOf(context) };
  }

  #contextOf(json: string | undefined): Context {
    if (json === undefined) return emptyContext;
    const known = this.#contexts.get(json);
    if (known !== undefined) return known;
    if (this.#contexts.size >= mostContexts || this.#characters >= mostCharacters) {
      this.#contexts.clear();
      this.#characters = 0;
    }
    this.#characters += json.length;
    const context: Context = new Map(Object.entries((parseExactJson(json) ?? {}) as Readonly<Record<string, unknown>>));
    this.#contexts.set(json, context);
    return context;
  }
}
