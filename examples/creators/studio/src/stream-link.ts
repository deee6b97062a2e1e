import { ApolloLink, Observable } from '@apollo/client';
import { print } from 'graphql';
import { type ClientOptions, createClient } from 'graphql-sse';

/** Subscriptions over Server-Sent Events: one connection each, and whoever subscribes does so again when it ends. */
export function createStreamLink(options: Pick<ClientOptions, 'url' | 'headers'>): ApolloLink {
  const client = createClient({ ...options, retryAttempts: 0 });
  return new ApolloLink(({ query, variables }) => {
    return new Observable<ApolloLink.Result>((observer) =>
      client.subscribe<ApolloLink.Result['data'], never>(
        { query: print(query), variables },
        {
          next: (result) => observer.next(result as ApolloLink.Result),
          error: (error) => observer.error(error),
          complete: () => observer.complete(),
        },
      ),
    );
  });
}
