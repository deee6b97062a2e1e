import type { FromLeaf, Leaf, Model, Relation } from '../../model/model.ts';
import type { RelationName, TypeName } from '../../model/names.ts';
import { foldRewrite } from '../../model/rewrite.ts';
import { type SubjectRef, subjectType } from '../../model/subject-ref.ts';
import type { PreparedModel } from '../prepared-model.ts';
import type { RelationPlan } from '../relation-plan.ts';
import type { PlainProgram, PlainStep } from './plain-run.ts';

/** The programs for subjects like this one, which is valid for the model. */
export function programsFor(prepared: PreparedModel, subject: SubjectRef): PlainPrograms {
  const byType = programsOf.get(prepared) ?? new Map<string, PlainPrograms>();
  programsOf.set(prepared, byType);
  const type = subjectType(subject);
  const programs = byType.get(type) ?? new PlainPrograms(prepared, subject);
  byType.set(type, programs);
  for (const oldest of byType.keys()) {
    if (byType.size <= maxTypes) break;
    byType.delete(oldest);
  }
  return programs;
}

const programsOf = new WeakMap<PreparedModel, Map<string, PlainPrograms>>();
/** Types of subjects whose programs are kept. */
const maxTypes = 64;

/** The programs of a model for one kind of subject, each made when it is needed first. */
export class PlainPrograms {
  readonly #prepared: PreparedModel;
  readonly #subject: SubjectRef;
  readonly #planOf: (relation: Relation) => RelationPlan;
  readonly #programs: (PlainProgram | undefined)[] = [];

  /** For subjects of the kind of this one. */
  constructor(prepared: PreparedModel, subject: SubjectRef) {
    this.#prepared = prepared;
    this.#subject = subject;
    this.#planOf = prepared.plans.for(subject);
  }

  of(relation: Relation): PlainProgram {
    const known = this.#programs[relation.number];
    if (known !== undefined) return known;
    const made = this.#make(relation);
    this.#programs[relation.number] = made;
    return made;
  }

  /** The program of the relation that a subject set is of; undefined where the subject could never be in it. */
  ofSet(type: TypeName, name: RelationName): PlainProgram | undefined {
    const relation = this.#prepared.model.types.get(type)?.relations.get(name);
    const program = relation === undefined ? undefined : this.of(relation);
    return program?.isPossible === true ? program : undefined;
  }

  #make(relation: Relation): PlainProgram {
    const isPossible = this.#prepared.reachable.canReach(relation, this.#subject);
    const holds = isPossible ? this.#stepsOf(relation) : () => false;
    return { relation, ...placeOf(this.#prepared.model, relation), isPossible, holds };
  }

  #stepsOf(relation: Relation): PlainStep {
    const plan = this.#planOf(relation);
    return foldRewrite<Leaf, PlainStep>(relation.rewrite, {
      leaf: (leaf) => this.#stepOf(relation, plan, leaf),
      union: (operands) => (run, object, depth) => {
        for (const step of operands) if (step(run, object, depth)) return true;
        return false;
      },
      intersection: (operands) => (run, object, depth) => {
        for (const step of operands) if (!step(run, object, depth)) return false;
        return true;
      },
      exclusion: (base, subtracted) => (run, object, depth) =>
        base(run, object, depth) && !subtracted(run, object, depth),
    });
  }

  #stepOf(relation: Relation, plan: RelationPlan, leaf: Leaf): PlainStep {
    switch (leaf.kind) {
      case 'direct':
        return plan.asksDirectly || plan.asksSets ? this.#direct(relation) : () => false;
      case 'computed':
        return this.#computed(leaf.relation);
      case 'from':
        return this.#from(plan, leaf);
    }
  }

  #direct(relation: Relation): PlainStep {
    const type = subjectType(this.#subject);
    return (run, object, depth) => {
      const edges = run.leading(object, relation);
      for (const edge of edges) {
        const { subject } = edge;
        if (subject.kind === 'set') continue;
        // A subject is known by its node; what type was written beside it is for the restrictions to judge, as of any edge.
        if (subject.kind === 'object' ? subject.node !== run.subject : subject.type !== type) continue;
        if (run.counts(relation, edge)) return true;
      }
      for (const edge of edges) {
        const { subject } = edge;
        if (subject.kind !== 'set') continue;
        const set = this.ofSet(subject.type, subject.relation);
        if (set !== undefined && run.counts(relation, edge) && run.holds(subject.node, set, depth + 1)) return true;
      }
      return false;
    };
  }

  #computed(relation: Relation): PlainStep {
    let program: PlainProgram | undefined;
    return (run, object, depth) => {
      // Not before it runs: definitions may name each other in a circle.
      program ??= this.of(relation);
      return run.holds(object, program, depth);
    };
  }

  #from(plan: RelationPlan, leaf: FromLeaf): PlainStep {
    const targets = plan.targets.get(leaf);
    if (targets === undefined) return () => false;
    return (run, object, depth) => {
      for (const edge of run.excerpt.parents(object, leaf.through.name)) {
        const { subject } = edge;
        const relation = subject.kind === 'object' ? targets.get(subject.type) : undefined;
        if (subject.kind !== 'object' || relation === undefined) continue;
        if (run.counts(leaf.through, edge) && run.holds(subject.node, this.of(relation), depth + 1)) return true;
      }
      return false;
    };
  }
}

/** Relations are numbered type by type. */
function placeOf({ types }: Model, { type, number }: Relation): { readonly first: number; readonly count: number } {
  const relations = types.get(type)?.relations;
  let first = number;
  for (const one of relations?.values() ?? []) first = Math.min(first, one.number);
  return { first, count: relations?.size ?? 1 };
}
