import { foldRewrite, partsOf } from '../../../model/rewrite.ts';
import type { TargetRelation, TargetType } from './target-model.ts';
import type { TargetLeaf } from './translate-expression.ts';

/** A relation, by its type. */
export interface RelationPlace {
  readonly type: string;
  readonly relation: string;
}

/**
 * The relations that a model refuses because nothing that can be written leads to them, so few that all others are led to when
 * these are: a permission that only leads to itself on another object, a relation that only takes sets of itself. In SpiceDB
 * they are legal, and mostly nobody holds them.
 */
export function findDeadEnds<Source>(types: readonly TargetType<Source>[]): readonly RelationPlace[] {
  const entered = new Places();
  const ends: RelationPlace[] = [];
  for (;;) {
    grow(types, entered);
    const first = types.flatMap(({ name, relations }) =>
      relations.flatMap((relation) =>
        entered.has(name, relation.name) ? [] : [{ type: name, relation: relation.name }],
      ),
    )[0];
    if (first === undefined) return ends;
    const end = onCircle(types, entered, first);
    ends.push(end);
    entered.add(end.type, end.relation);
  }
}

/** Relations in sets by their types. */
class Places {
  readonly #places = new Map<string, Set<string>>();
  size = 0;

  has(type: string, relation: string): boolean {
    return this.#places.get(type)?.has(relation) ?? false;
  }

  add(type: string, relation: string): void {
    if (this.has(type, relation)) return;
    const relations = this.#places.get(type) ?? new Set();
    this.#places.set(type, relations.add(relation));
    this.size += 1;
  }
}

/** Adds what can be held as long as there is more. */
function grow<Source>(types: readonly TargetType<Source>[], entered: Places): void {
  for (let before = -1; before < entered.size; ) {
    before = entered.size;
    for (const { name, relations } of types) {
      for (const relation of relations) if (isEntered(types, entered, name, relation)) entered.add(name, relation.name);
    }
  }
}

function isEntered<Source>(
  types: readonly TargetType<Source>[],
  entered: Places,
  type: string,
  { rewrite, restrictions }: TargetRelation<Source>,
): boolean {
  return foldRewrite<TargetLeaf, boolean>(rewrite, {
    leaf: (leaf) => {
      if (leaf.kind === 'computed') return entered.has(type, leaf.name);
      if (leaf.kind === 'from') {
        return linkedTypes(types, type, leaf.through).some((linked) => entered.has(linked, leaf.name));
      }
      return restrictions.some((one) => one.kind !== 'set' || entered.has(one.type, one.relation));
    },
    union: (operands) => operands.some(Boolean),
    intersection: (operands) => operands.every(Boolean),
    exclusion: (base, subtracted) => base && subtracted,
  });
}

function linkedTypes<Source>(types: readonly TargetType<Source>[], type: string, through: string): readonly string[] {
  const relation = types.find(({ name }) => name === type)?.relations.find(({ name }) => name === through);
  return relation?.restrictions.map((one) => one.type) ?? [];
}

/** Goes on to what is needed and missing until something comes again. */
function onCircle<Source>(types: readonly TargetType<Source>[], entered: Places, first: RelationPlace): RelationPlace {
  const passed = new Places();
  for (let at = first; ; ) {
    if (passed.has(at.type, at.relation)) return at;
    passed.add(at.type, at.relation);
    const next = neededBy(types, at).find(({ type, relation }) => !entered.has(type, relation));
    if (next === undefined) return at;
    at = next;
  }
}

function neededBy<Source>(
  types: readonly TargetType<Source>[],
  { type, relation }: RelationPlace,
): readonly RelationPlace[] {
  const found = types.find(({ name }) => name === type)?.relations.find(({ name }) => name === relation);
  if (found === undefined) return [];
  return partsOf(found.rewrite).flatMap(({ leaf }): readonly RelationPlace[] => {
    if (leaf.kind === 'computed') return [{ type, relation: leaf.name }];
    if (leaf.kind === 'from') return linkedPlaces(types, type, leaf);
    return found.restrictions.flatMap((one) =>
      one.kind === 'set' ? [{ type: one.type, relation: one.relation }] : [],
    );
  });
}

/** Where a link leads to: what it names on those types that have it. */
function linkedPlaces<Source>(
  types: readonly TargetType<Source>[],
  type: string,
  { name, through }: Extract<TargetLeaf, { kind: 'from' }>,
): readonly RelationPlace[] {
  const having = types.filter(({ relations }) => relations.some((one) => one.name === name)).map((one) => one.name);
  const linked = linkedTypes(types, type, through).filter((one) => having.includes(one));
  return linked.map((one) => ({ type: one, relation: name }));
}
