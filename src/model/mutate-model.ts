import type { Model, Relation } from './model.ts';
import type { Rewrite } from './rewrite.ts';

/** A model with one mistake in it, of the kind that people make. */
export interface Mutant {
  /** Where it is, and what was done: `track.can_edit: "but not blocked" is dropped`. */
  readonly name: string;
  /** Whether the mistake can only give more, which is what tests of denials must notice, or only less. */
  readonly gives: 'more' | 'less';
  readonly model: Model;
}

/**
 * Every model that differs from this one by one mistake: a `but not` that is dropped, an `and` that is an `or`, an arm of an
 * `or` that is missing.
 */
export function mutateModel(model: Model): readonly Mutant[] {
  const relations = [...model.types.values()].flatMap((type) => [...type.relations.values()]);
  return relations.flatMap((relation) =>
    variantsOf(relation.rewrite).map(({ rewrite, what, gives }) => ({
      name: `${relation.type}.${relation.name}: ${what}`,
      gives,
      model: withRewrite(model, relation, rewrite),
    })),
  );
}

interface Variant {
  readonly rewrite: Rewrite;
  readonly what: string;
  readonly gives: Mutant['gives'];
}

function variantsOf(rewrite: Rewrite): readonly Variant[] {
  switch (rewrite.kind) {
    case 'direct':
    case 'computed':
    case 'from':
      return [];
    case 'union':
      return [...withoutEachArm(rewrite.operands), ...inOperands(rewrite)];
    case 'intersection':
      return [
        { rewrite: { ...rewrite, kind: 'union' }, what: `"${print(rewrite)}" becomes "or"`, gives: 'more' },
        ...inOperands(rewrite),
      ];
    case 'exclusion': {
      const { base, subtracted } = rewrite;
      const dropped: Variant = { rewrite: base, what: `"but not ${print(subtracted)}" is dropped`, gives: 'more' };
      const inBase = variantsOf(base).map((variant) => ({
        ...variant,
        rewrite: { ...rewrite, base: variant.rewrite },
      }));
      // What gives more behind a "but not" takes more away.
      const inSubtracted = variantsOf(subtracted).map((variant) => ({
        ...variant,
        rewrite: { ...rewrite, subtracted: variant.rewrite },
        gives: variant.gives === 'more' ? ('less' as const) : ('more' as const),
      }));
      return [dropped, ...inBase, ...inSubtracted];
    }
  }
}

function withoutEachArm(operands: readonly Rewrite[]): readonly Variant[] {
  return operands.map((arm, index) => {
    const others = operands.filter((_, position) => position !== index);
    const [only] = others;
    const rewrite: Rewrite = others.length === 1 && only !== undefined ? only : { kind: 'union', operands: others };
    return { rewrite, what: `"or ${print(arm)}" is dropped`, gives: 'less' };
  });
}

function inOperands(rewrite: Extract<Rewrite, { readonly operands: readonly Rewrite[] }>): readonly Variant[] {
  return rewrite.operands.flatMap((operand, index) =>
    variantsOf(operand).map((variant) => ({
      ...variant,
      rewrite: { ...rewrite, operands: rewrite.operands.with(index, variant.rewrite) },
    })),
  );
}

function withRewrite(model: Model, changed: Relation, rewrite: Rewrite): Model {
  const type = model.types.get(changed.type);
  if (type === undefined) throw new Error(`The type "${changed.type}" is not of this model.`);
  const relations = new Map(type.relations).set(changed.name, { ...changed, rewrite });
  return { ...model, types: new Map(model.types).set(type.name, { ...type, relations }) };
}

/** A rewrite as the model language writes it. */
function print(rewrite: Rewrite): string {
  const inner = (operand: Rewrite) =>
    'operands' in operand || operand.kind === 'exclusion' ? `(${print(operand)})` : print(operand);
  switch (rewrite.kind) {
    case 'direct':
      return '[…]';
    case 'computed':
      return rewrite.relation;
    case 'from':
      return `${rewrite.relation} from ${rewrite.through}`;
    case 'union':
      return rewrite.operands.map(inner).join(' or ');
    case 'intersection':
      return rewrite.operands.map(inner).join(' and ');
    case 'exclusion':
      return `${inner(rewrite.base)} but not ${inner(rewrite.subtracted)}`;
  }
}
