import { ok } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { ModelChange, ModelDiff } from '../../model/diff-models.ts';
import { formatRestriction } from '../../model/format-relation.ts';
import { linkModel } from '../../model/link-model.ts';
import type { Model } from '../../model/model.ts';
import { printRewrite } from '../../model/print-rewrite.ts';
import { foldRewrite } from '../../model/rewrite.ts';
import type { UnlinkedLeaf, UnlinkedModel, UnlinkedRelation } from '../../model/unlinked-model.ts';

/** The draft with one of its changes taken back, or with one of its conditions always true. */
export interface DraftVariant {
  /** What it lacks: `the change of track.can_edit`. */
  readonly name: string;
  readonly model: Model;
}

/**
 * A variant for each thing that a draft changes: tests that do not tell it from the draft say nothing of the change. Where
 * definitions say the same in another order there is none.
 */
export function draftVariants(old: UnlinkedModel, draft: UnlinkedModel, diff: ModelDiff): readonly DraftVariant[] {
  // What is gone is there again, so that a definition that names it can be taken back as well.
  const whole = withRemoved(old, draft);
  return diff.flatMap((change) => variantsOf(old, whole, change));
}

function variantsOf(old: UnlinkedModel, whole: UnlinkedModel, change: ModelChange): readonly DraftVariant[] {
  switch (change.what) {
    case 'type':
      return [];
    case 'condition':
      return change.change === 'removed' ? [] : conditionVariants(old, whole, change.condition);
    case 'relation': {
      const [before, after] = [findIn(old, change), findIn(whole, change)];
      if (before === undefined || after === undefined || change.change !== 'changed') return [];
      const place = `${change.type}.${change.relation}`;
      const widened = change.addedSubjects.map((subject) =>
        variant(`${quote(subject)} of ${place}`, whole, withoutRestriction(after, subject)),
      );
      return canonical(before) === canonical(after)
        ? []
        : [variant(`the change of ${place}`, whole, before), ...widened].flat();
    }
  }
}

function conditionVariants(old: UnlinkedModel, whole: UnlinkedModel, name: string): readonly DraftVariant[] {
  const [before, after] = [old.conditions.get(name), whole.conditions.get(name)];
  const taken = before === undefined ? [] : [{ what: `the change of the condition ${quote(name)}`, condition: before }];
  const open =
    after === undefined
      ? []
      : [{ what: `what the condition ${quote(name)} asks for`, condition: { ...after, evaluate: () => ok(true) } }];
  return [...taken, ...open].flatMap(({ what, condition }) =>
    linked(what, { ...whole, conditions: new Map(whole.conditions).set(name, condition) }),
  );
}

function variant(name: string, model: UnlinkedModel, relation: UnlinkedRelation): readonly DraftVariant[] {
  const type = model.types.get(relation.type);
  if (type === undefined) return [];
  const relations = new Map(type.relations).set(relation.name, relation);
  return linked(name, { ...model, types: new Map(model.types).set(type.name, { ...type, relations }) });
}

function linked(name: string, unlinked: UnlinkedModel): readonly DraftVariant[] {
  const model = linkModel(unlinked);
  if (model.ok) return [{ name, model: model.value }];
  throw new Error(`Nothing can be said of ${name}: the draft without it is no model.`);
}

function withoutRestriction(relation: UnlinkedRelation, subject: string): UnlinkedRelation {
  return { ...relation, restrictions: relation.restrictions.filter((one) => formatRestriction(one) !== subject) };
}

function withRemoved(old: UnlinkedModel, draft: UnlinkedModel): UnlinkedModel {
  const types = new Map(draft.types);
  for (const [name, type] of old.types) {
    const kept = types.get(name);
    types.set(
      name,
      kept === undefined ? type : { ...kept, relations: new Map([...type.relations, ...kept.relations]) },
    );
  }
  return { types, conditions: new Map([...old.conditions, ...draft.conditions]) };
}

function findIn(model: UnlinkedModel, { type, relation }: { readonly type: string; readonly relation: string }) {
  return model.types.get(type)?.relations.get(relation);
}

/** The same for definitions that differ only in the order of what they join. */
function canonical({ rewrite, restrictions }: UnlinkedRelation): string {
  const listed = restrictions.map(formatRestriction).toSorted().join(', ');
  const leaf = (one: UnlinkedLeaf) => printRewrite(one, leafText);
  return `[${listed}] ${foldRewrite<UnlinkedLeaf, string>(rewrite, {
    leaf,
    union: (operands) => `(${operands.toSorted().join(' or ')})`,
    intersection: (operands) => `(${operands.toSorted().join(' and ')})`,
    exclusion: (base, subtracted) => `(${base} but not ${subtracted})`,
  })}`;
}

function leafText(leaf: UnlinkedLeaf): string {
  if (leaf.kind === 'direct') return '[…]';
  return leaf.kind === 'computed' ? leaf.relation : `${leaf.relation} from ${leaf.through}`;
}
