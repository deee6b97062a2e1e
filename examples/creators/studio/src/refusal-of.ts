import { CombinedGraphQLErrors } from '@apollo/client';
import { type RefusalKind, refusalKind } from './refusal.ts';

/** Why something was not done, and what is said of it. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly sentence: string;
}

/** What is said of an error for a reader: what broke inside is nothing for them. */
export function refusalOf(error: unknown): Refusal {
  const errors = CombinedGraphQLErrors.is(error) ? error.errors : [];
  const kind = refusalKind(errors.map(({ extensions }) => extensions?.code));
  const cause = errors.find(({ extensions }) => refusalKind([extensions?.code]) === kind);
  if (kind === 'failed' || cause === undefined) return { kind: 'failed', sentence: 'There was no answer.' };
  return { kind, sentence: cause.message };
}
