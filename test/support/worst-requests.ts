import { type GraphQLSchema, getOperationAST, parse } from 'graphql';
import { chargeOperation } from '../../src/graphql/admit-operation.ts';
import { limits } from '../../src/model/limits.ts';

/** The most that a request about one field may ask, for somebody without rights. */
export interface WorstRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly isStream: boolean;
}

/** How a field is asked for most; `own` is whoever asks. */
interface Ask {
  readonly field: (own: string) => string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly declared?: string;
}

const range = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, n) => make(n));

const checks = range(1000, (n) => ({ permission: n % 2 === 0 ? 'can_edit' : 'can_delete', object: `track:${n}` }));
const objects = range(100, (n) => `track:${n}`);
const relationships = range(1000, (n) => ({ object: `track:${n}`, relation: 'owner', subject: 'user:nobody' }));
const wide = 'type user\n'.concat(
  ...range(150, (n) => `type t${n}\n  relations\n    define r: [user]\n    define can_r: r\n`),
);
const dsl = `model\n  schema 1.1\n${wide}`;
const track = '{ object: "track:1", role: "owner", subject: "user:nobody" }';

/** Every root field and every field of the viewer. */
export const asks: ReadonlyMap<string, Ask> = new Map<string, Ask>([
  ['Query.viewer', { field: () => 'viewer { subject }' }],
  ['Query._service', { field: () => '_service { sdl }' }],
  [
    'Query._entities',
    {
      field: () => '_entities(representations: $r) { ... on Track { permissions { canEdit canDelete } } }',
      declared: '$r: [_Any!]!',
      variables: { r: range(500, (n) => ({ __typename: 'Track', id: String(n) })) },
    },
  ],
  [
    'Query.checkPermissions',
    {
      field: (own) =>
        `checkPermissions(input: { checks: [{ subject: "${own}", permission: "can_edit", object: "track:1" }] }) { consistencyToken }`,
    },
  ],
  [
    'Query.explainPermission',
    { field: (own) => `explainPermission(subject: "${own}", permission: "can_edit", object: "track:7") { text }` },
  ],
  [
    'Query.accessibleObjects',
    {
      field: (own) =>
        `accessibleObjects(subject: "${own}", permission: "can_edit", type: "track", first: 100) { isCutShort }`,
    },
  ],
  [
    'Query.subjectsWithAccess',
    {
      field: () =>
        'subjectsWithAccess(object: "track:1", permission: "can_edit", subjectType: "user", first: 100) { isCutShort }',
    },
  ],
  ['Query.accessRelationships', { field: () => 'accessRelationships(first: 100) { isCutShort }' }],
  [
    'Query.accessReview',
    { field: () => 'accessReview(object: "folder:0", includeContained: true, first: 100) { isCutShort }' },
  ],
  [
    'Query.findings',
    {
      field: () =>
        'findings(object: "folder:0", kinds: [TOXIC_PAIR, ESCALATION, OUTSIDER, DORMANT_SUBJECT, UNUSED_GRANT, REDUNDANT_GRANT, PEER_OUTLIER, ROLE_SET, WITHOUT_END, BLAST_RADIUS], steps: 5, first: 100) { isComplete }',
    },
  ],
  [
    'Query.simulateChange',
    {
      field: () => 'simulateChange(input: { writes: $w, within: "folder:0" }) { isComplete }',
      declared: '$w: [AccessRelationshipInput!]!',
      variables: { w: relationships.slice(0, 100) },
    },
  ],
  [
    'Query.objectRoles',
    { field: () => 'objectRoles(object: "folder:0") { role gives { here below { permissions } } }' },
  ],
  [
    'Query.knownObjects',
    { field: () => 'knownObjects(type: "track", within: "folder:0", first: 100) { isCutShort edges { node } }' },
  ],
  ['Query.subjectHoldings', { field: (own) => `subjectHoldings(subject: "${own}", first: 100) { isComplete }` }],
  [
    'Query.accessEntities',
    {
      field: () => 'accessEntities(objects: $o) { __typename }',
      declared: '$o: [ObjectRef!]!',
      variables: { o: objects },
    },
  ],
  ['Query.accessEntityTypes', { field: () => 'accessEntityTypes { type name }' }],
  ['Query.accessAuditEvent', { field: () => 'accessAuditEvent(id: "1") { id }' }],
  ['Query.auditLogHead', { field: () => 'auditLogHead { hash length }' }],
  [
    'Query.authorizationModel',
    {
      field: () =>
        'authorizationModel { dsl modules { dsl } types { relations { definition gives { here } } } conditions { name } }',
    },
  ],
  ['Query.accessAuditEvents', { field: () => 'accessAuditEvents(first: 100) { isCutShort }' }],
  ['Query.authorizationModels', { field: () => 'authorizationModels(first: 100) { edges { node { dsl } } }' }],
  ['Viewer.subject', { field: () => 'subject' }],
  [
    'Viewer.objects',
    { field: () => 'objects(type: "track", permission: "can_edit", first: 100) { isCutShort edges { node } }' },
  ],
  ['Viewer.can', { field: () => 'can(permission: "can_edit", object: "track:7")' }],
  [
    'Viewer.permissions',
    { field: () => 'permissions(objects: $o) { granted }', declared: '$o: [ObjectRef!]!', variables: { o: objects } },
  ],
  [
    'Viewer.decisions',
    {
      field: () => 'decisions(checks: $c) { allowed error { code } }',
      declared: '$c: [ViewerCheckInput!]!',
      variables: { c: checks },
    },
  ],
  [
    'Viewer.permissionFingerprint',
    {
      field: () => 'permissionFingerprint(checks: $c) { value }',
      declared: '$c: [ViewerCheckInput!]!',
      variables: { c: checks },
    },
  ],
  ...['tracks', 'folders', 'platforms'].map((list): [string, Ask] => [
    `Viewer.${list}`,
    {
      field: () =>
        `${list}(permission: ${list === 'platforms' ? 'CAN_CHECK_ANY_SUBJECT' : 'CAN_EDIT'}, first: 100) { isCutShort edges { node { id } } }`,
    },
  ]),
  ['Mutation.grantRole', { field: () => `grantRole(input: ${track}) { userErrors { code } }` }],
  ['Mutation.revokeRole', { field: () => `revokeRole(input: ${track}) { userErrors { code } }` }],
  [
    'Mutation.extendGrant',
    {
      field: () =>
        `extendGrant(input: { object: "track:1", role: "owner", subject: "user:victim", expiresAt: null }) { userErrors { code } }`,
    },
  ],
  [
    'Mutation.transferRole',
    {
      field: () =>
        'transferRole(input: { object: "track:1", role: "owner", from: "user:victim", to: "user:nobody" }) { userErrors { code } }',
    },
  ],
  [
    'Mutation.offboardSubject',
    { field: () => 'offboardSubject(input: { subject: "user:victim" }) { userErrors { code } }' },
  ],
  ['Mutation.retireObject', { field: () => 'retireObject(input: { object: "track:1" }) { userErrors { code } }' }],
  [
    'Mutation.writeRelationships',
    {
      field: () => 'writeRelationships(input: { writes: $w }) { userErrors { code } }',
      declared: '$w: [AccessRelationshipInput!]!',
      variables: { w: relationships },
    },
  ],
  [
    'Mutation.publishAuthorizationModel',
    {
      field: () => 'publishAuthorizationModel(input: { dsl: $d, dryRun: true }) { userErrors { code } }',
      declared: '$d: String!',
      variables: { d: dsl },
    },
  ],
  [
    'Mutation.activateAuthorizationModel',
    { field: () => 'activateAuthorizationModel(input: { id: "1", dryRun: true }) { userErrors { code } }' },
  ],
  [
    'Mutation.proposeChange',
    {
      field: () => 'proposeChange(input: { writes: $w, reason: "x" }) { userErrors { code } }',
      declared: '$w: [AccessRelationshipInput!]!',
      variables: { w: relationships.slice(0, 100) },
    },
  ],
  [
    'Mutation.approveProposal',
    { field: () => 'approveProposal(input: { id: "1", digest: "x" }) { userErrors { code } }' },
  ],
  ['Mutation.rejectProposal', { field: () => 'rejectProposal(input: { id: "1" }) { userErrors { code } }' }],
  ['Mutation.withdrawProposal', { field: () => 'withdrawProposal(input: { id: "1" }) { userErrors { code } }' }],
  ['Query.proposal', { field: () => 'proposal(id: "1") { id }' }],
  ['Query.proposals', { field: () => 'proposals(first: 100) { edges { node { id writes { object } } } }' }],
  ['Subscription.relationshipChanges', { field: () => 'relationshipChanges { consistencyToken }' }],
  [
    'Subscription.accessChanges',
    { field: () => 'accessChanges(object: "folder:1", includeContained: true) { consistencyToken }' },
  ],
  ['Subscription.accessAuditEventAdded', { field: () => 'accessAuditEventAdded { cursor }' }],
  [
    'Subscription.viewerPermissionsChanged',
    {
      field: () => 'viewerPermissionsChanged(objects: $o) { granted }',
      declared: '$o: [ObjectRef!]!',
      variables: { o: objects },
    },
  ],
]);

/** A request with the field as often as it is accepted; subscriptions have one. */
export function worstRequest(schema: GraphQLSchema, place: string, own: string): WorstRequest {
  const [type = ''] = place.split('.');
  const ask = asks.get(place);
  if (ask === undefined) throw new Error(`Nobody has said what the worst request for "${place}" is.`);
  const { field, variables = {}, declared } = ask;
  const queryOf = (times: number) => {
    const fields = range(times, (n) => `a${n}: ${field(own)}`).join(' ');
    const operation = { Mutation: 'mutation', Subscription: 'subscription' }[type] ?? 'query';
    const inside = type === 'Viewer' ? `viewer { ${fields} }` : fields;
    return `${operation}${declared === undefined ? '' : ` (${declared})`} { ${inside} }`;
  };
  const times = type === 'Subscription' ? 1 : mostTimes((count) => isAccepted(schema, queryOf(count), variables));
  return { query: queryOf(times), variables, isStream: type === 'Subscription' };
}

/** The largest number that is accepted: all below it are, too. */
function mostTimes(accepts: (times: number) => boolean): number {
  let [accepted, refused] = [1, 1024];
  while (refused - accepted > 1) {
    const middle = Math.floor((accepted + refused) / 2);
    if (accepts(middle)) accepted = middle;
    else refused = middle;
  }
  return accepted;
}

function isAccepted(schema: GraphQLSchema, query: string, variables: Readonly<Record<string, unknown>>): boolean {
  try {
    const document = parse(query, { maxTokens: limits.documentTokens.most });
    const operation = getOperationAST(document);
    if (!operation) return false;
    return chargeOperation({ schema, document, operation, variables }, undefined) === undefined;
  } catch {
    return false;
  }
}
