import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createGatewayRuntime, type UnifiedGraphHandler } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

/** Somebody who answers a query, with the caller's token or without one. */
export interface Gateway {
  /** The body of the answer; of a subscription, everything until its end. */
  ask(query: string, authorization: string | undefined): Promise<string>;
  stop(): Promise<void>;
}

interface GatewayContext {
  readonly authorization: string | undefined;
}

/** No gateway: the query goes to one subgraph. */
export function askSubgraph(url: string): Gateway {
  return {
    ask: async (query, authorization) => {
      const accept = query.startsWith('subscription') ? 'text/event-stream' : 'application/json';
      const headers = { 'content-type': 'application/json', accept, ...(authorization && { authorization }) };
      return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
    },
    stop: async () => {},
  };
}

class ForwardingSource extends RemoteGraphQLDataSource<GatewayContext> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<GatewayContext>['willSendRequest']>>[0]) {
    const authorization = 'authorization' in context ? context.authorization : undefined;
    if (authorization !== undefined) request.http?.headers.set('authorization', authorization);
  }
}

export async function startApolloGateway(supergraphSdl: string): Promise<Gateway> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url = '' }) => new ForwardingSource({ url }),
    logger: silent,
  });
  const server = new ApolloServer<GatewayContext>({ gateway: gateway as never, logger: silent });
  await server.start();
  return {
    ask: async (query, authorization) => {
      const { body } = await server.executeOperation({ query }, { contextValue: { authorization } });
      if (body.kind !== 'single') throw new Error('An incremental answer.');
      return JSON.stringify(body.singleResult);
    },
    stop: () => server.stop(),
  };
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Hive Gateway, with its own planner or with that of Hive Router. */
export function startHiveGateway(supergraph: string, planner: 'stitching' | 'router'): Gateway {
  const gateway = createGatewayRuntime({
    supergraph,
    logging: false,
    maskedErrors: false,
    ...(planner === 'router' && { unifiedGraphHandler: unifiedGraphHandler as unknown as UnifiedGraphHandler }),
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
    },
  });
  return {
    ask: async (query, authorization) => {
      const accept = query.startsWith('subscription') ? 'text/event-stream' : 'application/json';
      const headers = { 'content-type': 'application/json', accept, ...(authorization && { authorization }) };
      const answer = await gateway.fetch('http://gateway/graphql', {
        method: 'POST',
        headers,
        body: JSON.stringify({ query }),
      });
      return answer.text();
    },
    stop: async () => gateway[Symbol.asyncDispose](),
  };
}
