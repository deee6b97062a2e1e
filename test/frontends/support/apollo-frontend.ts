import { gql } from '@apollo/client';
import { createStudioClient } from '../../../examples/creators/studio/src/client.ts';
import { followPermissions } from '../../../examples/creators/studio/src/follow-permissions.ts';
import type { FrontendClient, FrontendOptions } from './frontend-client.ts';
import { queries } from './queries.ts';

/** The studio's own client and cache. */
export function createApolloFrontend({ url, token }: FrontendOptions): FrontendClient {
  const client = createStudioClient(url, token);
  const ends: (() => void)[] = [() => client.stop()];
  return {
    watch: (query, variables, onData) => {
      const watched = client.watchQuery({ query: gql(queries[query]), variables, errorPolicy: 'all' });
      const subscription = watched.subscribe(({ data, dataState }) => {
        if (dataState === 'complete') onData(data);
      });
      ends.push(() => subscription.unsubscribe());
    },
    has: (query, variables) => client.readQuery({ query: gql(queries[query]), variables }) !== null,
    follow: (objects) =>
      new Promise((resolve) => {
        ends.push(followPermissions({ client, objects, onLive: (isLive) => isLive && resolve() }));
      }),
    stop: () => {
      for (const end of ends.toReversed()) end();
    },
  };
}
