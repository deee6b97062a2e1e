import type { ConditionName, RelationName, TypeName } from '../model/names.ts';

/** The numbers of the names that models use, both ways. */
export interface Terms {
  readonly type: TermTable<TypeName>;
  readonly relation: TermTable<RelationName>;
  readonly condition: TermTable<ConditionName>;
}

export interface TermTable<Name extends string> {
  numberOf(name: Name): number | undefined;
  nameOf(number: number): Name | undefined;
}

export type TermKind = keyof Terms;

export const termKinds: readonly TermKind[] = ['type', 'relation', 'condition'];

/** Whether any model that was published has a name of this kind. */
export function hasTerm({ type, relation, condition }: Terms, kind: TermKind, name: string): boolean {
  switch (kind) {
    case 'type':
      return type.numberOf(name as TypeName) !== undefined;
    case 'relation':
      return relation.numberOf(name as RelationName) !== undefined;
    case 'condition':
      return condition.numberOf(name as ConditionName) !== undefined;
  }
}
