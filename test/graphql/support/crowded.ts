/** What a company's supergraph may have before Postern comes; each part can be replaced. */
export interface CrowdedParts {
  readonly viewerField?: string;
  readonly viewerType?: string;
  readonly pageInfo?: string;
  readonly more?: string;
}

/** A subgraph with the names that every supergraph has, its own viewer among them, and a field that is guarded. */
export function crowdedSdl(parts: CrowdedParts = {}): string {
  const { viewerField = 'viewer: Viewer @shareable', more = '' } = parts;
  const { viewerType = 'type Viewer { name: String settings: JSONObject }' } = parts;
  const { pageInfo = pageInfoOf('@shareable') } = parts;
  return `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@composeDirective"])
      @link(url: "https://specs.postern.dev/postern/v1.0", import: ["@requiresPermission"])
      @composeDirective(name: "@requiresPermission")
    scalar postern__Permission
    scalar postern__ObjectRef
    scalar postern__OnDeny
    directive @requiresPermission(
      permission: postern__Permission!
      object: postern__ObjectRef
      onDeny: postern__OnDeny
    ) repeatable on FIELD_DEFINITION | OBJECT

    type Query {
      ${viewerField}
      node(id: ID!): Node
      users(first: Int): UserConnection!
      model(id: ID!): Model
    }
    type Mutation {
      retitleTrack(id: ID!, title: String!): RenamePayload!
        @requiresPermission(permission: "can_edit", object: "track:{$args.id}")
    }
    ${viewerType}
    ${pageInfo}
    ${more}
    interface Node { id: ID! }
    type User implements Node @key(fields: "id") { id: ID! name: String likes: [Track!]! createdAt: DateTime }
    type UserConnection { edges: [UserEdge!]! pageInfo: PageInfo! }
    type UserEdge { cursor: String! node: User! }
    type Model { id: ID! relationships: [Relationship!]! }
    type Relationship { from: Model to: Model }
    type UserError { message: String! }
    type RenamePayload { track: Track userErrors: [UserError!]! }
    type Track @key(fields: "id") {
      id: ID!
      royalties: Int @requiresPermission(permission: "can_view_royalties", onDeny: "NULL")
    }
    type Contract implements Node @key(fields: "id") { id: ID! album: Album signedAt: DateTime }
    type Album @key(fields: "id", resolvable: false) { id: ID! }
    scalar DateTime @specifiedBy(url: "https://scalars.graphql.org/andimarek/date-time")
    scalar JSONObject
  `;
}

export function pageInfoOf(directive: string, endCursor = 'endCursor: String'): string {
  return `type PageInfo ${directive} { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String ${endCursor} }`;
}
