import { quote } from '../base/text-problem.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { Model, Relation } from './model.ts';
import type { Rewrite } from './rewrite.ts';

/** Relations that nobody can ever hold: nothing that is written leads to them. */
export function entryPointProblems(model: Model): readonly ModelFlaw[] {
  const entered = new EntryPoints(model).entered();
  const relations = [...model.types.values()].flatMap((type) => [...type.relations.values()]);
  return relations
    .filter((relation) => !entered.has(relation))
    .map(({ type, name }) => ({
      spot: { kind: 'relation', type, relation: name },
      message: `Nothing that can be written leads to the relation ${quote(name)} of the type ${quote(type)}.`,
    }));
}

/** A part of a rewrite: entered when as many of its own parts are as it needs. */
interface Part {
  readonly relation: Relation | undefined;
  needed: number;
  readonly within: Part[];
}

/** The parts of all rewrites, each looked at once for each part that it is made of. */
class EntryPoints {
  readonly #model: Model;
  readonly #parts = new Map<Relation, Part>();
  readonly #reached: Part[] = [];

  constructor(model: Model) {
    this.#model = model;
    for (const { relations } of model.types.values()) {
      for (const relation of relations.values()) this.#parts.set(relation, { relation, needed: 1, within: [] });
    }
    for (const [relation, part] of this.#parts) this.#add(relation, relation.rewrite, part);
  }

  entered(): ReadonlySet<Relation> {
    const entered = new Set<Relation>();
    for (const { relation, within } of this.#reached) {
      if (relation !== undefined) entered.add(relation);
      for (const around of within) this.#countDown(around);
    }
    return entered;
  }

  #countDown(part: Part): void {
    part.needed -= 1;
    if (part.needed === 0) this.#reached.push(part);
  }

  /** Says of everything that a rewrite is made of that `around` is waiting for it. */
  #add(relation: Relation, rewrite: Rewrite, around: Part): void {
    switch (rewrite.kind) {
      case 'direct':
        for (const entry of relation.restrictions) {
          if (entry.kind === 'set') this.#wait(entry.type, entry.relation, around);
          else this.#countDown(around);
        }
        return;
      case 'computed':
        this.#wait(relation.type, rewrite.relation, around);
        return;
      case 'from': {
        const through = this.#model.types.get(relation.type)?.relations.get(rewrite.through);
        for (const { type } of through?.restrictions ?? []) this.#wait(type, rewrite.relation, around);
        return;
      }
      case 'union':
        for (const operand of rewrite.operands) this.#add(relation, operand, around);
        return;
      case 'intersection':
        this.#addAll(relation, rewrite.operands, around);
        return;
      case 'exclusion':
        this.#addAll(relation, [rewrite.base, rewrite.subtracted], around);
    }
  }

  #addAll(relation: Relation, operands: readonly Rewrite[], around: Part): void {
    const all: Part = { relation: undefined, needed: operands.length, within: [around] };
    for (const operand of operands) this.#add(relation, operand, { relation: undefined, needed: 1, within: [all] });
  }

  #wait(type: string, name: string, around: Part): void {
    const relation = this.#model.types.get(type)?.relations.get(name);
    if (relation !== undefined) this.#parts.get(relation)?.within.push(around);
  }
}
