import { invariant } from '../base/invariant.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { Leaf, Model, Relation, TypeDefinition } from './model.ts';
import { referenceProblems } from './reference-problems.ts';
import { LinkedGraph } from './relation-graph.ts';
import { foldRewrite, type Rewrite } from './rewrite.ts';
import { declaredRuntimeParameters } from './runtime-parameters.ts';
import type { UnlinkedLeaf, UnlinkedModel } from './unlinked-model.ts';

/**
 * Finds what the definitions of a model name, once: from here on a part of a definition is the relation that it means. What
 * is not there is a flaw.
 */
export function linkModel(unlinked: UnlinkedModel): Result<Model, readonly ModelFlaw[]> {
  const flaws = referenceProblems(unlinked);
  if (flaws.length > 0) return failed(flaws);
  const types = new Map<string, LinkedType>();
  const relations: LinkedRelation[] = [];
  for (const { name, relations: definitions } of unlinked.types.values()) {
    const ofType = new Map<string, LinkedRelation>();
    for (const definition of definitions.values()) {
      // Relations name each other in circles, so all are there before the first is linked.
      const relation: LinkedRelation = { ...definition, number: relations.length, rewrite: { kind: 'direct' } };
      relations.push(relation);
      ofType.set(definition.name, relation);
    }
    types.set(name, { name, relations: ofType });
  }
  for (const relation of relations) {
    const definition = unlinked.types.get(relation.type)?.relations.get(relation.name);
    if (definition !== undefined) relation.rewrite = linkRewrite(types, relation, definition.rewrite);
  }
  const { conditions } = unlinked;
  const runtimeParameters = declaredRuntimeParameters({ types, conditions });
  return ok({ types, relations, graph: new LinkedGraph(types, relations), conditions, runtimeParameters });
}

interface LinkedType extends TypeDefinition {
  readonly relations: ReadonlyMap<string, LinkedRelation>;
}

type LinkedRelation = { -readonly [Key in keyof Relation]: Relation[Key] };

function linkRewrite(
  types: ReadonlyMap<string, TypeDefinition>,
  { type, name }: Relation,
  rewrite: Rewrite<UnlinkedLeaf>,
): Rewrite<Leaf> {
  const find = (relation: string) => {
    const found = types.get(type)?.relations.get(relation);
    invariant(found !== undefined, `the relation "${relation}" in "${name}" of "${type}" is there`);
    return found;
  };
  return foldRewrite<UnlinkedLeaf, Rewrite<Leaf>>(rewrite, {
    leaf: (leaf) => {
      if (leaf.kind === 'direct') return leaf;
      if (leaf.kind === 'computed') return { kind: 'computed', relation: find(leaf.relation) };
      const through = find(leaf.through);
      return { kind: 'from', name: leaf.relation, through, parents: parentsOf(types, through, leaf.relation) };
    },
    union: (operands) => ({ kind: 'union', operands }),
    intersection: (operands) => ({ kind: 'intersection', operands }),
    exclusion: (base, subtracted) => ({ kind: 'exclusion', base, subtracted }),
  });
}

/** The relation of this name of each type that a relation leads to. */
function parentsOf(
  types: ReadonlyMap<string, TypeDefinition>,
  through: Relation,
  name: string,
): ReadonlyMap<string, Relation> {
  return new Map(
    through.restrictions.flatMap(({ type }) => {
      const relation = types.get(type)?.relations.get(name);
      return relation === undefined ? [] : [[type, relation] as const];
    }),
  );
}
