import { failed, ok, type Result } from '../base/result.ts';
import { findRelation, type Model, type Relation } from './model.ts';
import type { Problem } from './problem.ts';

/** A permission of a type. */
export interface TypePermission {
  readonly type: string;
  readonly permission: string;
}

/** Two permissions that nobody should have together. */
export interface ToxicPair {
  readonly first: TypePermission;
  readonly second: TypePermission;
  readonly scope: ToxicScope;
}

/** Together on one object; or anywhere in what is examined together. */
export type ToxicScope = 'object' | 'anywhere';

/** A pair, in a model that has both permissions. */
export interface RelationPair {
  readonly first: Relation;
  readonly second: Relation;
  readonly scope: ToxicScope;
}

export function linkToxicPair(model: Model, { first, second, scope }: ToxicPair): Result<RelationPair, Problem> {
  const one = findRelation(model, first.type, first.permission);
  if (!one.ok) return failed(one.problem);
  const other = findRelation(model, second.type, second.permission);
  return other.ok ? ok({ first: one.value, second: other.value, scope }) : failed(other.problem);
}

export function formatTypePermission({ type, permission }: TypePermission): string {
  return `${type}#${permission}`;
}
