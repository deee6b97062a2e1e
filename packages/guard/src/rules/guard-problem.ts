import type { ASTNode } from 'graphql';

/** What can be wrong with a guard in its own subgraph, whoever looks at it. */
export const guardProblemCodes = [
  'missing-link',
  'missing-import',
  'missing-compose-directive',
  'renamed-directive',
  'wrong-version',
  'undefined-directive',
  'different-definition',
  'malformed-directive',
  'guard-on-abstract-type',
  'guard-on-root-type',
  'misplaced-guard',
  'missing-object',
  'unknown-pointer',
  'unusable-pointer',
  'args-on-type',
  'this-on-root',
  'this-not-available',
  'guarded-key',
  'null-on-non-null',
  'filter-on-non-list',
  'filter-on-mutation',
  'filter-of-other-object',
  'error-on-non-null',
] as const;

export type GuardProblemCode = (typeof guardProblemCodes)[number];

/** A mistake in a guard, in one sentence. */
export interface GuardProblem {
  readonly code: GuardProblemCode;
  readonly node: ASTNode | undefined;
  readonly message: string;
  /** A name that does not exist, and those that do. */
  readonly unknown?: { readonly name: string; readonly known: readonly string[] };
}

/** What a subgraph starts with all the same. */
export function isWarning({ code }: GuardProblem): boolean {
  return code === 'error-on-non-null';
}

export function problem(
  code: GuardProblemCode,
  node: ASTNode | undefined,
  message: string,
  unknown?: GuardProblem['unknown'],
): GuardProblem {
  return { code, node, message, ...(unknown && { unknown }) };
}

/** Text of a schema in quotes, on one line. */
export function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
