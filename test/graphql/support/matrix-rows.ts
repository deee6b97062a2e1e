/** One line of the matrix: an operation, tried by every caller, each on data of its own. */
export interface MatrixRow {
  /** `Mutation.grantRole` */
  readonly operation: string;
  readonly what: string;
  /** What has to be stored first, for the caller with this number. */
  readonly given?: (cell: Cell) => readonly string[];
  readonly query: (cell: Cell) => string;
  /** What is written, again and again, until a subscriber hears of it. */
  readonly during?: readonly string[];
}

export interface Cell {
  /** A word that no other cell has. */
  readonly own: string;
  /** The caller, as a subject; somebody for nobody. */
  readonly caller: string;
  /** A token from before all cells. */
  readonly token: string;
}

const northwind = 'organization:northwind';
const team = 'team:nw-marketing';

const grant = (object: string, role: string, subject: (cell: Cell) => string) => (cell: Cell) =>
  `mutation { grantRole(input: { object: "${object}", role: "${role}", subject: "${subject(cell)}" }) { userErrors { code } } }`;
const user = ({ own }: Cell) => `user:${own}`;
const inFuture = '2099-01-01T00:00:00Z';
const model = 'model\\n  schema 1.1\\ntype user';

/** What everybody may ask about themselves. */
const viewerRows: readonly MatrixRow[] = [
  ['viewer', 'who am I', '{ viewer { subject } }', 'Query.viewer'],
  ['subject', 'who am I', '{ viewer { subject } }', 'Viewer.subject'],
  ['can', 'one permission', '{ viewer { can(permission: "can_listen", object: "track:aurora-1") } }', 'Viewer.can'],
  [
    'permissions',
    'all of an object',
    '{ viewer { permissions(objects: ["track:aurora-1"]) { granted } } }',
    'Viewer.permissions',
  ],
  [
    'decisions',
    'what the guard asks',
    '{ viewer { decisions(checks: [{ permission: "can_listen", object: "track:aurora-1" }]) { allowed } } }',
    'Viewer.decisions',
  ],
  [
    'permissionFingerprint',
    'what a cache asks',
    '{ viewer { permissionFingerprint(checks: [{ permission: "can_listen", object: "track:aurora-1" }]) { value } } }',
    'Viewer.permissionFingerprint',
  ],
  [
    'objects',
    'what may I edit',
    '{ viewer { objects(type: "track", permission: "can_edit") { isCutShort } } }',
    'Viewer.objects',
  ],
  ['tracks', 'what may I edit', '{ viewer { tracks(permission: CAN_EDIT) { isCutShort } } }', 'Viewer.tracks'],
].map(([, what, query, operation]) => ({ operation: operation ?? '', what: what ?? '', query: () => query ?? '' }));

const queryRows: readonly MatrixRow[] = [
  {
    operation: 'Query.checkPermissions',
    what: 'of anybody',
    query: () =>
      '{ checkPermissions(input: { checks: [{ subject: "user:eve", permission: "can_edit", object: "track:aurora-1" }] }) { decisions { allowed } } }',
  },
  {
    operation: 'Query.explainPermission',
    what: 'of oneself',
    query: ({ caller }) =>
      `{ explainPermission(subject: "${caller}", permission: "can_edit", object: "track:aurora-1") { text } }`,
  },
  {
    operation: 'Query.explainPermission',
    what: 'of another',
    query: () =>
      '{ explainPermission(subject: "user:eve", permission: "can_edit", object: "track:aurora-1") { text } }',
  },
  {
    operation: 'Query.explainPermission',
    what: 'of another, on an organization',
    query: () =>
      `{ explainPermission(subject: "user:eve", permission: "can_view_members", object: "${northwind}") { text } }`,
  },
  {
    operation: 'Query.explainPermission',
    what: 'of another, with a context',
    query: () =>
      `{ explainPermission(subject: "user:eve", permission: "can_view_members", object: "${northwind}", context: { x: 1 }) { text } }`,
  },
  {
    operation: 'Query.accessibleObjects',
    what: 'of another',
    query: () => '{ accessibleObjects(subject: "user:eve", permission: "can_edit", type: "track") { isCutShort } }',
  },
  {
    operation: 'Query.subjectsWithAccess',
    what: 'to a track',
    query: () =>
      '{ subjectsWithAccess(object: "track:aurora-1", permission: "can_edit", subjectType: "user") { isCutShort } }',
  },
  {
    operation: 'Query.subjectsWithAccess',
    what: 'to an organization',
    query: () =>
      `{ subjectsWithAccess(object: "${northwind}", permission: "can_view_members", subjectType: "user") { isCutShort } }`,
  },
  {
    operation: 'Query.accessRelationships',
    what: 'all',
    query: () => '{ accessRelationships { pageInfo { hasNextPage } } }',
  },
  {
    operation: 'Query.accessReview',
    what: 'of the organization',
    query: () => `{ accessReview(object: "${northwind}") { isComplete } }`,
  },
  {
    operation: 'Query.accessReview',
    what: 'of a team',
    query: () => `{ accessReview(object: "${team}") { isComplete } }`,
  },
  {
    operation: 'Query.simulateChange',
    what: 'of the organization',
    query: (cell) =>
      `{ simulateChange(input: { writes: [{ object: "${northwind}", relation: "member", subject: "${user(cell)}" }] }) { isComplete } }`,
  },
  {
    operation: 'Query.simulateChange',
    what: 'of a team',
    query: (cell) =>
      `{ simulateChange(input: { writes: [{ object: "${team}", relation: "member", subject: "${user(cell)}" }] }) { isComplete } }`,
  },
  {
    operation: 'Query.simulateChange',
    what: 'of a team, within the organization',
    query: (cell) =>
      `{ simulateChange(input: { writes: [{ object: "${team}", relation: "member", subject: "${user(cell)}" }], within: "${northwind}" }) { isComplete } }`,
  },
  {
    operation: 'Query.findings',
    what: 'in the organization',
    query: () => `{ findings(object: "${northwind}", kinds: [WITHOUT_END, OUTSIDER]) { isComplete } }`,
  },
  {
    operation: 'Query.findings',
    what: 'in a team',
    query: () => `{ findings(object: "${team}") { isComplete } }`,
  },
  {
    operation: 'Query.findings',
    what: 'in a team, by who is in the organization',
    query: () => `{ findings(object: "${team}", kinds: [OUTSIDER], insiders: "${northwind}#member") { isComplete } }`,
  },
  {
    operation: 'Query.objectRoles',
    what: 'of the organization',
    query: () => `{ objectRoles(object: "${northwind}") { role canGrant } }`,
  },
  { operation: 'Query.objectRoles', what: 'of a team', query: () => `{ objectRoles(object: "${team}") { role } }` },
  {
    operation: 'Query.knownObjects',
    what: 'everywhere',
    query: () => '{ knownObjects(type: "track") { isCutShort } }',
  },
  {
    operation: 'Query.knownObjects',
    what: 'within the organization',
    query: () => `{ knownObjects(type: "user", within: "${northwind}") { isCutShort } }`,
  },
  {
    operation: 'Query.knownObjects',
    what: 'within a team',
    query: () => `{ knownObjects(type: "user", within: "${team}") { isCutShort } }`,
  },
  {
    operation: 'Query.subjectHoldings',
    what: 'of a member of a team',
    given: (cell) => [`${team}#member@${user(cell)}`],
    query: (cell) => `{ subjectHoldings(subject: "${user(cell)}") { isComplete } }`,
  },
  {
    operation: 'Query.subjectHoldings',
    what: 'within the organization',
    query: () => `{ subjectHoldings(subject: "user:olga", within: "${northwind}") { isComplete } }`,
  },
  {
    operation: 'Query.accessEntities',
    what: 'of a track',
    query: () => '{ accessEntities(objects: ["track:1"]) { __typename } }',
  },
  { operation: 'Query.accessEntityTypes', what: 'all', query: () => '{ accessEntityTypes { type name key label } }' },
  { operation: 'Query.authorizationModel', what: 'the active one', query: () => '{ authorizationModel { id } }' },
  {
    operation: 'Query.authorizationModels',
    what: 'all',
    query: () => '{ authorizationModels { pageInfo { hasNextPage } } }',
  },
  { operation: 'Query.accessAuditEvent', what: 'the first', query: () => '{ accessAuditEvent(id: "1") { id } }' },
  {
    operation: 'Query.accessAuditEvent',
    what: 'the first, of the organization',
    query: () => `{ accessAuditEvent(id: "1", object: "${northwind}") { id } }`,
  },
  { operation: 'Query.auditLogHead', what: 'as it is', query: () => '{ auditLogHead { hash length } }' },
  { operation: 'Query.accessAuditEvents', what: 'all', query: () => '{ accessAuditEvents { isCutShort } }' },
  {
    operation: 'Query.accessAuditEvents',
    what: 'of the organization',
    query: () => `{ accessAuditEvents(filter: { object: "${northwind}" }) { isCutShort } }`,
  },
  {
    operation: 'Query.accessAuditEvents',
    what: 'about a user',
    query: (cell) => `{ accessAuditEvents(filter: { involving: "${user(cell)}" }) { isCutShort } }`,
  },
  {
    operation: 'Query.accessAuditEvents',
    what: 'of it, about a user',
    query: (cell) =>
      `{ accessAuditEvents(filter: { object: "${northwind}", involving: "${user(cell)}" }) { isCutShort } }`,
  },
];

const grantRows: readonly MatrixRow[] = [
  ['member of a team', grant(team, 'member', user)],
  ['lead of a team', grant(team, 'lead', user)],
  ['member of the organization', grant(northwind, 'member', user)],
  ['admin of the organization', grant(northwind, 'admin', user)],
  ['owner of the organization', grant(northwind, 'owner', user)],
  ['finance of the organization', grant(northwind, 'finance', user)],
  ['auditor, to oneself', grant(northwind, 'auditor', ({ caller }) => caller)],
  ['finance, to oneself', grant(northwind, 'finance', ({ caller }) => caller)],
  ['blocked', grant(northwind, 'blocked', user)],
  ['reader of the platform', grant('platform:main', 'reader', ({ own }) => `employee:${own}`)],
  ['operator of the platform', grant('platform:main', 'operator', ({ own }) => `employee:${own}`)],
  ['operator, to oneself', grant('platform:main', 'operator', ({ caller }) => caller)],
  ['structure', grant('team:other', 'organization', () => northwind)],
].map(([what, query]) => ({ operation: 'Mutation.grantRole', what: String(what), query: query as MatrixRow['query'] }));

const mutationRows: readonly MatrixRow[] = [
  {
    operation: 'Mutation.grantRole',
    what: 'preview, admin of the organization',
    query: (cell) =>
      `mutation { grantRole(input: { object: "${northwind}", role: "admin", subject: "${user(cell)}", dryRun: true }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.revokeRole',
    what: 'preview, member of a team',
    given: (cell) => [`${team}#member@${user(cell)}-pre`],
    query: (cell) =>
      `mutation { revokeRole(input: { object: "${team}", role: "member", subject: "${user(cell)}-pre", dryRun: true }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.transferRole',
    what: 'preview, member of the organization',
    given: (cell) => [`${northwind}#member@${user(cell)}-pre`],
    query: (cell) =>
      `mutation { transferRole(input: { object: "${northwind}", role: "member", from: "${user(cell)}-pre", to: "${user(cell)}-post", dryRun: true }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.extendGrant',
    what: 'preview, member of the organization',
    given: (cell) => [`${northwind}#member@${user(cell)}-pre-ext`],
    query: (cell) =>
      `mutation { extendGrant(input: { object: "${northwind}", role: "member", subject: "${user(cell)}-pre-ext", expiresAt: "${inFuture}", dryRun: true }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.writeRelationships',
    what: 'preview, of a track',
    query: (cell) =>
      `mutation { writeRelationships(input: { writes: [{ object: "track:aurora-1", relation: "payee", subject: "${user(cell)}-pre" }], dryRun: true }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.revokeRole',
    what: 'member of a team',
    given: (cell) => [`${team}#member@${user(cell)}`],
    query: (cell) =>
      `mutation { revokeRole(input: { object: "${team}", role: "member", subject: "${user(cell)}" }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.revokeRole',
    what: 'the last permanent owner',
    query: () =>
      `mutation { revokeRole(input: { object: "${northwind}", role: "owner", subject: "user:olga" }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.transferRole',
    what: 'member of the organization',
    given: (cell) => [`${northwind}#member@${user(cell)}`],
    query: (cell) =>
      `mutation { transferRole(input: { object: "${northwind}", role: "member", from: "${user(cell)}", to: "${user(cell)}-next" }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.extendGrant',
    what: 'member of the organization',
    given: (cell) => [`${northwind}#member@${user(cell)}-ext`],
    query: (cell) =>
      `mutation { extendGrant(input: { object: "${northwind}", role: "member", subject: "${user(cell)}-ext", expiresAt: "${inFuture}" }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.offboardSubject',
    what: 'preview of a member',
    given: (cell) => [`${team}#member@${user(cell)}-off`],
    query: (cell) =>
      `mutation { offboardSubject(input: { subject: "${user(cell)}-off", dryRun: true }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.offboardSubject',
    what: 'of a member',
    given: (cell) => [`${team}#member@${user(cell)}-gone`],
    query: (cell) => `mutation { offboardSubject(input: { subject: "${user(cell)}-gone" }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.retireObject',
    what: 'preview of a team',
    given: ({ own }) => [`team:${own}-old#organization@${northwind}`],
    query: ({ own }) =>
      `mutation { retireObject(input: { object: "team:${own}-old", dryRun: true }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.retireObject',
    what: 'of a team',
    given: ({ own }) => [`team:${own}-gone#organization@${northwind}`],
    query: ({ own }) => `mutation { retireObject(input: { object: "team:${own}-gone" }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.writeRelationships',
    what: 'of a track',
    query: (cell) =>
      `mutation { writeRelationships(input: { writes: [{ object: "track:aurora-1", relation: "payee", subject: "${user(cell)}" }] }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.writeRelationships',
    what: 'of the platform',
    query: ({ own }) =>
      `mutation { writeRelationships(input: { writes: [{ object: "platform:main", relation: "writer", subject: "service:${own}" }] }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.publishAuthorizationModel',
    what: 'dry run',
    query: () =>
      `mutation { publishAuthorizationModel(input: { dsl: "${model}", dryRun: true }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.publishAuthorizationModel',
    what: 'without activation',
    query: () => `mutation { publishAuthorizationModel(input: { dsl: "${model}" }) { userErrors { code } } }`,
  },
  {
    operation: 'Mutation.activateAuthorizationModel',
    what: 'the active one again',
    query: () => 'mutation { activateAuthorizationModel(input: { id: 1 }) { userErrors { code } } }',
  },
];

/** Who sees and decides on what is told by tests of their own: here, of a proposal that there is not. */
const proposalRows: readonly MatrixRow[] = [
  ['proposal', 'that there is not', '{ proposal(id: "999999") { id } }', 'Query.proposal'],
  ['proposals', "one's own", '{ proposals(mine: true) { edges { cursor } } }', 'Query.proposals'],
  ['proposals', 'to decide', '{ proposals(toDecide: true) { edges { cursor } } }', 'Query.proposals'],
  [
    'approveProposal',
    'that there is not',
    'mutation { approveProposal(input: { id: "999999", digest: "x" }) { userErrors { code } } }',
    'Mutation.approveProposal',
  ],
  [
    'rejectProposal',
    'that there is not',
    'mutation { rejectProposal(input: { id: "999999" }) { userErrors { code } } }',
    'Mutation.rejectProposal',
  ],
  [
    'withdrawProposal',
    'that there is not',
    'mutation { withdrawProposal(input: { id: "999999" }) { userErrors { code } } }',
    'Mutation.withdrawProposal',
  ],
].map(([, what, query, operation]) => ({ operation: operation ?? '', what: what ?? '', query: () => query ?? '' }));

const propose = (object: string, role: string, subject: (cell: Cell) => string) => (cell: Cell) =>
  `mutation { proposeChange(input: { writes: [{ object: "${object}", relation: "${role}", subject: "${subject(cell)}" }], reason: "matrix" }) { userErrors { code } } }`;

const proposeRows: readonly MatrixRow[] = [
  { operation: 'Mutation.proposeChange', what: 'member of a team', query: propose(team, 'member', user) },
  { operation: 'Mutation.proposeChange', what: 'admin of the organization', query: propose(northwind, 'admin', user) },
  {
    operation: 'Mutation.proposeChange',
    what: 'admin, for oneself',
    query: propose(northwind, 'admin', ({ caller }) => caller),
  },
  {
    operation: 'Mutation.proposeChange',
    what: 'a model',
    query: () =>
      `mutation { proposeChange(input: { model: { dsl: "${model}" }, reason: "matrix" }) { userErrors { code } } }`,
  },
];

const subscriptionRows: readonly MatrixRow[] = [
  {
    operation: 'Subscription.relationshipChanges',
    what: 'from a token on',
    query: ({ token }) => `subscription { relationshipChanges(after: "${token}") { consistencyToken } }`,
  },
  {
    operation: 'Subscription.accessChanges',
    what: 'of a team, from a token on',
    query: ({ token }) => `subscription { accessChanges(object: "${team}", after: "${token}") { consistencyToken } }`,
  },
  {
    operation: 'Subscription.accessChanges',
    what: 'of the whole organization',
    query: ({ token }) =>
      `subscription { accessChanges(object: "${northwind}", includeContained: true, after: "${token}") { consistencyToken } }`,
  },
  {
    operation: 'Subscription.accessAuditEventAdded',
    what: 'all',
    during: [`${northwind}#member@user:during`],
    query: () => 'subscription { accessAuditEventAdded { cursor } }',
  },
  {
    operation: 'Subscription.accessAuditEventAdded',
    what: 'of the organization',
    during: [`${northwind}#member@user:during`],
    query: () => `subscription { accessAuditEventAdded(filter: { object: "${northwind}" }) { cursor } }`,
  },
  {
    operation: 'Subscription.viewerPermissionsChanged',
    what: 'of a track',
    query: () => 'subscription { viewerPermissionsChanged(objects: ["track:aurora-1"]) { granted } }',
  },
];

/** Every operation, and where it matters what it is tried on, several times. */
export const matrixRows: readonly MatrixRow[] = [
  ...viewerRows,
  ...queryRows,
  ...grantRows,
  ...proposalRows,
  ...proposeRows,
  ...mutationRows,
  ...subscriptionRows,
];
