import type { GraphQLSchema } from 'graphql';
import { subgraph } from './guarded-subgraph.ts';

const guard = (permission: string, more = ', object: "platform:main"') =>
  `@requiresPermission(permission: "${permission}"${more})`;

/** A shop whose callers may not give everything that it takes. */
export const storeTypes = `
type Query {
  tracks(sortBy: Sort = TITLE ${guard('can_sort')}, first: Int): String
  label(id: ID!, sortBy: Sort ${guard('can_see', ', object: "label:{$args.id}"')}): String
  search(filter: Filter, label: ID): String
  standard(filter: Filter = { minimum: 5, order: DOWN }): String
  ranked(by: Rank, then: [Rank], order: Order = DOWN): String
  quiet(secret: Int ${guard('can_ask', ', object: "platform:main", onDeny: "NULL"')}): String
  both(a: Int ${guard('can_a')} ${guard('can_b', ', object: "label:{$args.id}"')}, id: ID): String ${guard('can_call')}
  one(by: By): String
  artist: Artist
  media: [Media!]!
}
type Mutation {
  update(tracks: [TrackInput!]!): String
  publish(id: ID!, force: Boolean ${guard('can_force', ', object: "track:{$args.id}"')}): String
}
type Subscription { plays(filter: Filter): String }
enum Sort { TITLE ROYALTIES }
enum Order { UP DOWN ${guard('can_order')} }
enum Rank { PLAYS MONEY ${guard('can_rank')} WORTH }
input Filter {
  text: String
  minimum: Int ${guard('can_filter')}
  limit: Int = 10 ${guard('can_limit')}
  rank: Rank
  ranks: [Rank!]
  order: Order
  and: [Filter!]
  not: Filter
}
input By @oneOf { title: String royalties: Int ${guard('can_filter')} }
input TrackInput { id: ID title: String royalties: Int royaltiesOf: [Share!] }
extend input TrackInput { price: Int ${guard('can_price', ', object: "track:{$this.id}"')} }
input Share { label: ID part: Int ${guard('can_share', ', object: "label:{$this.label}"')} }
interface Media { plays(by: Rank): String }
type Artist implements Media @key(fields: "id") {
  id: ID!
  plays(by: Rank): String
  tracks(sortBy: Sort ${guard('can_view', '')}): String
}
`;

/** Every field says what it was given; \`ran\` gets the fields that ran. */
export function store(ran: string[] = []): GraphQLSchema {
  const tell = (name: string) => (_: unknown, args: object) => {
    ran.push(name);
    return JSON.stringify(args);
  };
  const artist = { __typename: 'Artist', id: 'a1' };
  const fields = ['tracks', 'label', 'search', 'standard', 'ranked', 'quiet', 'both', 'one'];
  return subgraph(storeTypes, {
    // WORTH is another name of what MONEY stands for.
    Rank: { PLAYS: 'p', MONEY: 'm', WORTH: 'm' },
    Query: {
      ...Object.fromEntries(fields.map((name) => [name, tell(name)])),
      artist: () => artist,
      media: () => [artist],
    },
    Mutation: { update: tell('update'), publish: tell('publish') },
    Subscription: {
      plays: {
        subscribe: async function* () {
          ran.push('subscribe');
          yield 1;
          yield 2;
        },
        resolve: tell('plays'),
      },
    },
    Artist: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      plays: tell('plays'),
      tracks: tell('of artist'),
    },
  });
}
