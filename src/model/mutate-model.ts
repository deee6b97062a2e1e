import { invariant } from '../base/invariant.ts';
import { linkModel } from './link-model.ts';
import type { Model } from './model.ts';
import { printRewrite } from './print-rewrite.ts';
import { foldRewrite, type Rewrite } from './rewrite.ts';
import type { UnlinkedLeaf, UnlinkedModel, UnlinkedRelation } from './unlinked-model.ts';

/** A model with one mistake in it, of the kind that people make. */
export interface Mutant {
  /** Where it is, and what was done: `track.can_edit: "but not blocked" is dropped`. */
  readonly name: string;
  /** The relation that it is in. */
  readonly relation: UnlinkedRelation;
  /** Whether the mistake can only give more, which is what tests of denials must notice, or only less. */
  readonly gives: 'more' | 'less';
  readonly model: Model;
}

/**
 * Every model that differs from this one by one mistake: a `but not` that is dropped, an `and` that is an `or`, an arm of an
 * `or` that is missing.
 */
export function mutateModel(model: UnlinkedModel): readonly Mutant[] {
  const relations = [...model.types.values()].flatMap((type) => [...type.relations.values()]);
  return relations.flatMap((relation) =>
    variantsOf(relation.rewrite).map(({ rewrite, what, gives }) => ({
      name: `${relation.type}.${relation.name}: ${what}`,
      relation,
      gives,
      model: withRewrite(model, relation, rewrite),
    })),
  );
}

type Definition = Rewrite<UnlinkedLeaf>;

interface Variant {
  readonly rewrite: Definition;
  readonly what: string;
  readonly gives: Mutant['gives'];
}

/** A part of a definition, and what can be wrong about it. */
interface Varied {
  readonly rewrite: Definition;
  readonly variants: readonly Variant[];
}

function variantsOf(definition: Definition): readonly Variant[] {
  return foldRewrite<UnlinkedLeaf, Varied>(definition, {
    leaf: (rewrite) => ({ rewrite, variants: [] }),
    union: (parts) => {
      const operands = parts.map(({ rewrite }) => rewrite);
      return {
        rewrite: { kind: 'union', operands },
        variants: [...withoutEachArm(operands), ...inOperands('union', parts)],
      };
    },
    intersection: (parts) => {
      const operands = parts.map(({ rewrite }) => rewrite);
      const rewrite: Definition = { kind: 'intersection', operands };
      const what = `"${print(rewrite)}" becomes "or"`;
      const loosened: Variant = { rewrite: { kind: 'union', operands }, what, gives: 'more' };
      return { rewrite, variants: [loosened, ...inOperands('intersection', parts)] };
    },
    exclusion: variedExclusion,
  }).variants;
}

function variedExclusion({ rewrite: base, variants: ofBase }: Varied, subtracted: Varied): Varied {
  const without = (left: Definition, right: Definition): Definition => ({
    kind: 'exclusion',
    base: left,
    subtracted: right,
  });
  const what = `"but not ${print(subtracted.rewrite)}" is dropped`;
  const dropped: Variant = { rewrite: base, what, gives: 'more' };
  const inBase = ofBase.map((variant) => ({ ...variant, rewrite: without(variant.rewrite, subtracted.rewrite) }));
  // What gives more behind a "but not" takes more away.
  const inSubtracted = subtracted.variants.map((variant) => ({
    ...variant,
    rewrite: without(base, variant.rewrite),
    gives: variant.gives === 'more' ? ('less' as const) : ('more' as const),
  }));
  return { rewrite: without(base, subtracted.rewrite), variants: [dropped, ...inBase, ...inSubtracted] };
}

function withoutEachArm(operands: readonly Definition[]): readonly Variant[] {
  return operands.map((arm, index) => {
    const others = operands.filter((_, position) => position !== index);
    const [only] = others;
    const rewrite: Definition = others.length === 1 && only !== undefined ? only : { kind: 'union', operands: others };
    return { rewrite, what: `"or ${print(arm)}" is dropped`, gives: 'less' };
  });
}

function inOperands(kind: 'union' | 'intersection', parts: readonly Varied[]): readonly Variant[] {
  const operands = parts.map(({ rewrite }) => rewrite);
  return parts.flatMap(({ variants }, index) =>
    variants.map((variant) => ({ ...variant, rewrite: { kind, operands: operands.with(index, variant.rewrite) } })),
  );
}

function withRewrite(model: UnlinkedModel, changed: UnlinkedRelation, rewrite: Definition): Model {
  const type = model.types.get(changed.type);
  invariant(type !== undefined, 'a relation is of its model');
  const relations = new Map(type.relations).set(changed.name, { ...changed, rewrite });
  const linked = linkModel({ ...model, types: new Map(model.types).set(type.name, { ...type, relations }) });
  invariant(linked.ok, 'a definition that says less names nothing new');
  return linked.value;
}

function print(rewrite: Definition): string {
  return printRewrite(rewrite, (leaf) => {
    if (leaf.kind === 'direct') return '[…]';
    return leaf.kind === 'computed' ? leaf.relation : `${leaf.relation} from ${leaf.through}`;
  });
}
