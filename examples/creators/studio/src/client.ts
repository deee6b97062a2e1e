import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { createCache } from './cache.ts';
import { createFreshnessLink } from './freshness-link.ts';
import { fetchInTime } from './late-answers.ts';
import { createStreamLink } from './stream-link.ts';

/** One for each caller: nothing that one of them was told is ever shown to another one. */
export function createStudioClient(url: string, token: string | undefined): ApolloClient {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answers = createFreshnessLink().concat(new HttpLink({ uri: url, headers, fetch: fetchInTime }));
  const isSubscription = ({ operationType }: ApolloLink.Operation) => operationType === 'subscription';
  return new ApolloClient({
    cache: createCache(),
    link: ApolloLink.split(isSubscription, createStreamLink({ url, headers }), answers),
    // Otherwise what is asked again may be answered by a question from before it.
    queryDeduplication: false,
  });
}
