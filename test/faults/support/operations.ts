import {
  type ConsistencyToken,
  formatConsistencyToken,
  type Position,
  tokenOf,
} from '../../../src/model/consistency-token.ts';
import type { Postern } from '../../../src/operations/postern.ts';
import { overEvents } from '../../support/live-client.ts';
import type { Answer, PosternServer } from '../../support/postern-server.ts';
import { busyOffice } from './busy-office.ts';

/** What is asked of a server, and by whom. `n` is another number each time: of what no other turn has touched. */
export type Operation = OperationParts &
  (
    | { readonly as: string; readonly query: (n: number) => string }
    | { readonly ask: (server: PosternServer, n: number) => Promise<Answer> }
  );

interface OperationParts {
  /** What has to be there before, written as `object#relation@subject`. */
  readonly before?: (n: number) => readonly string[];
  /** Whether nothing is written for it, neither what is asked for nor an event. */
  readonly isQuick?: boolean;
  /** What it does once, as the audit log says it: an action on something that no other turn names. */
  readonly mark?: { readonly action: string; readonly name: (n: number) => string };
}

export function askFor(server: PosternServer, operation: Operation, n: number): Promise<Answer> {
  return 'ask' in operation ? operation.ask(server, n) : server.ask(operation.query(n), { as: operation.as });
}

/** The name of the field, and of what is special about it. */
export const operations: Readonly<Record<string, Operation>> = {
  '_entities with permissions': {
    isQuick: true,
    as: 'user:mia',
    query: () =>
      '{ _entities(representations: [{ __typename: "Folder", id: "plans" }, { __typename: "Document", id: "1" }, { __typename: "Folder", id: "own" }]) { ... on Folder { permissions { canView canEdit canManageAccess } } ... on Document { permissions { canEdit } } } }',
  },
  'viewer.can': {
    isQuick: true,
    as: 'user:mia',
    query: () => '{ viewer { can(permission: "can_edit", object: "folder:plans") } }',
  },
  'viewer.can, denied': {
    isQuick: true,
    as: 'user:eve',
    query: () => '{ viewer { can(permission: "can_edit", object: "folder:plans") } }',
  },
  'viewer.can, of what is excluded by a condition': {
    isQuick: true,
    as: 'user:rita',
    query: () =>
      '{ viewer { decisions(checks: [{ permission: "can_edit", object: "folder:local" }]) { allowed error { code } } } }',
  },
  'viewer.permissions': {
    isQuick: true,
    as: 'user:mia',
    query: () =>
      '{ viewer { permissions(objects: ["folder:plans", "document:1", "folder:own"]) { object granted undecided { permission error { code } } } } }',
  },
  'viewer.decisions': {
    isQuick: true,
    as: 'user:adam',
    query: () =>
      '{ viewer { decisions(checks: [{ permission: "can_edit", object: "document:1" }, { permission: "can_edit", object: "folder:own" }]) { allowed error { code } } } }',
  },
  'viewer.permissionFingerprint': {
    isQuick: true,
    as: 'user:adam',
    query: () =>
      '{ viewer { permissionFingerprint(checks: [{ permission: "can_edit", object: "document:1" }, { permission: "can_edit", object: "folder:own" }]) { value } } }',
  },
  'viewer.folders': {
    isQuick: true,
    as: 'user:mia',
    query: () => '{ viewer { folders(permission: CAN_EDIT, first: 5) { isCutShort edges { node { id } } } } }',
  },
  checkPermissions: { isQuick: true, as: 'service:ops', query: () => checksOf('') },
  'checkPermissions, fully consistent': {
    isQuick: true,
    as: 'service:ops',
    query: () => checksOf('consistency: { fullyConsistent: true }'),
  },
  'checkPermissions under a model': { isQuick: true, as: 'service:ops', query: () => checksOf('modelId: "1"') },
  'checkPermissions with what is not stored': {
    isQuick: true,
    as: 'service:ops',
    query: () =>
      checksOf(
        'contextualRelationships: [{ object: "folder:own", relation: "editor", subject: "team:writers#member" }]',
      ),
  },
  explainPermission: {
    isQuick: true,
    as: 'service:ops',
    query: () =>
      '{ explainPermission(subject: "user:mia", permission: "can_edit", object: "document:1") { decision { allowed error { code } } text } }',
  },
  'explainPermission, denied': {
    isQuick: true,
    as: 'user:eve',
    query: () =>
      '{ explainPermission(subject: "user:eve", permission: "can_edit", object: "document:1") { decision { allowed error { code } } text } }',
  },
  accessibleObjects: {
    isQuick: true,
    as: 'service:ops',
    query: () =>
      '{ accessibleObjects(subject: "user:mia", permission: "can_edit", type: "document") { isCutShort edges { node } undecided { object } } }',
  },
  subjectsWithAccess: {
    isQuick: true,
    as: 'service:ops',
    query: () =>
      '{ subjectsWithAccess(object: "document:1", permission: "can_edit", subjectType: "user") { isCutShort edges { node } undecided { subject } } }',
  },
  accessRelationships: {
    isQuick: true,
    as: 'service:ops',
    query: () =>
      '{ accessRelationships(filter: { object: "folder:plans" }) { edges { node { object relation subject } } } }',
  },
  'accessRelationships, refused': {
    as: 'user:eve',
    query: () => '{ accessRelationships(filter: { object: "folder:plans" }) { edges { node { object } } } }',
  },
  accessReview: {
    isQuick: true,
    as: 'user:adam',
    query: () =>
      '{ accessReview(object: "folder:plans", includeContained: true) { isCutShort edges { node { object role subject } } } }',
  },
  objectRoles: {
    isQuick: true,
    as: 'user:adam',
    query: () => '{ objectRoles(object: "folder:plans") { role canGrant error { code } } }',
  },
  'objectRoles, refused': { as: 'user:eve', query: () => '{ objectRoles(object: "folder:plans") { role canGrant } }' },
  'knownObjects within an object': {
    isQuick: true,
    as: 'user:adam',
    query: () => '{ knownObjects(type: "user", within: "folder:plans") { isComplete edges { node } } }',
  },
  knownObjects: {
    isQuick: true,
    as: 'service:ops',
    query: () => '{ knownObjects(type: "document", startsWith: "1") { isComplete edges { node } } }',
  },
  subjectHoldings: {
    isQuick: true,
    as: 'service:ops',
    query: () =>
      '{ subjectHoldings(subject: "user:mia") { isComplete edges { node { isThroughSet relationship { object } } } } }',
  },
  auditLogHead: { isQuick: true, as: 'service:ops', query: () => '{ auditLogHead { length } }' },
  'authorizationModel as data': {
    isQuick: true,
    as: 'service:ops',
    query: () => '{ authorizationModel { id modules { name } types { name } } }',
  },
  authorizationModel: { isQuick: true, as: 'service:ops', query: () => '{ authorizationModel { id dsl } }' },
  authorizationModels: {
    isQuick: true,
    as: 'service:ops',
    query: () => '{ authorizationModels(first: 1) { edges { cursor } } }',
  },
  accessAuditEvents: {
    isQuick: true,
    as: 'service:ops',
    query: () => '{ accessAuditEvents(filter: { object: "folder:own" }) { edges { node { action outcome } } } }',
  },
  'accessAuditEvents, refused': {
    as: 'user:eve',
    query: () => '{ accessAuditEvents(first: 1) { edges { node { action } } } }',
  },
  grantRole: {
    as: 'user:olga',
    mark: { action: 'grantRole', name: (n) => `user:g${n}` },
    query: (n) =>
      `mutation { grantRole(input: { object: "folder:plans", role: "viewer", subject: "user:g${n}", reason: "r", idempotencyKey: "k${n}" }) { userErrors { code } } }`,
  },
  'grantRole, refused': {
    as: 'user:eve',
    query: (n) =>
      `mutation { grantRole(input: { object: "folder:plans", role: "viewer", subject: "user:r${n}" }) { userErrors { code } } }`,
  },
  revokeRole: {
    as: 'user:olga',
    before: (n) => [`folder:plans#viewer@user:v${n}`],
    mark: { action: 'revokeRole', name: (n) => `user:v${n}` },
    query: (n) =>
      `mutation { revokeRole(input: { object: "folder:plans", role: "viewer", subject: "user:v${n}", idempotencyKey: "k${n}" }) { userErrors { code } } }`,
  },
  transferRole: {
    as: 'user:olga',
    before: (n) => [`folder:plans#viewer@user:t${n}`],
    mark: { action: 'transferRole', name: (n) => `user:u${n}` },
    query: (n) =>
      `mutation { transferRole(input: { object: "folder:plans", role: "viewer", from: "user:t${n}", to: "user:u${n}", idempotencyKey: "k${n}" }) { userErrors { code } } }`,
  },
  extendGrant: {
    as: 'user:olga',
    before: (n) => [`folder:plans#viewer@user:x${n}`],
    mark: { action: 'extendGrant', name: (n) => `user:x${n}` },
    query: (n) =>
      `mutation { extendGrant(input: { object: "folder:plans", role: "viewer", subject: "user:x${n}", startsAt: "2020-01-01T00:00:00Z", expiresAt: "2099-01-01T00:00:00Z", idempotencyKey: "k${n}" }) { userErrors { code } } }`,
  },
  offboardSubject: {
    as: 'service:ops',
    before: (n) => [`folder:plans#viewer@user:o${n}`, `document:o${n}#author@user:o${n}`],
    mark: { action: 'offboardSubject', name: (n) => `user:o${n}` },
    query: (n) =>
      `mutation { offboardSubject(input: { subject: "user:o${n}", idempotencyKey: "k${n}" }) { userErrors { code } } }`,
  },
  retireObject: {
    as: 'service:ops',
    before: (n) => [`document:r${n}#author@user:a`, `document:r${n}#folder@folder:plans`],
    mark: { action: 'retireObject', name: (n) => `document:r${n}` },
    query: (n) =>
      `mutation { retireObject(input: { object: "document:r${n}", idempotencyKey: "k${n}" }) { userErrors { code } } }`,
  },
  writeRelationships: {
    as: 'service:ops',
    before: (n) => [`document:d${n}#author@user:a`],
    mark: { action: 'writeRelationships', name: (n) => `document:w${n}` },
    query: (n) =>
      `mutation { writeRelationships(input: { writes: [{ object: "document:w${n}", relation: "author", subject: "user:a" }, { object: "document:w${n}", relation: "author", subject: "user:b" }], deletes: [{ object: "document:d${n}", relation: "author", subject: "user:a" }], idempotencyKey: "k${n}" }) { written deleted userErrors { code } } }`,
  },
  'writeRelationships with what must be so': {
    as: 'service:ops',
    mark: { action: 'writeRelationships', name: (n) => `document:p${n}` },
    query: (n) =>
      `mutation { writeRelationships(input: { writes: [{ object: "document:p${n}", relation: "author", subject: "user:a" }], preconditions: [{ object: "folder:plans", relation: "owner", subject: "user:olga", exists: true }], idempotencyKey: "k${n}" }) { written userErrors { code } } }`,
  },
  'publishAuthorizationModel, previewed': {
    as: 'service:ops',
    query: (n) =>
      `mutation { publishAuthorizationModel(input: { dsl: ${modelOf(n)}, dryRun: true }) { userErrors { code } } }`,
  },
  publishAuthorizationModel: {
    as: 'service:ops',
    query: (n) => `mutation { publishAuthorizationModel(input: { dsl: ${modelOf(n)} }) { userErrors { code } } }`,
  },
  'publishAuthorizationModel and activate': {
    as: 'service:ops',
    query: (n) =>
      `mutation { publishAuthorizationModel(input: { dsl: ${modelOf(n)}, activate: true }) { userErrors { code } } }`,
  },
  activateAuthorizationModel: {
    as: 'service:ops',
    query: (n) => `mutation { activateAuthorizationModel(input: { id: "${1 + (n % 2)}" }) { userErrors { code } } }`,
  },
  // Each by somebody else, and for themselves: one has only so many open proposals, and what happens leaves some open.
  proposeChange: {
    before: (n) => [`folder:plans#viewer@user:q${n}`],
    ask: (server, n) => proposeForOneself(server, `user:q${n}`, ''),
  },
  'proposeChange and approve': {
    before: (n) => [`folder:plans#viewer@user:y${n}`],
    mark: { action: 'applyProposal', name: (n) => `user:y${n}` },
    ask: async (server, n) => {
      const proposed = await proposeForOneself(server, `user:y${n}`, 'proposal { id digest }');
      const found = proposalIn(proposed);
      if (found === undefined) return proposed;
      const { id, digest } = found;
      return server.ask(
        `mutation { approveProposal(input: { id: "${id}", digest: "${digest}", idempotencyKey: "a${n}" }) { userErrors { code } } }`,
        { as: 'user:olga' },
      );
    },
  },
  'proposals of which there is one': {
    as: 'user:olga',
    query: () => '{ proposals(first: 3) { edges { node { proposer } } } }',
  },
  'grantRole, previewed': {
    isQuick: true,
    as: 'user:olga',
    query: (n) =>
      `mutation { grantRole(input: { object: "folder:plans", role: "editor", subject: "user:pre${n}", dryRun: true }) { preview { gained { count } lost { count } isComplete } userErrors { code } } }`,
  },
  'writeRelationships, previewed': {
    isQuick: true,
    as: 'service:ops',
    query: () =>
      'mutation { writeRelationships(input: { deletes: [{ object: "folder:plans", relation: "editor", subject: "team:writers#member" }], dryRun: true }) { preview { gained { count } lost { count } isComplete } userErrors { code } } }',
  },
  'accessChanges after a token': {
    ask: async (server) => {
      const after = formatConsistencyToken(await firstToken(server.running.postern));
      return firstOf(server, 'user:olga', accessChangesQuery, { after });
    },
  },
  'relationshipChanges after a token': {
    ask: async (server) => {
      const after = formatConsistencyToken(await firstToken(server.running.postern));
      return firstOf(server, 'service:ops', changesQuery, { after });
    },
  },
  'accessibleObjects, of which everybody has some': {
    isQuick: true,
    as: 'service:ops',
    query: () =>
      '{ accessibleObjects(subject: "user:mia", permission: "can_view", type: "folder") { isCutShort edges { node } undecided { object } } }',
  },
  'checkPermissions after a token': {
    isQuick: true,
    ask: async (server) => {
      const token = formatConsistencyToken(tokenOf(await positionOf(server.running.postern)));
      return server.ask(checksOf(`consistency: { atLeastAsFresh: "${token}" }`), { as: 'service:ops' });
    },
  },
  'revokeRole, where somebody must be left': {
    as: 'user:olga',
    before: (n) => [`folder:plans#owner@user:k${n}`],
    mark: { action: 'revokeRole', name: (n) => `user:k${n}` },
    query: (n) =>
      `mutation { revokeRole(input: { object: "folder:plans", role: "owner", subject: "user:k${n}", idempotencyKey: "k${n}" }) { userErrors { code } } }`,
  },
  'writeRelationships of what is not there': {
    as: 'service:ops',
    query: (n) =>
      `mutation { writeRelationships(input: { deletes: [{ object: "document:m${n}", relation: "author", subject: "user:a" }], onMissing: IGNORE }) { deleted userErrors { code } } }`,
  },
  viewerPermissionsChanged: {
    ask: (server) =>
      firstOf(
        server,
        'user:mia',
        'subscription { viewerPermissionsChanged(objects: ["folder:plans", "folder:own"]) { object granted undecided { permission error { code } } } }',
        {},
      ),
  },
  'whether it is ready': {
    ask: async (server) => {
      const { status, ...answer } = await server.send('/health/ready');
      return { ...answer, status, data: status };
    },
  },
};

function proposeForOneself(server: PosternServer, subject: string, asked: string): Promise<Answer> {
  const wanted = `{ object: "folder:plans", relation: "editor", subject: "${subject}" }`;
  return server.ask(
    `mutation { proposeChange(input: { writes: [${wanted}], reason: "r", idempotencyKey: "k" }) { ${asked} userErrors { code } } }`,
    { as: subject },
  );
}

interface Proposed {
  readonly proposeChange: { readonly proposal: { readonly id: string; readonly digest: string } | null } | null;
}

function proposalIn({ data }: Answer): { readonly id: string; readonly digest: string } | undefined {
  return (data as Proposed | null | undefined)?.proposeChange?.proposal ?? undefined;
}

/** From before all relationships, by which every turn hears the same first event. */
async function firstToken(postern: Postern): Promise<ConsistencyToken> {
  return tokenOf({ ...(await positionOf(postern)), revision: 0 });
}

/** As it was when it was asked for first, before anything happened. */
async function positionOf({ store }: Postern): Promise<Position> {
  const position = positions.get(store) ?? (await store.liveReader.withState((state) => state.position()));
  positions.set(store, position);
  return position;
}

const positions = new WeakMap<Postern['store'], Position>();

const changesQuery = `subscription ($after: ConsistencyToken) {
  relationshipChanges(after: $after) { changes { operation relationship { object relation subject } } activatedModel }
}`;

const accessChangesQuery = `subscription ($after: ConsistencyToken) {
  accessChanges(object: "folder:plans", includeContained: true, after: $after) {
    changes { operation relationship { object relation subject } } activatedModel
  }
}`;

async function firstOf(server: PosternServer, as: string, query: string, variables: object): Promise<Answer> {
  const stream = overEvents(server.url, query, { token: await server.token(as), variables: { ...variables } });
  const message = await stream.next();
  stream.kill();
  const { data, errors } = message.kind === 'next' ? message : { data: null, errors: [] };
  const status = message.kind === 'closed' ? (message.code ?? 0) : 200;
  return { status, headers: new Headers(), text: JSON.stringify(message), data, errors };
}

function checksOf(more: string): string {
  const checks = [
    ['user:mia', 'can_edit', 'document:1'],
    ['user:eve', 'can_edit', 'document:1'],
    ['user:rita', 'can_edit', 'folder:local'],
    ['user:olga', 'can_manage_access', 'folder:plans'],
    ['user:mia', 'can_edit', 'folder:own'],
  ].map(
    ([subject, permission, object]) => `{ subject: "${subject}", permission: "${permission}", object: "${object}" }`,
  );
  return `{ checkPermissions(input: { ${more} checks: [${checks.join()}] }) { decisions { allowed error { code } } } }`;
}

function modelOf(n: number): string {
  const dsl = busyOffice.slice(busyOffice.indexOf('  model'), busyOffice.indexOf('tuples:')).replaceAll(/^ {2}/gm, '');
  return JSON.stringify(`${dsl}\n# ${n}\n`);
}
