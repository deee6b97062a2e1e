import type { TypedDocumentString } from './__generated__/operations.ts';
import { AskError } from './ask-error.ts';
import { freshness } from './freshness.ts';
import { post } from './send.ts';

/** Asks Postern; throws what it answered instead of data. What can be asked how fresh it is sees what this tab has written. */
export async function ask<Answer, Variables>(
  operation: TypedDocumentString<Answer, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer> {
  const query = String(operation);
  const consistency = query.includes('$consistency') ? freshness() : undefined;
  const response = await post('/console/graphql', { query, variables: { ...variables, consistency } }, signal);
  const answer: GraphqlAnswer = await response.json().catch(() => ({}));
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw new AskError(error.extensions?.code ?? 'UNKNOWN', error.message);
  if (answer.data == null) throw new AskError('UNREACHABLE', `The server answered with status ${response.status}.`);
  return answer.data as Answer;
}

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}
