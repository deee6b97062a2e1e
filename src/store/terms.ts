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
