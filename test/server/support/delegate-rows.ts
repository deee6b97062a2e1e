/** Whether somebody's agent may do what they may: as they do, with the rights of both, or never. */
export type DelegateAccess = 'same' | 'both' | 'never';

export interface DelegateRow {
  /** `Mutation.grantRole` */
  readonly field: string;
  readonly access: DelegateAccess;
  /** What has to be stored first. */
  readonly given?: (cell: DelegateCell) => readonly string[];
  readonly query: (cell: DelegateCell) => string;
  /** What is written, again and again, until a subscriber hears of it. */
  readonly during?: readonly string[];
}

export interface DelegateCell {
  /** A document that whoever has rights owns, and its id, which no other cell has. */
  readonly doc: string;
  readonly own: string;
  /** Who asks, without whoever acts. */
  readonly caller: string;
  /** A token from before all cells. */
  readonly token: string;
}

export const delegateModel = `model
  schema 1.1
type user
type agent
  relations
    define principal: [user]
    define can_act_for: principal
type platform
  relations
    define operator: [user, agent]
    define can_check_any_subject: operator
    define can_read_relationships: operator
    define can_write_relationships: operator
    define can_publish_model: operator
    define can_read_model: operator
    define can_read_audit_log: operator
type doc
  relations
    define owner: [user, agent]
    define editor: [user]
    define can_edit: editor or owner
    define can_manage_access: owner
    define can_read_audit_log: owner
`;

const errors = '{ userErrors { code } }';
const inFuture = '2099-01-01T00:00:00Z';
const role = ({ doc, own }: DelegateCell, suffix: string) =>
  `object: "${doc}", role: "editor", subject: "user:${own}${suffix}"`;
const held =
  (suffix: string) =>
  ({ doc, own }: DelegateCell) => [`${doc}#editor@user:${own}${suffix}`];

/** Every field of the schema's roots, and of the viewer, each at least once. */
export const delegateRows: readonly DelegateRow[] = [
  { field: 'Query.viewer', access: 'same', query: () => '{ viewer { subject } }' },
  { field: 'Viewer.subject', access: 'same', query: () => '{ viewer { subject } }' },
  {
    field: 'Viewer.can',
    access: 'both',
    query: ({ doc }) => `{ viewer { can(permission: "can_edit", object: "${doc}") } }`,
  },
  {
    field: 'Viewer.permissions',
    access: 'both',
    query: ({ doc }) => `{ viewer { permissions(objects: ["${doc}"]) { granted } } }`,
  },
  {
    field: 'Viewer.decisions',
    access: 'both',
    query: ({ doc }) =>
      `{ viewer { decisions(checks: [{ permission: "can_edit", object: "${doc}" }]) { allowed error { code } } } }`,
  },
  {
    field: 'Viewer.permissionFingerprint',
    access: 'both',
    // About what all of them ask: a fingerprint is of its questions as well.
    query: () =>
      '{ viewer { permissionFingerprint(checks: [{ permission: "can_check_any_subject", object: "platform:main" }]) { value } } }',
  },
  {
    field: 'Viewer.objects',
    access: 'both',
    query: () => '{ viewer { objects(type: "doc", permission: "can_edit", first: 1) { edges { node } } } }',
  },
  {
    field: 'Viewer.docs',
    access: 'both',
    query: () => '{ viewer { docs(permission: CAN_EDIT, first: 1) { edges { node { id } } } } }',
  },
  {
    field: 'Query._entities',
    access: 'both',
    query: ({ own }) =>
      `{ _entities(representations: [{ __typename: "Doc", id: "${own}" }]) { ... on Doc { permissions { canEdit } } } }`,
  },
  {
    field: 'Query.checkPermissions',
    access: 'both',
    query: () =>
      '{ checkPermissions(input: { checks: [{ subject: "user:x", permission: "can_edit", object: "doc:x" }] }) { decisions { allowed } } }',
  },
  {
    field: 'Query.checkPermissions',
    access: 'both',
    query: ({ doc, caller }) =>
      `{ checkPermissions(input: { checks: [{ subject: "${caller}", permission: "can_edit", object: "${doc}" }] }) { decisions { allowed } } }`,
  },
  {
    field: 'Query.explainPermission',
    access: 'both',
    query: ({ doc, caller }) =>
      `{ explainPermission(subject: "${caller}", permission: "can_edit", object: "${doc}") { decision { allowed } } }`,
  },
  {
    field: 'Query.explainPermission',
    access: 'both',
    query: ({ doc }) =>
      `{ explainPermission(subject: "user:x", permission: "can_edit", object: "${doc}") { decision { allowed } } }`,
  },
  {
    field: 'Query.accessibleObjects',
    access: 'both',
    query: () => '{ accessibleObjects(subject: "user:x", permission: "can_edit", type: "doc") { isCutShort } }',
  },
  {
    field: 'Query.subjectsWithAccess',
    access: 'both',
    query: ({ doc }) =>
      `{ subjectsWithAccess(object: "${doc}", permission: "can_edit", subjectType: "user") { isCutShort } }`,
  },
  { field: 'Query.accessRelationships', access: 'both', query: () => '{ accessRelationships { isCutShort } }' },
  {
    field: 'Query.accessReview',
    access: 'both',
    query: ({ doc }) => `{ accessReview(object: "${doc}") { isComplete } }`,
  },
  {
    field: 'Query.simulateChange',
    access: 'both',
    query: ({ doc }) =>
      `{ simulateChange(input: { writes: [{ object: "${doc}", relation: "editor", subject: "user:x" }] }) { isComplete } }`,
  },
  {
    field: 'Query.findings',
    access: 'both',
    query: ({ doc }) => `{ findings(object: "${doc}") { edges { node { kind } } } }`,
  },
  { field: 'Query.objectRoles', access: 'both', query: ({ doc }) => `{ objectRoles(object: "${doc}") { role } }` },
  {
    field: 'Query.knownObjects',
    access: 'both',
    query: ({ own }) => `{ knownObjects(type: "doc", startsWith: "${own}") { edges { node } } }`,
  },
  {
    field: 'Query.knownObjects',
    access: 'both',
    query: ({ doc }) => `{ knownObjects(type: "user", within: "${doc}") { isCutShort } }`,
  },
  {
    field: 'Query.subjectHoldings',
    access: 'both',
    given: held(''),
    query: ({ doc, own }) => `{ subjectHoldings(subject: "user:${own}", within: "${doc}") { isComplete } }`,
  },
  {
    field: 'Query.accessEntities',
    access: 'both',
    query: ({ doc }) => `{ accessEntities(objects: ["${doc}"]) { ... on Doc { permissions { canEdit } } } }`,
  },
  { field: 'Query.accessEntityTypes', access: 'same', query: () => '{ accessEntityTypes { name } }' },
  { field: 'Query.authorizationModel', access: 'both', query: () => '{ authorizationModel { id } }' },
  {
    field: 'Query.authorizationModels',
    access: 'both',
    query: () => '{ authorizationModels { pageInfo { hasNextPage } } }',
  },
  { field: 'Query.accessAuditEvent', access: 'both', query: () => '{ accessAuditEvent(id: "1") { id } }' },
  { field: 'Query.auditLogHead', access: 'both', query: () => '{ auditLogHead { __typename } }' },
  { field: 'Query.accessAuditEvents', access: 'both', query: () => '{ accessAuditEvents { isCutShort } }' },
  {
    field: 'Query.accessAuditEvents',
    access: 'both',
    query: ({ doc }) => `{ accessAuditEvents(filter: { object: "${doc}" }) { isCutShort } }`,
  },
  {
    field: 'Mutation.grantRole',
    access: 'both',
    query: (cell) => `mutation { grantRole(input: { ${role(cell, '')} }) ${errors} }`,
  },
  {
    field: 'Mutation.grantRole',
    access: 'both',
    query: (cell) => `mutation { grantRole(input: { ${role(cell, '-try')}, dryRun: true }) ${errors} }`,
  },
  {
    field: 'Mutation.revokeRole',
    access: 'both',
    given: held('-out'),
    query: (cell) => `mutation { revokeRole(input: { ${role(cell, '-out')} }) ${errors} }`,
  },
  {
    field: 'Mutation.transferRole',
    access: 'both',
    given: held('-from'),
    query: ({ doc, own }) =>
      `mutation { transferRole(input: { object: "${doc}", role: "editor", from: "user:${own}-from", to: "user:${own}-to" }) ${errors} }`,
  },
  {
    field: 'Mutation.extendGrant',
    access: 'both',
    given: held('-long'),
    query: (cell) => `mutation { extendGrant(input: { ${role(cell, '-long')}, expiresAt: "${inFuture}" }) ${errors} }`,
  },
  {
    field: 'Mutation.writeRelationships',
    access: 'both',
    query: ({ doc, own }) =>
      `mutation { writeRelationships(input: { writes: [{ object: "${doc}", relation: "editor", subject: "user:${own}-by-hand" }] }) ${errors} }`,
  },
  ...[true, false].flatMap((dryRun): readonly DelegateRow[] => [
    {
      field: 'Mutation.offboardSubject',
      access: 'never',
      given: held('-gone'),
      query: ({ own }) =>
        `mutation { offboardSubject(input: { subject: "user:${own}-gone", dryRun: ${dryRun} }) ${errors} }`,
    },
    {
      field: 'Mutation.retireObject',
      access: 'never',
      given: ({ own }) => [`doc:${own}-old#owner@user:ann`],
      query: ({ own }) => `mutation { retireObject(input: { object: "doc:${own}-old", dryRun: ${dryRun} }) ${errors} }`,
    },
    {
      field: 'Mutation.publishAuthorizationModel',
      access: 'never',
      query: () =>
        `mutation { publishAuthorizationModel(input: { dsl: ${JSON.stringify(delegateModel)}, dryRun: ${dryRun} }) ${errors} }`,
    },
    {
      field: 'Mutation.activateAuthorizationModel',
      access: 'never',
      query: () => `mutation { activateAuthorizationModel(input: { id: 1, dryRun: ${dryRun} }) ${errors} }`,
    },
  ]),
  {
    field: 'Mutation.proposeChange',
    access: 'both',
    query: ({ doc, own }) =>
      `mutation { proposeChange(input: { writes: [{ object: "${doc}", relation: "editor", subject: "user:${own}-new" }], reason: "Because." }) ${errors} }`,
  },
  // Of what there is not; whose proposals somebody sees, and withdraws, is told by tests of their own.
  { field: 'Query.proposal', access: 'same', query: () => '{ proposal(id: "999999") { id } }' },
  { field: 'Query.proposals', access: 'same', query: () => '{ proposals(object: "doc:none") { edges { cursor } } }' },
  {
    field: 'Mutation.withdrawProposal',
    access: 'same',
    query: () => `mutation { withdrawProposal(input: { id: "999999" }) ${errors} }`,
  },
  {
    field: 'Mutation.approveProposal',
    access: 'never',
    query: () => `mutation { approveProposal(input: { id: "999999", digest: "x" }) ${errors} }`,
  },
  {
    field: 'Mutation.rejectProposal',
    access: 'never',
    query: () => `mutation { rejectProposal(input: { id: "999999" }) ${errors} }`,
  },
  {
    field: 'Subscription.relationshipChanges',
    access: 'both',
    query: ({ token }) => `subscription { relationshipChanges(after: "${token}") { __typename } }`,
  },
  {
    field: 'Subscription.accessChanges',
    access: 'both',
    query: ({ doc, token }) => `subscription { accessChanges(object: "${doc}", after: "${token}") { __typename } }`,
  },
  {
    field: 'Subscription.accessAuditEventAdded',
    access: 'both',
    during: ['doc:during#editor@user:during'],
    query: () => 'subscription { accessAuditEventAdded { __typename } }',
  },
  {
    field: 'Subscription.viewerPermissionsChanged',
    access: 'both',
    query: ({ doc }) => `subscription { viewerPermissionsChanged(objects: ["${doc}"]) { granted } }`,
  },
];

/** Every operation that somebody is the actor of, beside the fields that call it. */
export const delegateOperations: Readonly<Record<string, DelegateAccess>> = {
  activateModel: 'never',
  approveProposal: 'never',
  checkForAsker: 'both',
  checkPermissions: 'both',
  answerViewer: 'both',
  explainPermission: 'both',
  extendGrant: 'both',
  findHindrance: 'both',
  findStartOfAccessChanges: 'both',
  findStartOfAuditTail: 'both',
  findStartOfChanges: 'both',
  grantRole: 'both',
  listAccessibleObjects: 'both',
  listAuditEvents: 'both',
  listFindings: 'both',
  listHeldPermissions: 'both',
  listKnownObjects: 'both',
  listModels: 'both',
  listModelTypes: 'both',
  listObjectRoles: 'both',
  listObjectsForAsker: 'both',
  listProposals: 'both',
  listRelationships: 'both',
  listSubjectHoldings: 'both',
  listSubjectsWithAccess: 'both',
  listViewerObjects: 'both',
  listViewerPermissions: 'both',
  modelImpact: 'both',
  offboardSubject: 'never',
  previewProposedModel: 'both',
  proposeChange: 'both',
  publishModel: 'never',
  readAuditEvent: 'both',
  readAuditHead: 'both',
  readProposal: 'both',
  readPublishedModel: 'both',
  rejectProposal: 'never',
  retireObject: 'never',
  reviewAccess: 'both',
  revokeRole: 'both',
  simulateChange: 'both',
  simulateProposal: 'both',
  transferRole: 'both',
  watchAccessChanges: 'both',
  watchAuditEvents: 'both',
  watchRelationshipChanges: 'both',
  watchViewerPermissions: 'both',
  withdrawProposal: 'both',
  writeRelationships: 'both',
};

/** What operations are made of, and cursors of what was answered already. */
export const notOperations: ReadonlySet<string> = new Set([
  'findProposal',
  'findStartOfFeed',
  'followRevisions',
  'offboardingCursors',
  'previewModelWrite',
  'previewWrite',
  'readAs',
  'recordBreakGlassReads',
  'recordDenied',
  'refuseRecorded',
  'retirementCursors',
  'runWrite',
  'writeOrPreview',
]);
