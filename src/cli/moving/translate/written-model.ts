import type { RawRelationship } from '../../store-file/raw-relationship.ts';

/** A type that nothing is of: whoever has a relation that only sets are written for, of which none has anybody. */
export const nobody = 'nobody';

/** A model that says no more than which subjects are written for which relations, and where it says something besides. */
export interface WrittenModel {
  readonly dsl: string;
  /** Relations, `group#member`, that only sets are written for, or nothing: the language wants somebody who could be. */
  readonly withNobody: readonly string[];
}

/** The model that admits exactly what is written: no relation is computed from another. */
export function modelOfWritten(written: readonly RawRelationship[]): WrittenModel {
  const types = new Map<string, Map<string, Set<string>>>();
  const relationsOf = (type: string) => {
    const relations = types.get(type) ?? new Map<string, Set<string>>();
    types.set(type, relations);
    return relations;
  };
  const entriesOf = (type: string, relation: string) => {
    const relations = relationsOf(type);
    const entries = relations.get(relation) ?? new Set<string>();
    relations.set(relation, entries);
    return entries;
  };
  for (const { object, relation, user } of written) {
    const { type, set } = kindOf(user);
    entriesOf(typeOf(object), relation).add(set === undefined ? type : `${type}#${set}`);
    if (set === undefined) relationsOf(type);
    else entriesOf(type, set);
  }
  return modelOf(types);
}

function modelOf(types: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>): WrittenModel {
  const withNobody: string[] = [];
  const texts = inOrder(types).map(([type, relations]) => {
    const lines = inOrder(relations).map(([relation, entries]) => {
      const isOpen = [...entries].some((entry) => !entry.includes('#'));
      if (!isOpen) withNobody.push(`${type}#${relation}`);
      const all = [...[...entries].toSorted(), ...(isOpen ? [] : [nobody])];
      return `    define ${relation}: [${all.join(', ')}]`;
    });
    return [`type ${type}`, ...(lines.length === 0 ? [] : ['  relations', ...lines])].join('\n');
  });
  // A model has a type, even where nothing that could be written was found.
  const isNeeded = (withNobody.length > 0 || types.size === 0) && !types.has(nobody);
  const last = isNeeded ? [`type ${nobody}`] : [];
  return { dsl: `${['model\n  schema 1.1', ...texts, ...last].join('\n\n')}\n`, withNobody };
}

function inOrder<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function typeOf(object: string): string {
  return object.slice(0, object.indexOf(':'));
}

function kindOf(user: string): { readonly type: string; readonly set: string | undefined } {
  const at = user.lastIndexOf('#');
  return { type: typeOf(user), set: at < 0 ? undefined : user.slice(at + 1) };
}
