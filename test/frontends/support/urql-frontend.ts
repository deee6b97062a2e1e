import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { buildASTSchema, introspectionFromSchema, print } from 'graphql';
import { createClient } from 'graphql-sse';
import { createUrqlCache } from '../../../examples/creators/clients/urql-cache.ts';
import loadSupergraph from '../../../examples/creators/studio/load-supergraph.ts';
import { LivePermissionsDocument } from '../../../examples/creators/studio/src/__generated__/operations.ts';
import { fetchInTime } from '../../../examples/creators/studio/src/late-answers.ts';
import type { FrontendClient, FrontendOptions } from './frontend-client.ts';
import { queries } from './queries.ts';

const schema = introspectionFromSchema(buildASTSchema(await loadSupergraph()));

export function createUrqlFrontend({ url, token }: FrontendOptions): FrontendClient {
  const headers = { authorization: `Bearer ${token}` };
  const stream = createClient({ url, headers, retryAttempts: 0 });
  const subscribing = subscriptionExchange({
    forwardSubscription: ({ query, variables }) => ({
      subscribe: (sink) => ({
        unsubscribe: stream.subscribe({ query: query ?? '', variables: { ...variables } }, sink as never),
      }),
    }),
  });
  const cache = createUrqlCache(schema as never);
  const client = new Client({
    url,
    fetchOptions: { headers },
    fetch: fetchInTime,
    preferGetMethod: false,
    exchanges: [cache, fetchExchange, subscribing],
  });
  const ends: (() => void)[] = [() => stream.dispose()];
  return {
    watch: (query, variables, onData) => {
      const { unsubscribe } = client.query(queries[query], variables).subscribe(({ data }) => onData(data));
      ends.push(unsubscribe);
    },
    has: (query, variables) => {
      const result = client.readQuery(queries[query], variables);
      return result !== null && result.data !== undefined && !result.stale;
    },
    follow: (objects) =>
      new Promise((resolve) => {
        const live = client.subscription(print(LivePermissionsDocument), { objects });
        ends.push(live.subscribe(({ data }) => data && resolve()).unsubscribe);
      }),
    stop: () => {
      for (const end of ends.toReversed()) end();
    },
  };
}
