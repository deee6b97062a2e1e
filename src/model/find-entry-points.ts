import { quote } from '../base/text-problem.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { Leaf, Model, Relation } from './model.ts';
import { arcsOf } from './relation-graph.ts';
import { foldRewrite } from './rewrite.ts';

/** Relations that nobody can ever hold: nothing that is written leads to them. */
export function entryPointProblems(model: Model): readonly ModelFlaw[] {
  const entered = new EntryPoints(model).entered();
  return model.relations
    .filter((relation) => !entered.has(relation))
    .map(({ type, name }) => ({
      spot: { kind: 'relation', type, relation: name },
      message: `Nothing that can be written leads to the relation ${quote(name)} of the type ${quote(type)}.`,
    }));
}

/** A part of a rewrite: entered when as many of its own parts are as it needs. */
interface EntryPart {
  readonly relation: Relation | undefined;
  needed: number;
  readonly within: EntryPart[];
}

/** The parts of all rewrites, each looked at once for each part that it is made of. */
class EntryPoints {
  readonly #model: Model;
  readonly #parts = new Map<Relation, EntryPart>();
  readonly #reached: EntryPart[] = [];

  constructor(model: Model) {
    this.#model = model;
    for (const relation of model.relations) this.#parts.set(relation, { relation, needed: 1, within: [] });
    for (const [relation, part] of this.#parts) this.#ofRewrite(relation)(part);
  }

  entered(): ReadonlySet<Relation> {
    const entered = new Set<Relation>();
    for (const { relation, within } of this.#reached) {
      if (relation !== undefined) entered.add(relation);
      for (const around of within) this.#countDown(around);
    }
    return entered;
  }

  #countDown(part: EntryPart): void {
    part.needed -= 1;
    if (part.needed === 0) this.#reached.push(part);
  }

  /** Says of everything that a relation is computed from that a part is waiting for it. */
  #ofRewrite(relation: Relation): Wait {
    const all =
      (operands: readonly Wait[]): Wait =>
      (around) => {
        const whole: EntryPart = { relation: undefined, needed: operands.length, within: [around] };
        for (const wait of operands) wait({ relation: undefined, needed: 1, within: [whole] });
      };
    return foldRewrite<Leaf, Wait>(relation.rewrite, {
      leaf: (leaf) => (around) => this.#add(relation, leaf, around),
      union: (operands) => (around) => {
        for (const wait of operands) wait(around);
      },
      intersection: all,
      exclusion: (base, subtracted) => all([base, subtracted]),
    });
  }

  #add(relation: Relation, leaf: Leaf, around: EntryPart): void {
    if (leaf.kind === 'direct') {
      for (const { kind } of relation.restrictions) if (kind !== 'set') this.#countDown(around);
    }
    for (const { from } of arcsOf(this.#model.types, relation, { leaf, subtractions: 0 })) {
      this.#parts.get(from)?.within.push(around);
    }
  }
}

type Wait = (around: EntryPart) => void;
