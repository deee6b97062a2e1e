import { followedParts } from '../../model/followed-parts.ts';
import type { Model, Relation } from '../../model/model.ts';
import { arcsOf } from '../../model/relation-graph.ts';

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
    for (const open of made) this.#addSteps(open, made);
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

  #addSteps(stage: GrantStage, made: GrantStage[]): void {
    const { relation } = stage;
    const isGiving = this.#giving.get(relation) === stage;
    const gives = (subtractions: number) => isGiving === (subtractions % 2 === 0);
    const parts = followedParts(this.#model, relation, (operands, subtractions) => {
      const closed = gives(subtractions) ? operands.find(({ isOpen }) => !isOpen) : undefined;
      return closed === undefined ? operands : [closed];
    });
    for (const part of parts) {
      const partGives = gives(part.subtractions);
      if (part.leaf.kind === 'direct') stage.isWritten ||= partGives;
      for (const arc of arcsOf(this.#model.types, relation, part)) {
        const next = this.#stage(arc.from, partGives, made);
        stage.steps.push(
          arc.kind === 'from' ? { kind: arc.kind, next, through: arc.through } : { kind: arc.kind, next },
        );
      }
    }
  }
}
