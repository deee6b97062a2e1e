import type { Model, Relation } from './model.ts';
import type { Rewrite } from './rewrite.ts';

/** A relation that another one is computed from, and how. */
export type Contribution =
  /** Held on the same object. */
  | { readonly kind: 'computed'; readonly from: Relation; readonly to: Relation }
  /** Held on an object that `through` leads to. */
  | { readonly kind: 'from'; readonly from: Relation; readonly to: Relation; readonly through: Relation }
  /** Held by whoever is in the subject set that `from` is. */
  | { readonly kind: 'set'; readonly from: Relation; readonly to: Relation };

/**
 * How much of the model is read.
 *
 * - `all`: what is subtracted as well, although it only takes away
 * - `granting`: without that
 * - `sufficient`: of an intersection only one operand; enough to find everybody, for whoever holds it holds each of them
 */
export type Selection = 'all' | 'granting' | 'sufficient';

/** What contributes to relations, directly or through others: the model read backwards, each definition once. */
export function findContributions(
  model: Model,
  targets: readonly Relation[],
  selection: Selection,
): { readonly relations: ReadonlySet<Relation>; readonly contributions: readonly Contribution[] } {
  const relations = new Set(targets);
  const contributions: Contribution[] = [];
  for (const relation of relations) {
    for (const contribution of contributionsTo(model, relation, relation.rewrite, selection)) {
      contributions.push(contribution);
      relations.add(contribution.from);
    }
  }
  return { relations, contributions };
}

/** The same of one relation, as far as its own object goes: what comes from other objects is named, and not followed. */
export function findOwnContributions(model: Model, target: Relation, selection: Selection): readonly Contribution[] {
  const relations = new Set([target]);
  const contributions: Contribution[] = [];
  for (const relation of relations) {
    for (const contribution of contributionsTo(model, relation, relation.rewrite, selection)) {
      contributions.push(contribution);
      if (contribution.kind === 'computed') relations.add(contribution.from);
    }
  }
  return contributions;
}

function contributionsTo(model: Model, to: Relation, rewrite: Rewrite, selection: Selection): Contribution[] {
  const find = (type: string, name: string) => model.types.get(type)?.relations.get(name) ?? [];
  switch (rewrite.kind) {
    case 'direct':
      return to.restrictions.flatMap((restriction) =>
        restriction.kind === 'set'
          ? [find(restriction.type, restriction.relation)].flat().map((from) => ({ kind: 'set' as const, from, to }))
          : [],
      );
    case 'computed':
      return [find(to.type, rewrite.relation)].flat().map((from) => ({ kind: 'computed' as const, from, to }));
    case 'from':
      return [find(to.type, rewrite.through)]
        .flat()
        .flatMap((through) =>
          through.restrictions.flatMap((parent) =>
            [find(parent.type, rewrite.relation)].flat().map((from) => ({ kind: 'from' as const, from, to, through })),
          ),
        );
    case 'union':
    case 'intersection':
    case 'exclusion':
      return operandsOf(model, to, rewrite, selection).flatMap((operand) =>
        contributionsTo(model, to, operand, selection),
      );
  }
}

type Compound = Extract<Rewrite, { readonly kind: 'union' | 'intersection' | 'exclusion' }>;

function operandsOf(model: Model, to: Relation, rewrite: Compound, selection: Selection): readonly Rewrite[] {
  switch (rewrite.kind) {
    case 'union':
      return rewrite.operands;
    case 'intersection':
      return selection === 'sufficient' ? narrowest(model, to, rewrite.operands) : rewrite.operands;
    case 'exclusion':
      return selection === 'all' ? [rewrite.base, rewrite.subtracted] : [rewrite.base];
  }
}

/** An operand that cannot be given to everybody, if there is one: from a wildcard, much of the store may follow. */
function narrowest(model: Model, to: Relation, operands: readonly Rewrite[]): readonly Rewrite[] {
  const [first] = operands;
  const closed = operands.find((operand) => !mayBeOpen(model, to, operand)) ?? first;
  return closed === undefined ? [] : [closed];
}

/** Whether a wildcard can be written anywhere that the operand of a relation takes subjects from. */
export function mayBeOpen(model: Model, to: Relation, operand: Rewrite): boolean {
  if (hasDirect(operand) && takesWildcard(to)) return true;
  const open = openRelations(model);
  return contributionsTo(model, to, operand, 'granting').some(({ from }) => open.has(from));
}

const openOf = new WeakMap<Model, ReadonlySet<Relation>>();

/** The relations that somebody may hold by a wildcard, on whatever object it is written; found out once for a model. */
function openRelations(model: Model): ReadonlySet<Relation> {
  const known = openOf.get(model);
  if (known !== undefined) return known;
  const relations = [...model.types.values()].flatMap((type) => [...type.relations.values()]);
  const { contributions } = findContributions(model, relations, 'granting');
  const after = Map.groupBy(contributions, ({ from }) => from);
  const open = new Set(relations.filter(takesWildcard));
  for (const relation of open) for (const { to } of after.get(relation) ?? []) open.add(to);
  openOf.set(model, open);
  return open;
}

function takesWildcard({ restrictions }: Relation): boolean {
  return restrictions.some(({ kind }) => kind === 'wildcard');
}

/** Whether what is written for a relation itself is among what a rewrite gives. */
export function hasDirect(rewrite: Rewrite): boolean {
  if (rewrite.kind === 'exclusion') return hasDirect(rewrite.base);
  if (rewrite.kind === 'union' || rewrite.kind === 'intersection') return rewrite.operands.some(hasDirect);
  return rewrite.kind === 'direct';
}
