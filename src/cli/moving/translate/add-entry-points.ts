import type { TargetRelation, TargetType } from './target-model.ts';
import type { TargetRewrite } from './translate-expression.ts';

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
  const of = (part: TargetRewrite): boolean => {
    switch (part.kind) {
      case 'direct':
        return restrictions.some((one) => one.kind !== 'set' || entered.has(one.type, one.relation));
      case 'computed':
        return entered.has(type, part.name);
      case 'from':
        return linkedTypes(types, type, part.through).some((linked) => entered.has(linked, part.name));
      case 'union':
        return part.operands.some(of);
      case 'intersection':
        return part.operands.every(of);
      case 'exclusion':
        return of(part.base) && of(part.subtracted);
    }
  };
  return of(rewrite);
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
  const of = (part: TargetRewrite): readonly RelationPlace[] => {
    switch (part.kind) {
      case 'direct':
        return found.restrictions.flatMap((one) =>
          one.kind === 'set' ? [{ type: one.type, relation: one.relation }] : [],
        );
      case 'computed':
        return [{ type, relation: part.name }];
      case 'from':
        return linkedTypes(types, type, part.through)
          .filter((linked) =>
            types.some(({ name, relations }) => name === linked && relations.some((one) => one.name === part.name)),
          )
          .map((linked) => ({ type: linked, relation: part.name }));
      case 'union':
      case 'intersection':
        return part.operands.flatMap(of);
      case 'exclusion':
        return [...of(part.base), ...of(part.subtracted)];
    }
  };
  return of(found.rewrite);
}
