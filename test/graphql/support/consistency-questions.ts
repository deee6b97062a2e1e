/** Every question whose answer depends on the state that it comes from, with a place for how fresh that must be. */
export interface ConsistencyQuestion {
  /** The field that takes the argument: `Query.accessReview`. */
  readonly field: string;
  readonly as: string;
  /** The fields of a query with the variables `$consistency`, `$first` and `$after`. */
  readonly text: string;
  /** Whether it is a list with pages. */
  readonly isList?: true;
}

const page = 'consistency: $consistency, first: $first, after: $after';
const edges = 'edges { cursor } consistencyToken';
const check = '{ subject: "user:mia", permission: "can_edit", object: "document:1" }';

export const consistencyQuestions: readonly ConsistencyQuestion[] = [
  {
    field: 'Query.checkPermissions',
    as: 'service:ops',
    text: `checkPermissions(input: { checks: [${check}], consistency: $consistency }) { decisions { allowed } consistencyToken }`,
  },
  {
    field: 'Query.checkPermissions',
    as: 'service:ops',
    text: `checkPermissions(input: { checks: [${check}], consistency: $consistency, modelId: "1" }) { decisions { allowed } consistencyToken }`,
  },
  {
    field: 'Query.explainPermission',
    as: 'service:ops',
    text: 'explainPermission(subject: "user:mia", permission: "can_edit", object: "document:1", consistency: $consistency) { text consistencyToken }',
  },
  {
    field: 'Query.accessibleObjects',
    as: 'service:ops',
    text: `accessibleObjects(subject: "user:mia", permission: "can_edit", type: "document", ${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.subjectsWithAccess',
    as: 'service:ops',
    text: `subjectsWithAccess(object: "folder:plans", permission: "can_edit", subjectType: "user", ${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.accessRelationships',
    as: 'service:ops',
    text: `accessRelationships(${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.accessReview',
    as: 'user:olga',
    text: `accessReview(object: "folder:plans", ${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.objectRoles',
    as: 'user:olga',
    text: 'objectRoles(object: "folder:plans", consistency: $consistency) { role canGrant description gives { here } }',
  },
  {
    field: 'Query.knownObjects',
    as: 'user:olga',
    text: `knownObjects(type: "user", within: "folder:plans", ${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.knownObjects',
    as: 'service:ops',
    text: `knownObjects(type: "document", startsWith: "", ${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.subjectHoldings',
    as: 'service:ops',
    text: `subjectHoldings(subject: "user:mia", ${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.accessAuditEvent',
    as: 'service:ops',
    text: 'accessAuditEvent(id: "1", consistency: $consistency) { id action }',
  },
  {
    field: 'Query.auditLogHead',
    as: 'service:ops',
    text: 'auditLogHead(consistency: $consistency) { hash length }',
  },
  {
    field: 'Query.authorizationModel',
    as: 'service:ops',
    text: 'authorizationModel(consistency: $consistency) { id }',
  },
  {
    field: 'Query.authorizationModels',
    as: 'service:ops',
    text: `authorizationModels(${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.accessAuditEvents',
    as: 'service:ops',
    text: `accessAuditEvents(${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.findings',
    as: 'user:adam',
    text: `findings(object: "folder:plans", kinds: [WITHOUT_END], ${page}) { ${edges} }`,
    isList: true,
  },
  {
    field: 'Query.simulateChange',
    as: 'user:adam',
    text: 'simulateChange(input: { writes: [{ object: "folder:plans", relation: "viewer", subject: "user:new" }] }, consistency: $consistency) { gained { count } }',
  },
  {
    field: 'Query.proposals',
    as: 'user:adam',
    text: `proposals(${page}) { ${edges} }`,
  },
  {
    field: 'Query.proposal',
    as: 'user:adam',
    text: 'proposal(id: "1", consistency: $consistency) { id }',
  },
  {
    field: 'Query.viewer',
    as: 'user:mia',
    text: 'viewer(consistency: $consistency) { can(permission: "can_edit", object: "document:1") }',
  },
  {
    field: 'Query.viewer',
    as: 'user:mia',
    text: 'viewer(consistency: $consistency) { permissions(objects: ["document:1"]) { granted } }',
  },
  {
    field: 'Query.viewer',
    as: 'user:mia',
    text: 'viewer(consistency: $consistency) { decisions(checks: [{ permission: "can_edit", object: "document:1" }]) { allowed error { code message } } }',
  },
  {
    field: 'Query.viewer',
    as: 'user:mia',
    text: 'viewer(consistency: $consistency) { permissionFingerprint(checks: [{ permission: "can_edit", object: "document:1" }]) { value consistencyToken } }',
  },
  {
    field: 'Query.viewer',
    as: 'user:mia',
    text: `viewer(consistency: $consistency) { objects(type: "document", permission: "can_edit", first: $first, after: $after) { ${edges} } }`,
    isList: true,
  },
  {
    field: 'Query.viewer',
    as: 'user:mia',
    text: `viewer(consistency: $consistency) { documents(permission: CAN_EDIT, first: $first, after: $after) { ${edges} } }`,
    isList: true,
  },
];

/** Questions that nothing can be said with; how fresh their answers must be, the request says. */
export const questionsOfRequest: readonly ConsistencyQuestion[] = [
  {
    field: 'Query._entities',
    as: 'user:mia',
    text: '_entities(representations: [{ __typename: "Document", id: "1" }]) { ... on Document { permissions { canEdit } } }',
  },
];
