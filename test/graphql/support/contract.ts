import {
  type DefinitionNode,
  type DirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
} from 'graphql';

/** The names that the public schema keeps: types may gain fields and optional arguments, and lose nothing. */
export const contract = `
scalar postern__Permission
scalar postern__ObjectRef
scalar postern__OnDeny
directive @requiresPermission(permission: postern__Permission!, object: postern__ObjectRef, onDeny: postern__OnDeny)
  repeatable on FIELD_DEFINITION | OBJECT
scalar DateTime
scalar JSONObject
scalar ObjectRef
scalar SubjectRef
scalar ConsistencyToken

type Query {
  viewer: Viewer @shareable
  checkPermissions(input: CheckPermissionsInput!): CheckPermissionsPayload!
  explainPermission(subject: SubjectRef!, permission: String!, object: ObjectRef!, context: JSONObject): PermissionExplanation!
  accessibleObjects(subject: SubjectRef!, permission: String!, type: String!, context: JSONObject, first: Int, after: String): AccessibleObjectConnection!
  subjectsWithAccess(object: ObjectRef!, permission: String!, subjectType: String!, subjectRelation: String, context: JSONObject, first: Int, after: String): AccessSubjectConnection!
  accessRelationships(filter: AccessRelationshipFilter, first: Int, after: String): AccessRelationshipConnection! @tag(name: "postern-admin")
  authorizationModel(id: ID): AuthorizationModel @tag(name: "postern-admin")
  accessAuditEvents(filter: AccessAuditEventFilter, first: Int, after: String): AccessAuditEventConnection! @tag(name: "postern-admin")
}
type Viewer {
  subject: SubjectRef!
  can(permission: String!, object: ObjectRef!): Boolean!
  permissions(objects: [ObjectRef!]!): [ObjectPermissions!]!
  decisions(checks: [ViewerCheckInput!]!): [PermissionDecision!]!
  tracks(permission: TrackPermission!, first: Int, after: String): ViewerTrackConnection!
}
type ViewerTrackConnection { edges: [ViewerTrackEdge!]! pageInfo: PageInfo! }
type ViewerTrackEdge { cursor: String! node: Track! }
type ObjectPermissions { object: ObjectRef! granted: [String!]! }
input ViewerCheckInput { permission: String! object: ObjectRef! }
input CheckPermissionsInput {
  checks: [PermissionCheckInput!]!
  contextualRelationships: [AccessRelationshipInput!]
  consistency: CheckConsistencyInput
  modelId: ID
}
input PermissionCheckInput { subject: SubjectRef! permission: String! object: ObjectRef! context: JSONObject }
input CheckConsistencyInput { atLeastAsFresh: ConsistencyToken fullyConsistent: Boolean }
type CheckPermissionsPayload { decisions: [PermissionDecision!]! consistencyToken: ConsistencyToken! }
type PermissionDecision { allowed: Boolean! error: DecisionError }
type DecisionError { code: String! message: String! }
input AccessRelationshipFilter { object: ObjectRef relation: String subject: SubjectRef }
type AccessRelationshipConnection { edges: [AccessRelationshipEdge!]! pageInfo: PageInfo! }
type AccessRelationshipEdge { cursor: String! node: AccessRelationship! }
type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
type AccessRelationship {
  object: ObjectRef!
  relation: String!
  subject: SubjectRef!
  condition: AccessCondition
  expiresAt: DateTime
  createdAt: DateTime!
  createdBy: SubjectRef
}
type AccessibleObjectConnection { edges: [AccessibleObjectEdge!]! pageInfo: PageInfo! }
type AccessibleObjectEdge { cursor: String! node: ObjectRef! }
type AccessSubjectConnection { edges: [AccessSubjectEdge!]! pageInfo: PageInfo! }
type AccessSubjectEdge { cursor: String! node: SubjectRef! }
input AccessAuditEventFilter {
  object: ObjectRef
  subject: SubjectRef
  actor: String
  action: String
  outcome: AccessAuditOutcome
  from: DateTime
  to: DateTime
}
enum AccessAuditOutcome { DONE DENIED }
type AccessAuditEventConnection { edges: [AccessAuditEventEdge!]! pageInfo: PageInfo! }
type AccessAuditEventEdge { cursor: String! node: AccessAuditEvent! }
type AccessAuditEvent {
  id: ID!
  at: DateTime!
  actor: String!
  delegate: String
  action: String!
  outcome: AccessAuditOutcome!
  modelId: ID
  before: AccessAuditState!
  after: AccessAuditState!
  reason: String
  requestId: String
  consistencyToken: ConsistencyToken!
}
type AccessAuditState { relationships: [AccessAuditRelationship!]! modelIds: [ID!]! }
type AccessAuditRelationship { object: ObjectRef! relation: String! subject: SubjectRef! condition: AccessCondition expiresAt: DateTime }
type PermissionExplanation { decision: PermissionDecision! text: String! }
type AccessCondition { name: String! context: JSONObject }
type AuthorizationModel { id: ID! dsl: String! active: Boolean! createdAt: DateTime! }

type Track @key(fields: "id") { id: ID! permissions: TrackPermissions }
type TrackPermissions { canEdit: Boolean! canListen: Boolean! canViewOwnSplit: Boolean! }
enum TrackPermission { CAN_EDIT CAN_LISTEN CAN_VIEW_OWN_SPLIT }

type Mutation {
  grantRole(input: GrantRoleInput!): GrantRolePayload! @tag(name: "postern-admin")
  revokeRole(input: RevokeRoleInput!): RevokeRolePayload! @tag(name: "postern-admin")
  writeRelationships(input: WriteRelationshipsInput!): WriteRelationshipsPayload! @tag(name: "postern-admin")
  offboardSubject(input: OffboardSubjectInput!): OffboardSubjectPayload! @tag(name: "postern-admin")
  publishAuthorizationModel(input: PublishAuthorizationModelInput!): PublishAuthorizationModelPayload! @tag(name: "postern-admin")
  activateAuthorizationModel(input: ActivateAuthorizationModelInput!): ActivateAuthorizationModelPayload! @tag(name: "postern-admin")
}
input AccessRelationshipInput { object: ObjectRef! relation: String! subject: SubjectRef! condition: AccessConditionInput expiresAt: DateTime }
input AccessConditionInput { name: String! context: JSONObject }
input GrantRoleInput { object: ObjectRef! role: String! subject: SubjectRef! condition: AccessConditionInput expiresAt: DateTime reason: String idempotencyKey: String }
input RevokeRoleInput { object: ObjectRef! role: String! subject: SubjectRef! reason: String idempotencyKey: String }
input WriteRelationshipsInput {
  writes: [AccessRelationshipInput!]
  deletes: [AccessRelationshipInput!]
  onDuplicate: OnDuplicate
  onMissing: OnMissing
  reason: String
  idempotencyKey: String
}
input OffboardSubjectInput { subject: SubjectRef! dryRun: Boolean reason: String idempotencyKey: String }
enum OnDuplicate { ERROR IGNORE }
enum OnMissing { ERROR IGNORE }
input PublishAuthorizationModelInput { dsl: String modules: [AuthorizationModelModuleInput!] activate: Boolean dryRun: Boolean reason: String }
input AuthorizationModelModuleInput { name: String! dsl: String! }
input ActivateAuthorizationModelInput { id: ID! }
type GrantRolePayload { relationship: AccessRelationship consistencyToken: ConsistencyToken userErrors: [AccessUserError!]! }
type RevokeRolePayload { relationship: AccessRelationship consistencyToken: ConsistencyToken userErrors: [AccessUserError!]! }
type WriteRelationshipsPayload { written: Int deleted: Int consistencyToken: ConsistencyToken userErrors: [AccessUserError!]! }
type OffboardSubjectPayload { consistencyToken: ConsistencyToken userErrors: [AccessUserError!]! }
type PublishAuthorizationModelPayload { model: AuthorizationModel consistencyToken: ConsistencyToken userErrors: [AccessUserError!]! }
type ActivateAuthorizationModelPayload { model: AuthorizationModel consistencyToken: ConsistencyToken userErrors: [AccessUserError!]! }
type AccessUserError { code: AccessUserErrorCode! message: String! field: [String!] }
`;

/** Coordinates of everything that `sdl` lacks or spells in another way than `kept`. */
export function findBreaks(kept: string, sdl: string): readonly string[] {
  const actual = coordinatesOf(sdl);
  const wanted = coordinatesOf(kept);
  const missing = [...wanted].filter(([coordinate, type]) => actual.get(coordinate) !== type);
  const demanding = [...actual].filter(([coordinate, type]) => {
    const isNew = !wanted.has(coordinate) && wanted.has(coordinate.replace(/\(\w+\)$|\.\w+$/, ''));
    return isNew && isArgument(coordinate, actual) && type.endsWith('!');
  });
  return [...missing, ...demanding].map(([coordinate]) => coordinate);
}

function isArgument(coordinate: string, actual: ReadonlyMap<string, string>): boolean {
  return coordinate.endsWith(')') || actual.get(coordinate.split('.')[0] ?? '') === Kind.INPUT_OBJECT_TYPE_DEFINITION;
}

/** `Viewer.can(object)` to its type, for everything that has a name; directives by their own text. */
function coordinatesOf(sdl: string): ReadonlyMap<string, string> {
  return new Map(parse(sdl, { noLocation: true }).definitions.flatMap((definition) => [...entriesOf(definition)]));
}

function* entriesOf(definition: DefinitionNode): Generator<readonly [string, string]> {
  if (!('name' in definition) || definition.name === undefined) return;
  const name = definition.name.value;
  yield [name, definition.kind.replace('Extension', 'Definition')];
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
    yield [`@${name}`, `${definition.repeatable} ${definition.locations.map(({ value }) => value).join()}`];
    for (const argument of definition.arguments ?? [])
      yield* entriesOfField(`@${name}(${argument.name.value})`, argument);
  }
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
    for (const value of definition.values ?? []) yield [`${name}.${value.name.value}`, ''];
  }
  if ('directives' in definition) yield* entriesOfDirectives(name, definition.directives);
  if (!('fields' in definition)) return;
  for (const field of definition.fields ?? []) yield* entriesOfField(`${name}.${field.name.value}`, field);
}

function* entriesOfField(
  coordinate: string,
  field: FieldDefinitionNode | InputValueDefinitionNode,
): Generator<readonly [string, string]> {
  yield [coordinate, print(field.type)];
  yield* entriesOfDirectives(coordinate, field.directives);
  if (field.kind !== Kind.FIELD_DEFINITION) return;
  for (const argument of field.arguments ?? []) yield [`${coordinate}(${argument.name.value})`, print(argument.type)];
}

function* entriesOfDirectives(
  coordinate: string,
  directives: readonly DirectiveNode[] | undefined,
): Generator<readonly [string, string]> {
  for (const directive of directives ?? []) yield [`${coordinate}${print(directive)}`, ''];
}
