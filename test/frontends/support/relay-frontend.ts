import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { type ConcreteRequest, createOperationDescriptor, fetchQuery } from 'relay-runtime';
import { createRelayEnvironment, forgetPermissions } from '../../../examples/creators/clients/relay-environment.ts';
import {
  LivePermissionsDocument,
  type LivePermissionsSubscription,
} from '../../../examples/creators/studio/src/__generated__/operations.ts';
import { fetchInTime } from '../../../examples/creators/studio/src/late-answers.ts';
import editing from './__generated__/queriesEditingQuery.graphql.ts';
import namesakes from './__generated__/queriesNamesakesQuery.graphql.ts';
import publishing from './__generated__/queriesPublishingQuery.graphql.ts';
import undecided from './__generated__/queriesUndecidedQuery.graphql.ts';
import type { FrontendClient, FrontendOptions, QueryName } from './frontend-client.ts';

export const artifacts: Readonly<Record<QueryName, ConcreteRequest>> = { editing, publishing, namesakes, undecided };

interface Shown {
  readonly data?: unknown;
  readonly isMissingData: boolean;
}

export function createRelayFrontend({ url, token }: FrontendOptions): FrontendClient {
  const headers = { authorization: `Bearer ${token}` };
  const environment = createRelayEnvironment(async ({ text }, variables) => {
    const body = JSON.stringify({ query: text, variables });
    const answer = await fetchInTime(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    return answer.json();
  });
  const stream = createClient({ url, headers, retryAttempts: 0 });
  const ends: (() => void)[] = [() => stream.dispose()];
  const again: (() => void)[] = [];
  const takeIn = (event: readonly { readonly object: string }[]) => {
    for (const { object } of event) {
      const [type, id = ''] = object.split(':');
      forgetPermissions(environment, { __typename: type === 'show' ? 'Show' : 'Episode', id });
    }
    for (const ask of again) ask();
  };
  return {
    watch: (query, variables, onData) => {
      const operation = createOperationDescriptor(artifacts[query], variables);
      const show = ({ data, isMissingData }: Shown) => isMissingData || onData(data);
      const ask = (onAnswer: () => void) => {
        const asked = fetchQuery(environment, artifacts[query], variables, { fetchPolicy: 'network-only' });
        asked.subscribe({ next: onAnswer });
      };
      ask(() => {
        const first = environment.lookup(operation.fragment);
        show(first);
        const watched = environment.subscribe(first, show);
        ends.push(() => watched.dispose());
        again.push(() => ask(() => undefined));
      });
      ends.push(environment.retain(operation).dispose);
    },
    has: (query, variables) => {
      return environment.check(createOperationDescriptor(artifacts[query], variables)).status === 'available';
    },
    follow: (objects) =>
      new Promise((resolve) => {
        const asked = { query: print(LivePermissionsDocument), variables: { objects } };
        let isFirst = true;
        const next = ({ data }: { data?: LivePermissionsSubscription | null }) => {
          if (!isFirst) takeIn(data?.viewerPermissionsChanged ?? []);
          isFirst = false;
          resolve();
        };
        const nothing = () => undefined;
        ends.push(stream.subscribe<LivePermissionsSubscription>(asked, { next, error: nothing, complete: nothing }));
      }),
    stop: () => {
      for (const end of ends.toReversed()) end();
    },
  };
}
