import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { parse } from 'graphql';
import { linkSDL, requiresPermissionSDL } from '#guard/directive';
import { composeSupergraph } from '../../../examples/creators/supergraph/compose-supergraph.ts';
import type { RunningService } from '../../../examples/creators/supergraph/running-service.ts';
import { startSubgraph } from '../../../examples/creators/supergraph/start-subgraph.ts';

const head = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  ${linkSDL}
  ${requiresPermissionSDL}
`;

const guarded = (permission: string, object = 'platform:main') =>
  `@requiresPermission(permission: "${permission}", object: "${object}")`;

const music = `${head}
  type Query {
    track(id: ID!): Track @requiresPermission(permission: "can_listen", object: "track:{$args.id}")
    tracks: [Track!]!
    search: [Item!]!
    node: Node
    title(id: ID! = "t1"): String! @requiresPermission(permission: "can_listen", object: "track:{$args.id}")
    quiet(id: ID!): String @requiresPermission(permission: "can_listen", object: "track:{$args.id}", onDeny: "NULL")
    report: Report @requiresPermission(permission: "can_view_reports", object: "platform:main")
    double(from: ID!, to: ID!): String
      @requiresPermission(permission: "can_listen", object: "track:{$args.from}")
      @requiresPermission(permission: "can_edit", object: "track:{$args.to}")
    many(filter: Filter!): Int @requiresPermission(permission: "can_listen", object: "track:{$args.filter.ids}")
    ranked(by: Rank, among: [Rank!], rank: Rank = TITLE, filter: RankFilter): String
    asked(why: String = "work" ${guarded('can_ask')}, label: ID, of: ID ${guarded('can_see', 'label:{$args.label}')}): String
  }
  enum Rank { TITLE LENGTH ROYALTIES ${guarded('can_rank')} }
  input RankFilter {
    minimum: Int ${guarded('can_filter')}
    limit: Int = 3 ${guarded('can_limit')}
    rank: Rank = TITLE
    labels: [LabelFilter!]
    and: [RankFilter!]
    not: RankFilter
  }
  input LabelFilter { id: ID royalties: Int ${guarded('can_see', 'label:{$this.id}')} }
  type Mutation {
    rename(id: ID!, title: String!): Track @requiresPermission(permission: "can_edit", object: "track:{$args.id}")
    mute(id: ID!): Boolean @requiresPermission(permission: "can_edit", object: "track:{$args.id}", onDeny: "NULL")
    touch: Int
    order(filter: RankFilter): String
  }
  input Filter { ids: [ID] }
  interface Node { id: ID! plays(label: ID!): Int }
  type Track implements Node @key(fields: "id") {
    id: ID!
    name: String
    album: Album
    charts(by: Rank): String
    plays(label: ID!): Int @requiresPermission(permission: "can_view_stats", object: "label:{$args.label}")
    notes(label: ID!): String! @requiresPermission(permission: "can_view_stats", object: "label:{$args.label}")
  }
  type Album { title: String tracks: [Track!] }
  type Report @requiresPermission(permission: "can_view_totals", object: "platform:main") { total: Int }
  type Show { id: ID! rank: Int }
  union Item = Track | Show
`;

const money = `${head}
  type Query { currency: String }
  enum Rank { TITLE LENGTH ROYALTIES ${guarded('can_rank')} }
  type Track @key(fields: "id") {
    id: ID!
    sales(by: Rank): String
    royalties(label: ID!): Int @requiresPermission(permission: "can_view_royalties", object: "label:{$args.label}")
    shares: Int
  }
`;

const track = (id: string) => ({ __typename: 'Track', id, name: `Track ${id}` });
const tracks = [track('t1'), track('t2')];

const told = (_: unknown, args: object) => JSON.stringify(args);

const musicResolvers = {
  Query: {
    track: (_: unknown, { id }: { id: string }) => track(id),
    tracks: () => tracks,
    search: () => [track('t1'), { __typename: 'Show', id: 's1', rank: 4 }],
    node: () => track('t1'),
    title: (_: unknown, { id }: { id: string }) => `Title ${id}`,
    quiet: (_: unknown, { id }: { id: string }) => `Quiet ${id}`,
    report: () => ({ total: 7 }),
    double: () => 'double',
    ranked: told,
    asked: told,
    many: (_: unknown, { filter }: { filter: { ids?: string[] } }) => filter.ids?.length,
  },
  Mutation: {
    rename: (_: unknown, { id }: { id: string }) => track(id),
    mute: () => true,
    touch: () => 1,
    order: told,
  },
  Track: {
    __resolveReference: ({ id }: { id: string }) => track(id),
    plays: () => 5,
    charts: told,
    notes: () => 'notes',
    album: ({ id }: { id: string }) => (id === 't1' ? { title: 'Album', tracks } : null),
  },
};

const moneyResolvers = {
  Query: { currency: () => 'EUR' },
  Track: { __resolveReference: ({ id }: { id: string }) => ({ id }), sales: told, royalties: () => 9, shares: () => 3 },
};

export interface TwoSubgraphs {
  readonly supergraphSdl: string;
  stop(): Promise<void>;
}

/** Music and money, composed; `prepare` may put guards into them. */
export async function startTwoSubgraphs(prepare = (schema: GraphQLSchema) => schema): Promise<TwoSubgraphs> {
  const parts = [
    { name: 'music', sdl: music, resolvers: musicResolvers },
    { name: 'money', sdl: money, resolvers: moneyResolvers },
  ];
  const services: RunningService[] = [];
  const subgraphs = [];
  for (const { name, sdl, resolvers } of parts) {
    const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
    const service = await startSubgraph(prepare(schema));
    services.push(service);
    subgraphs.push({ name, url: service.url, sdl });
  }
  const composed = composeSupergraph(subgraphs);
  if (!composed.ok) throw new Error(composed.problems.join('\n'));
  const stop = async () => {
    await Promise.all(services.map((service) => service.stop()));
  };
  return { supergraphSdl: composed.supergraphSdl, stop };
}
