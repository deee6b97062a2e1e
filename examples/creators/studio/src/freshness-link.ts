import { ApolloLink } from '@apollo/client';
import { tap } from 'rxjs';

/** Reads see what this page has written: each request carries the tokens of its writes, which no client can compare. */
export function createFreshnessLink(): ApolloLink {
  let tokens: readonly string[] = [];
  return new ApolloLink((operation, forward) => {
    const sent = tokens;
    if (sent.length > 0) {
      operation.setContext(({ headers }) => ({ headers: { ...headers, 'postern-consistency': sent.join(',') } }));
    }
    return forward(operation).pipe(
      tap(({ data, errors }) => {
        // The database has lost a write, so nothing can be as fresh as its token.
        const isLost = errors?.some(({ extensions }) => extensions?.code === 'HISTORY_DIVERGED');
        if (isLost) tokens = tokens.filter((token) => !sent.includes(token));
        if (operation.operationType === 'mutation') tokens = [...tokens, ...tokensIn(data)].slice(-8);
      }),
    );
  });
}

/** The mutations of Postern answer with the token of what they wrote. */
function tokensIn(data: unknown): readonly string[] {
  return Object.values(data ?? {}).flatMap((payload) => {
    const token: unknown = payload?.consistencyToken;
    return typeof token === 'string' ? [token] : [];
  });
}
