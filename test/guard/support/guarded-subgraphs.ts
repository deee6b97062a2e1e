import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { guardSchema, linkSDL, type PosternClient, requiresPermissionSDL } from '#guard';

const federation = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])\n${linkSDL}${requiresPermissionSDL}`;

export const catalogSdl = `${federation('"@key", "@composeDirective"')}
type Query {
  track(id: ID!): Track
  tracks(first: Int = 2): [Track!]!
  media: [Media!]!
  search: [Found!]!
  shelf: Shelf!
  report(id: ID!): Int @requiresPermission(permission: "can_view", object: "track:{$args.id}")
  ranked(by: Rank = TITLE, filter: RankFilter): [Track!]!
  audible: [Track!]! @requiresPermission(permission: "can_view", onDeny: "FILTER")
}
type Mutation { release(input: ReleaseInput!): Int @requiresPermission(permission: "can_view", object: "track:{$args.input.id}") }
input ReleaseInput { id: ID! }
type Subscription { plays(id: ID!): Int @requiresPermission(permission: "can_view", object: "track:{$args.id}") }
enum Rank { TITLE ROYALTIES @requiresPermission(permission: "can_view", object: "track:1") }
input RankFilter { and: [RankFilter!] id: ID above: Int @requiresPermission(permission: "can_view", object: "track:{$this.id}") }
interface Media { title: String }
union Found = Track | Shelf
type Shelf { name: String best: Track }
type Track implements Media @key(fields: "id") {
  id: ID!
  title: String
  royalties: Int @requiresPermission(permission: "can_view")
  tempo: Int @requiresPermission(permission: "can_hear")
  notes: String @requiresPermission(permission: "can_edit")
}
`;

export const pricingSdl = `${federation('"@key", "@external", "@requires", "@composeDirective"')}
type Track @key(fields: "id") {
  id: ID!
  royalties: Int @external
  price: Int @requires(fields: "royalties")
  margin: Int @requiresPermission(permission: "can_view")
}
`;

/** What no answer may contain unless everything in it is allowed. */
export const secret = 424_242;

interface Reference {
  readonly id: string;
  readonly royalties?: number | null;
}

/** `ran` gets the mutations that ran. */
export function createCatalog(client: PosternClient, ran: string[]): GraphQLSchema {
  const track = (id: string) => ({
    __typename: 'Track',
    id,
    title: `Title ${id}`,
    royalties: secret,
    tempo: 120,
    notes: 'N',
  });
  const all = [track('1'), track('2')];
  const shelf = { __typename: 'Shelf', name: 'Shelf', best: track('1') };
  const resolvers = {
    Query: {
      track: (_: unknown, { id }: Reference) => track(id),
      tracks: (_: unknown, { first }: { first: number }) =>
        Array.from({ length: first }, (_one, index) => track(String(index + 1))),
      media: () => all,
      search: () => [shelf, ...all],
      shelf: () => shelf,
      report: () => secret,
      // Whoever sorts by royalties, or looks for those above some, learns of them.
      ranked: (_: unknown, { by, filter }: { by: string; filter?: { above?: number } }) =>
        by === 'ROYALTIES' || JSON.stringify(filter ?? {}).includes('above') ? [{ ...track('1'), title: secret }] : all,
      audible: () => all,
    },
    Mutation: {
      release: (_: unknown, { input }: { input: Reference }) => {
        ran.push(input.id);
        return secret;
      },
    },
    Subscription: {
      plays: {
        subscribe: async function* () {
          yield { plays: secret };
        },
      },
    },
    Track: { __resolveReference: ({ id }: Reference) => track(id) },
  };
  return guard(buildSubgraphSchema([{ typeDefs: parse(catalogSdl), resolvers: resolvers as never }]), client);
}

/** Knows what a track costs, from royalties that the gateway brings. */
export function createPricing(client: PosternClient): GraphQLSchema {
  const resolvers = {
    Track: {
      __resolveReference: (reference: Reference) => reference,
      price: ({ royalties }: Reference) => (typeof royalties === 'number' ? royalties : null),
      margin: () => secret,
    },
  };
  return guard(buildSubgraphSchema([{ typeDefs: parse(pricingSdl), resolvers }]), client);
}

export interface SubgraphContext {
  readonly authorization: string | null;
}

function guard(schema: GraphQLSchema, client: PosternClient): GraphQLSchema {
  return guardSchema<SubgraphContext>(schema, { client, authorization: ({ authorization }) => authorization });
}

export interface ServedSubgraph {
  readonly url: string;
  stop(): Promise<void>;
}

/** Over HTTP with GraphQL Yoga, which answers subscriptions as server-sent events. */
export async function serveSubgraph(schema: GraphQLSchema): Promise<ServedSubgraph> {
  const yoga = createYoga<object, SubgraphContext>({
    schema,
    logging: false,
    maskedErrors: false,
    context: ({ request }) => ({ authorization: request.headers.get('authorization') }),
  });
  const server = createServer(yoga);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${portOf(server)}/graphql`, stop: () => close(server) };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
