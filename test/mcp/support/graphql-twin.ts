/** The same question for GraphQL; undefined for what it does not have, or says in other words. */
export function graphqlTwin(tool: string, sent: Readonly<Record<string, unknown>>): GraphqlTwin | undefined {
  const query = queries.get(tool);
  return query === undefined ? undefined : { query, variables: sent };
}

export interface GraphqlTwin {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const relationship = '{ object relation subject createdBy }';

const queries: ReadonlyMap<string, string> = new Map([
  [
    'explain_access',
    `query ($subject: SubjectRef!, $permission: String!, $object: ObjectRef!) { explainPermission(subject: $subject, permission: $permission, object: $object) {
      text decision { allowed } steps { object relation subject createdBy } sufficientRoles { object role }
      parts { subject object steps { object relation subject createdBy } sufficientRoles { object role } } } }`,
  ],
  [
    'list_objects',
    'query ($permission: String!, $type: String!) { viewer { objects(permission: $permission, type: $type, first: 100) { edges { node } } } }',
  ],
  [
    'list_subjects',
    `query ($object: ObjectRef!, $permission: String!, $subjectType: String!) { subjectsWithAccess(object: $object, permission: $permission, subjectType: $subjectType, first: 100) {
      edges { node } excluded undecided { subject } } }`,
  ],
  [
    'review_access',
    `query ($object: ObjectRef!) { accessReview(object: $object, first: 100) { edges { node { object role subject via ${relationship} } } rightsComeFrom } }`,
  ],
  [
    'list_relationships',
    `query ($object: ObjectRef) { accessRelationships(first: 100, filter: { object: $object }) { edges { node ${relationship} } } }`,
  ],
  [
    'read_audit',
    `query ($object: ObjectRef) { accessAuditEvents(first: 100, filter: { object: $object }) { edges { node {
      actor before { relationships { object relation subject } } after { relationships { object relation subject } } } } } }`,
  ],
  [
    'find_findings',
    `query ($object: ObjectRef!) { findings(object: $object, first: 100) { edges { node { text subject object relationships ${relationship}
      change { writes { object relation subject } deletes { object relation subject } } } } } }`,
  ],
]);
