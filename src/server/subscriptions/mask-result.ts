import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import type { MaskError } from '../http/mask-error.ts';

/** An event as a library hands it on. */
interface Result {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
}

/** An event as its client sees it. */
export function maskResult({ data, errors }: Result, mask: MaskError): FormattedExecutionResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map((error) => mask(error.toJSON(), error)) }),
  };
}
