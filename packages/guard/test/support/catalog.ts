import type { GraphQLSchema } from 'graphql';
import { subgraph } from './guarded-subgraph.ts';

const typeDefs = `
type Query {
  track(id: ID!): Track
  tracks: [Track!]!
  media: [Media!]!
  results: [Result!]!
  work: Work
  report(id: ID = "r1"): Int @requiresPermission(permission: "can_read", object: "report:{$args.id}")
  statements(input: StatementsInput!): String @requiresPermission(permission: "can_read", object: "account:{$args.input.items.id}")
  ids(ids: [[ID]]): String @requiresPermission(permission: "can_read", object: "track:{$args.ids}")
  figures: Int @requiresPermission(permission: "can_see_figures", object: "platform:main")
  quiet: Int @requiresPermission(permission: "can_see_figures", object: "platform:main", onDeny: "NULL")
  mine: [Track] @requiresPermission(permission: "can_listen", onDeny: "FILTER")
  drafts: [Draft!]! @requiresPermission(permission: "can_read", object: "track:{$this.trackIds}", onDeny: "FILTER")
}
input StatementsInput { items: [StatementInput!]! note: String }
input StatementInput { id: ID }
type Draft { title: String trackIds: [ID] }
type Mutation {
  rename(id: ID!, title: String): Track @requiresPermission(permission: "can_edit", object: "track:{$args.id}")
  touch: Int
  failing: Int
}
interface Media { title: String }
type Track implements Media @key(fields: "id") {
  id: ID!
  title: String
  labelId: ID
  album: Album
  albums: [Album]
  royalties: Int @requiresPermission(permission: "can_view_royalties")
  contract: String
    @requiresPermission(permission: "can_view_contract")
    @requiresPermission(permission: "can_audit", object: "label:{$this.labelId}")
  sleeve: String @requiresPermission(permission: "can_edit", object: "album:{$this.album.id}")
  sleeves: String @requiresPermission(permission: "can_edit", object: "album:{$this.albums.id}")
  split(to: ID!): Int @requiresPermission(permission: "can_view_split", object: "artist:{$args.to}")
  weight: Int @external
  price: Int @requires(fields: "weight") @requiresPermission(permission: "can_view_royalties")
}
type Album { id: Int! }
type Work implements Media @key(fields: "isrc") @requiresPermission(permission: "can_see", object: "work:{$this.number}") {
  isrc: ID!
  number: Int
  title: String
  notes: String @requiresPermission(permission: "can_read_notes")
}
union Result = Track | Work
`;

export const tracks = [
  {
    __typename: 'Track',
    id: '1',
    title: 'One',
    labelId: 'a',
    album: { id: 7 },
    albums: [{ id: 7 }, { id: 8 }],
    royalties: 10,
    contract: 'C1',
    sleeve: 'S1',
    sleeves: 'SS1',
    split: 5,
  },
  {
    __typename: 'Track',
    id: '2',
    title: 'Two',
    labelId: null,
    album: null,
    albums: [{ id: 7 }, null],
    royalties: 20,
    contract: 'C2',
    sleeve: 'S2',
    sleeves: 'SS2',
    split: 5,
  },
  {
    __typename: 'Track',
    id: '3',
    title: 'Three',
    labelId: 'b',
    albums: [],
    royalties: 30,
    contract: 'C3',
    sleeve: 'S3',
    sleeves: 'SS3',
    split: 5,
  },
];

const work = { __typename: 'Work', isrc: 'w', number: 9, title: 'Opus', notes: 'N' };

/** Every kind of guard, over three tracks and a work; `ran` gets the mutations that ran. */
export function catalog(ran: string[] = []): GraphQLSchema {
  const find = (id: unknown) => tracks.find((track) => track.id === id) ?? null;
  return subgraph(typeDefs, {
    Query: {
      track: (_, { id }) => find(id),
      tracks: () => tracks,
      media: () => [tracks[0], work],
      results: () => [tracks[0], work],
      work: () => work,
      report: () => 1,
      statements: () => 'statements',
      ids: () => 'ids',
      figures: () => 1,
      quiet: () => 1,
      mine: () => [tracks[0], null, Promise.resolve(tracks[1]), tracks[2]],
      drafts: async () => [
        { title: 'D1', trackIds: ['1'] },
        { title: 'D2', trackIds: ['1', '2'] },
        { title: 'D3', trackIds: [] },
        { title: 'D4', trackIds: ['1', null] },
      ],
    },
    Mutation: {
      rename: (_, { id }) => {
        ran.push(`rename ${id}`);
        return find(id);
      },
      touch: () => ran.push('touch'),
      failing: () => {
        ran.push('failing');
        throw new Error('The change failed.');
      },
    },
    Track: {
      __resolveReference: (reference: { id: string; weight?: number }) => ({ ...find(reference.id), ...reference }),
      price: ({ weight }) => weight * 2,
    },
  });
}
