import type { PageRequest } from '../operations/page-request.ts';
import type { CheckConsistencyInput } from './__generated__/resolver-types.ts';
import { pageSize } from './checked-arguments.ts';
import { consistencyOf } from './consistency-argument.ts';
import type { RequestContext } from './request-context.ts';

/** The arguments of every list. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly consistency?: CheckConsistencyInput | null | undefined;
}

/** The page that a field asks for. */
export function pageOf({ first, after, consistency }: PageArguments, context: RequestContext): PageRequest {
  return { first: pageSize(first), after: after ?? undefined, consistency: consistencyOf(consistency, context) };
}
