import { mayBeOpen } from '../model/find-contributions.ts';
import type { Model, Relation } from '../model/model.ts';
import type { Rewrite, RewriteLeaf } from '../model/rewrite.ts';

/** A relation, as something that gives, or that takes away: behind `but not`, or behind a second one again. */
export interface GrantStage {
  readonly relation: Relation;
  /** Whether the subjects that are written for the relation itself are given something. */
  isWritten: boolean;
  readonly steps: GrantStep[];
}

/** Whoever holds the next stage holds this one, as far as this step is concerned. */
export type GrantStep =
  | { readonly kind: 'computed'; readonly next: GrantStage }
  | { readonly kind: 'from'; readonly next: GrantStage; readonly through: Relation }
  | { readonly kind: 'set'; readonly next: GrantStage };

/**
 * Where the holders of roles can come from, read from the model.
 *
 * Whoever holds a role is written for a stage that it leads to, or is covered by a wildcard that is: what takes away can
 * only make fewer of them, unless it is itself taken away. Of an intersection one operand is enough, if no wildcard opens
 * it; otherwise all are followed.
 */
export class GrantPlan {
  readonly #model: Model;
  readonly #giving = new Map<Relation, GrantStage>();
  readonly #taking = new Map<Relation, GrantStage>();
  /** The stages that lead to somebody; known of every stage once `stageOf` has returned it. */
  readonly #leading = new Set<GrantStage>();

  constructor(model: Model) {
    this.#model = model;
  }

  stageOf(role: Relation): GrantStage {
    const made: GrantStage[] = [];
    const stage = this.#stage(role, true, made);
    for (const open of made) {
      const gives = this.#giving.get(open.relation) === open;
      for (const part of this.#partsOf(open.relation, open.relation.rewrite, gives)) this.#addLeaf(open, part, made);
    }
    this.#addLeading(made);
    return stage;
  }

  /** The steps of a stage that lead to somebody. */
  stepsOf(stage: GrantStage): readonly GrantStep[] {
    return stage.steps.filter(({ next }) => this.#leading.has(next));
  }

  /** Stages that were made before lead where they did: none of their steps goes to a new one. */
  #addLeading(made: readonly GrantStage[]): void {
    const before = new Map<GrantStage, GrantStage[]>(made.map((stage) => [stage, []]));
    for (const stage of made) for (const { next } of stage.steps) before.get(next)?.push(stage);
    const leads = (stage: GrantStage) => stage.isWritten || stage.steps.some(({ next }) => this.#leading.has(next));
    const found = new Set(made.filter(leads));
    for (const stage of found) for (const one of before.get(stage) ?? []) found.add(one);
    for (const stage of found) this.#leading.add(stage);
  }

  #stage(relation: Relation, gives: boolean, made: GrantStage[]): GrantStage {
    const known = gives ? this.#giving : this.#taking;
    const before = known.get(relation);
    if (before !== undefined) return before;
    const stage: GrantStage = { relation, isWritten: false, steps: [] };
    known.set(relation, stage);
    made.push(stage);
    return stage;
  }

  #addLeaf(stage: GrantStage, { leaf, gives }: Part, made: GrantStage[]): void {
    if (leaf.kind === 'direct') stage.isWritten ||= gives;
    for (const step of this.#stepsOver(stage.relation, leaf)) {
      stage.steps.push({ ...step, next: this.#stage(step.relation, gives, made) });
    }
  }

  /** The relations that a part of a rewrite takes holders from, and how. */
  #stepsOver({ type, restrictions }: Relation, leaf: RewriteLeaf): readonly RelationStep[] {
    switch (leaf.kind) {
      case 'computed':
        return this.#find(type, leaf.relation).map((relation) => ({ kind: 'computed', relation }));
      case 'direct':
        return restrictions
          .flatMap((one) => (one.kind === 'set' ? this.#find(one.type, one.relation) : []))
          .map((relation) => ({ kind: 'set', relation }));
      case 'from':
        return this.#find(type, leaf.through).flatMap((through) =>
          [...new Set(through.restrictions.map((one) => one.type))]
            .flatMap((parent) => this.#find(parent, leaf.relation))
            .map((relation): RelationStep => ({ kind: 'from', relation, through })),
        );
    }
  }

  /** What a rewrite is made of, without the operands of intersections that need not be followed. */
  #partsOf(relation: Relation, rewrite: Rewrite, gives: boolean): readonly Part[] {
    switch (rewrite.kind) {
      case 'union':
        return rewrite.operands.flatMap((operand) => this.#partsOf(relation, operand, gives));
      case 'intersection': {
        const closed = gives && rewrite.operands.find((operand) => !mayBeOpen(this.#model, relation, operand));
        return (closed ? [closed] : rewrite.operands).flatMap((operand) => this.#partsOf(relation, operand, gives));
      }
      case 'exclusion':
        return [
          ...this.#partsOf(relation, rewrite.base, gives),
          ...this.#partsOf(relation, rewrite.subtracted, !gives),
        ];
      default:
        return [{ leaf: rewrite, gives }];
    }
  }

  #find(type: string, name: string): readonly Relation[] {
    const relation = this.#model.types.get(type)?.relations.get(name);
    return relation === undefined ? [] : [relation];
  }
}

type RelationStep =
  | { readonly kind: 'computed' | 'set'; readonly relation: Relation }
  | { readonly kind: 'from'; readonly relation: Relation; readonly through: Relation };

interface Part {
  readonly leaf: RewriteLeaf;
  readonly gives: boolean;
}
