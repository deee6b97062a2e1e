/** What was answered: each of the two knows its own. */
export type Data = Readonly<Record<Member, never>>;

type Member =
  | 'decision'
  | 'code'
  | 'parts'
  | 'explainPermission'
  | 'kind'
  | 'subject'
  | 'permission'
  | 'object'
  | 'isDeciding'
  | 'steps'
  | 'sufficientRoles'
  | 'depth'
  | 'relation'
  | 'relationship'
  | 'createdBy'
  | 'objects'
  | 'undecided'
  | 'undecidedCount'
  | 'hasMore'
  | 'hasNextPage'
  | 'accessibleObjects'
  | 'edges'
  | 'pageInfo'
  | 'viewer'
  | 'subjects'
  | 'excluded'
  | 'subjectsWithAccess'
  | 'grants'
  | 'isComplete'
  | 'isCutShort'
  | 'rightsComeFrom'
  | 'via'
  | 'viaLeftOut'
  | 'startsAt'
  | 'expiresAt'
  | 'accessReview'
  | 'isEffective'
  | 'ineffectiveReason'
  | 'error'
  | 'relationships'
  | 'accessRelationships'
  | 'events'
  | 'id'
  | 'action'
  | 'actor'
  | 'outcome'
  | 'after'
  | 'untrustedRelation'
  | 'hidden'
  | 'hiddenCount'
  | 'leftOut'
  | 'accessAuditEvents'
  | 'node'
  | 'escalations'
  | 'examples'
  | 'gives'
  | 'toxicPairs'
  | 'becameUndecided'
  | 'notExaminedLeftOut'
  | 'problems'
  | 'simulateChange'
  | 'count'
  | 'findings'
  | 'relationshipsLeftOut'
  | 'change'
  | 'notExamined'
  | 'proposal'
  | 'meaning'
  | 'digest'
  | 'proposeChange'
  | 'endCursor'
  | 'writes'
  | 'deletes'
  | 'model'
  | 'types'
  | 'conditions'
  | 'name'
  | 'definition'
  | 'untrustedDescription'
  | 'authorizationModel'
  | 'relations'
  | 'description'
  | 'parameters'
  | 'comesFromToken';

/** A question to a tool, and the same to GraphQL. */
export interface Twin {
  readonly tool: string;
  readonly sent: Readonly<Record<string, unknown>>;
  readonly query: string;
  /** The same of both answers. */
  readonly ofTool: (data: Data) => unknown;
  readonly ofGraphql: (data: Data) => unknown;
}

const decision = '{ allowed error { code } }';
const relationship = '{ object relation subject condition { name } startsAt expiresAt createdAt createdBy }';
const page = 'pageInfo { hasNextPage }';
const steps = `{ kind depth object relation subject createdBy }`;

const decided = ({ allowed, error }: { readonly allowed: boolean; readonly error: { readonly code: string } | null }) =>
  error?.code ?? (allowed ? 'allowed' : 'denied');
const told = ({ decision: one, code }: { readonly decision: string; readonly code?: string }) => code ?? one;
const lower = (text: string) => text.toLowerCase().replaceAll(/_(.)/g, (_all, letter: string) => letter.toUpperCase());
const isPresent = ([, value]: readonly [string, unknown]) => value !== null && value !== undefined;
/** Without what is null, and what only one of them says. */
const compact = (value: object): object => Object.fromEntries(Object.entries(value).filter(isPresent));
const stored = ({
  condition,
  createdAt: _at,
  ...rest
}: {
  readonly condition?: { readonly name: string } | null;
  readonly createdAt: string;
}) => compact({ ...rest, condition: condition?.name });

const explained = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'explain_access',
  sent,
  query: `query ($subject: SubjectRef!, $permission: String!, $object: ObjectRef!, $context: JSONObject) {
    explainPermission(subject: $subject, permission: $permission, object: $object, context: $context) {
      decision ${decision} steps ${steps} sufficientRoles { object role }
      parts { kind subject permission object isDeciding decision ${decision} steps ${steps} sufficientRoles { object role } } } }`,
  ofTool: (data) => ({ decision: told(data as never), parts: (data.parts as Data[]).map(partOfTool) }),
  ofGraphql: ({ explainPermission: whole }) => {
    const { parts, decision: one } = whole as Data;
    const asked = { kind: 'SUBJECT', subject: sent.subject, permission: sent.permission, object: sent.object };
    const all = (parts as Data[]).length > 0 ? parts : [{ ...(whole as object), ...asked, isDeciding: true }];
    return { decision: decided(one), parts: (all as Data[]).map(partOfGraphql) };
  },
});

function partOfTool({ kind, subject, permission, object, isDeciding, steps: all, sufficientRoles, ...rest }: Data) {
  const names = (all as Data[]).map(({ kind: of, depth, object: on, relation, relationship: one, createdBy }) =>
    compact({ kind: of, depth, object: on, relation, subject: (one as Data | undefined)?.subject, createdBy }),
  );
  return {
    kind,
    subject,
    permission,
    object,
    isDeciding,
    decision: told(rest as never),
    steps: names,
    sufficientRoles,
  };
}

function partOfGraphql({
  kind,
  subject,
  permission,
  object,
  isDeciding,
  decision: one,
  steps: all,
  sufficientRoles,
}: Data) {
  const ofKind = (of: string) => ({ unmetCondition: 'unmet' })[lower(of)] ?? lower(of);
  const names = (all as Data[]).map((step) => compact({ ...(step as object), kind: ofKind(step.kind as never) }));
  return {
    kind: lower(kind as never),
    subject,
    permission,
    object,
    isDeciding,
    decision: decided(one as never),
    steps: names,
    sufficientRoles,
  };
}

const names = (edges: unknown) => (edges as { readonly node: string }[]).map(({ node }) => node);

const objects = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'list_objects',
  sent,
  query: `query ($subject: SubjectRef!, $permission: String!, $type: String!, $context: JSONObject, $first: Int) {
    accessibleObjects(subject: $subject, permission: $permission, type: $type, context: $context, first: $first) {
      edges { node } undecided { object error { code } } ${page} } }`,
  ofTool: ({ objects: found, undecided, hasMore }) => ({ found, undecided, hasMore }),
  ofGraphql: ({ accessibleObjects: { edges, undecided, pageInfo } }) => ({
    found: names(edges),
    undecided: (undecided as { object: string; error: object }[]).map(({ object, error }) => ({
      name: object,
      ...error,
    })),
    hasMore: (pageInfo as Data).hasNextPage,
  }),
});

const own = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'list_objects',
  sent,
  query: `query ($permission: String!, $type: String!) { viewer { objects(permission: $permission, type: $type) { edges { node } undecidedCount ${page} } } }`,
  ofTool: ({ objects: found, undecidedCount, hasMore }) => ({ found, undecidedCount, hasMore }),
  ofGraphql: ({ viewer: { objects: listed } }) => {
    const { edges, undecidedCount, pageInfo } = listed as Data;
    return { found: names(edges), undecidedCount, hasMore: (pageInfo as Data).hasNextPage };
  },
});

const subjects = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'list_subjects',
  sent,
  query: `query ($object: ObjectRef!, $permission: String!, $subjectType: String!, $subjectRelation: String, $context: JSONObject) {
    subjectsWithAccess(object: $object, permission: $permission, subjectType: $subjectType, subjectRelation: $subjectRelation, context: $context) {
      edges { node } excluded undecided { subject error { code } } ${page} } }`,
  ofTool: ({ subjects: found, excluded, undecided, hasMore }) => ({ found, excluded, undecided, hasMore }),
  ofGraphql: ({ subjectsWithAccess: { edges, excluded, undecided, pageInfo } }) => ({
    found: names(edges),
    excluded,
    undecided: (undecided as { subject: string; error: object }[]).map(({ subject, error }) => ({
      name: subject,
      ...error,
    })),
    hasMore: (pageInfo as Data).hasNextPage,
  }),
});

const review = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'review_access',
  sent,
  query: `query ($object: ObjectRef!, $includeContained: Boolean, $role: String, $subject: SubjectRef, $subjectType: String, $isEffective: Boolean, $notHolding: AccessReviewHoldingInput) {
    accessReview(object: $object, includeContained: $includeContained, first: 100,
      filter: { role: $role, subject: $subject, subjectType: $subjectType, isEffective: $isEffective, notHolding: $notHolding }) {
      edges { node { object role subject isEffective ineffectiveReason error { code } via ${relationship} } } isComplete rightsComeFrom ${page} } }`,
  ofTool: ({ grants, isComplete, rightsComeFrom, hasMore }) => ({
    grants: (grants as Data[]).map(({ via, viaLeftOut: _none, startsAt: _from, expiresAt: _until, ...grant }) => {
      return { ...(grant as object), via: (via as Data[]).map((one) => stored(one as never)) };
    }),
    ...{ isComplete, rightsComeFrom, hasMore },
  }),
  ofGraphql: ({ accessReview: { edges, isComplete, rightsComeFrom, pageInfo } }) => ({
    grants: (edges as { readonly node: Data }[]).map(({ node }) => {
      const { isEffective, ineffectiveReason: why, error, via, ...grant } = node;
      const effect = isEffective ? 'effective' : error === null ? 'none' : 'undecided';
      return {
        ...compact({ ...grant, effect, why, ...(error as object | null) }),
        via: (via as Data[]).map((one) => stored(one as never)),
      };
    }),
    ...{ isComplete, rightsComeFrom, hasMore: (pageInfo as Data).hasNextPage },
  }),
});

const relationships = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'list_relationships',
  sent,
  query: `query ($first: Int, $objectType: String, $object: ObjectRef, $relation: String, $subject: SubjectRef, $condition: String) {
    accessRelationships(first: $first, filter: { objectType: $objectType, object: $object, relation: $relation, subject: $subject, condition: $condition }) {
      edges { node ${relationship} } ${page} } }`,
  ofTool: ({ relationships: found, hasMore }) => ({
    found: (found as Data[]).map((one) => stored(one as never)),
    hasMore,
  }),
  ofGraphql: ({ accessRelationships: { edges, pageInfo } }) => ({
    found: (edges as { readonly node: never }[]).map(({ node }) => stored(node)),
    hasMore: (pageInfo as Data).hasNextPage,
  }),
});

const audit = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'read_audit',
  sent,
  query: `query ($object: ObjectRef, $actor: String, $actions: [String!], $outcome: AccessAuditOutcome, $first: Int) {
    accessAuditEvents(first: $first, filter: { object: $object, actor: $actor, actions: $actions, outcome: $outcome }) {
      edges { node { id action actor outcome after { relationships { object relation subject } hiddenCount } } } } }`,
  ofTool: ({ events }) =>
    (events as Data[]).map(({ id, action, actor, outcome, after }) => {
      const { relationships: all, hidden, leftOut } = after as Data;
      const shown = (all as Data[]).map(({ object, untrustedRelation: relation, subject }) => ({
        object,
        relation,
        subject,
      }));
      return { id: String(id), action, actor, outcome, shown, hidden, leftOut };
    }),
  ofGraphql: ({ accessAuditEvents: { edges } }) =>
    (edges as { readonly node: Data }[]).map(({ node: { id, action, actor, outcome, after } }) => {
      const { relationships: shown, hiddenCount: hidden } = after as Data;
      return { id, action, actor, outcome: lower(outcome as never), shown, hidden, leftOut: 0 };
    }),
});

const tuple = '{ object relation subject }';
const meaning = `gained { count examples { subject permission object } } lost { count examples { subject permission object } } becameUndecided { count }
  escalations { count examples { subject object permission relations } } toxicPairs { count } problems { code message } isComplete notExamined`;

const simulation = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'simulate_change',
  sent,
  query: `query ($writes: [AccessRelationshipInput!], $deletes: [AccessRelationshipInput!], $within: ObjectRef) {
    simulateChange(input: { writes: $writes, deletes: $deletes, within: $within }) { changed ${meaning} } }`,
  ofTool: ({ escalations, toxicPairs, becameUndecided, notExaminedLeftOut: _none, problems, ...data }) => ({
    ...(data as object),
    escalations: {
      ...(escalations as object),
      examples: ((escalations as Data).examples as Data[]).map(({ gives: relations, ...rest }) => ({
        ...(rest as object),
        relations,
      })),
    },
    ...{
      toxicPairs: countOf(toxicPairs),
      becameUndecided: countOf(becameUndecided),
      problems: (problems as Data).examples,
    },
  }),
  ofGraphql: ({ simulateChange }) => simulateChange,
});

const countOf = ({ count }: Data) => ({ count });

const findings = (sent: Readonly<Record<string, unknown>>): Twin => ({
  tool: 'find_findings',
  sent,
  query: `query ($object: ObjectRef!, $kinds: [AccessFindingKind!], $insiders: SubjectRef, $first: Int) {
    findings(object: $object, kinds: $kinds, insiders: $insiders, first: $first) {
      edges { node { id kind rank text subject object count of relationships ${tuple} change { writes ${tuple} deletes ${tuple} } } } isComplete notExamined ${page} } }`,
  ofTool: ({ findings: found, isComplete, notExamined, hasMore }) => ({
    found: (found as Data[]).map(({ relationships: all, relationshipsLeftOut: _none, change: ending, ...rest }) => {
      const changed = ending === undefined ? {} : { change: plainChange(ending) };
      return { ...(rest as object), ...changed, relationships: plain(all) };
    }),
    ...{ isComplete, notExamined, hasMore },
  }),
  ofGraphql: ({ findings: { edges, isComplete, notExamined, pageInfo } }) => ({
    found: (edges as { readonly node: Data }[]).map(({ node }) =>
      compact({ ...(node as object), kind: lower(node.kind as never) }),
    ),
    ...{ isComplete, notExamined, hasMore: (pageInfo as Data).hasNextPage },
  }),
});

const plain = (all: unknown) => (all as Data[]).map(({ object, relation, subject }) => ({ object, relation, subject }));
const plainChange = ({ writes, deletes }: Data) => ({ writes: plain(writes), deletes: plain(deletes) });

const model: Twin = {
  tool: 'describe_model',
  sent: {},
  query: `{ authorizationModel { id types { name description relations { name kind definition description } } conditions { name parameters { name type } } } }`,
  ofTool: ({ model: id, types, conditions }) => ({
    id: String(id),
    types: (types as Data[]).map(({ name, relations }) => ({
      name,
      relations: (relations as Data[]).map(({ untrustedDescription: _text, ...one }) => one),
    })),
    conditions: (conditions as Data[]).map(({ name, parameters }) => ({
      name,
      parameters: (parameters as Data[]).map(({ comesFromToken: _of, ...one }) => one),
    })),
  }),
  ofGraphql: ({ authorizationModel }) => {
    const { id, types, conditions } = authorizationModel as Data;
    const told = (types as Data[]).map(({ name, relations }) => ({
      name,
      relations: (relations as Data[]).map(({ description: _text, ...one }) => one),
    }));
    return { id, types: told.toSorted((left, right) => (left.name < right.name ? -1 : 1)), conditions };
  },
};

const change = { object: 'folder:plans', relation: 'owner', subject: 'user:ian' };
const question = { permission: 'can_view', object: 'folder:plans' };
export const twins: readonly Twin[] = [
  explained({ ...question, subject: 'user:olga' }),
  explained({ ...question, subject: 'user:ian' }),
  explained({ ...question, subject: 'user:mia' }),
  explained({ ...question, subject: 'user:rita' }),
  explained({ ...question, subject: 'user:rita', context: { region: 'EU' } }),
  explained({ ...question, subject: 'user:zed' }),
  explained({ ...question, subject: 'user:ian', permission: 'can_veiw' }),
  explained({ ...question, subject: 'user:olga', object: 'folder:other' }),
  own({ permission: 'can_edit', type: 'folder' }),
  own({ permission: 'can_view', type: 'folder' }),
  own({ permission: 'can_view', type: 'foldr' }),
  objects({ subject: 'user:rita', permission: 'can_edit', type: 'folder' }),
  objects({ subject: 'user:rita', permission: 'can_edit', type: 'folder', context: { region: 'EU' } }),
  objects({ subject: 'user:ian', permission: 'can_view', type: 'folder', first: 1 }),
  subjects({ ...question, subjectType: 'user' }),
  subjects({ ...question, object: 'folder:news', subjectType: 'user' }),
  subjects({ ...question, permission: 'editor', subjectType: 'team', subjectRelation: 'member' }),
  subjects({ ...question, subjectType: 'user', context: { region: 'EU' } }),
  subjects({ ...question, subjectType: 'usr' }),
  review({ object: 'folder:plans' }),
  review({ object: 'folder:plans', includeContained: true, role: 'editor' }),
  review({ object: 'folder:plans', subjectType: 'user', isEffective: false }),
  review({ object: 'folder:plans', notHolding: { object: 'team:writers', relation: 'member' } }),
  review({ object: 'folder:plans', role: 'edtor' }),
  review({ object: 'team:writers' }),
  relationships({}),
  relationships({ objectType: 'folder', first: 2 }),
  relationships({ condition: 'in_region' }),
  relationships({ relation: 'edtor' }),
  audit({ actions: ['writeRelationships', 'publishAuthorizationModel', 'proposeChange'] }),
  audit({ object: 'folder:plans', actions: ['proposeChange'] }),
  audit({ actions: ['grantRol'] }),
  model,
  simulation({ writes: [change] }),
  simulation({ deletes: [{ ...change, subject: 'user:olga' }] }),
  simulation({ writes: [{ ...change, relation: 'owned' }] }),
  simulation({ writes: [{ ...change, relation: 'team', subject: 'team:writers' }], within: 'team:writers' }),
  simulation({}),
  findings({ object: 'folder:plans' }),
  findings({ object: 'folder:plans', first: 1 }),
  findings({ object: 'foldr:plans' }),
];
