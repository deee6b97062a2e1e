// First of all: see there.
import { limits } from '../../src/model/limits.ts';
import '../support/count-work.ts';
import { readFile } from 'node:fs/promises';
import type { GraphQLSchema } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { buildSubgraph } from '../../src/graphql/schema.ts';
import { formatConsistencyToken } from '../../src/model/consistency-token.ts';
import type { Viewer } from '../../src/operations/actor.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { proposeChange } from '../../src/operations/proposals/propose-change.ts';
import { remarkPlans } from '../support/count-rows.ts';
import { isTimed } from '../support/count-work.ts';
import { useDatabase } from '../support/database.ts';
import { databaseCounters, expectGrowth } from '../support/growth.ts';
import { overEvents } from '../support/live-client.ts';
import { model, relationship } from '../support/parse.ts';
import { done, publish, signedIn, write } from '../support/postern.ts';
import { onDatabase, usePosternServer } from '../support/postern-server.ts';

/**
 * Every root field and every field of a viewer at n, 2n and 4n, up to what one request may ask or what an object may have: from
 * the bytes of the request to those of the answer, nothing grows by more than 1.3 of linear.
 */
const roles = ['can_check_any_subject', 'can_read_relationships', 'can_write_relationships', 'can_publish_model'];
const platform = [...roles, 'can_read_model', 'can_read_audit_log'];
const dsl = (more: readonly string[] = []) => `model
  schema 1.1
type user
type platform
  relations
    define operator: [user]
${platform.map((name) => `    define ${name}: operator`).join('\n')}
type team
  relations
    define member: [user, team#member]
type folder
  relations
    define parent: [folder]
    define owner: [user]
    define blocked: [user]
    define viewer: [user, team#member]
    define can_view: (viewer or owner or can_view from parent) but not blocked
    define can_manage_access: owner or can_manage_access from parent
    define must_keep: owner
    define no_self_grant: owner
${more.length === 0 ? '' : `type extra\n  relations\n${more.map((one) => `    define ${one}`).join('\n')}\n`}`;

const database = useDatabase();
const counters = databaseCounters();
beforeAll(() => (isTimed ? undefined : remarkPlans(database())));
const indented = dsl().trimEnd().replaceAll(/^/gm, '  ');
const server = usePosternServer(database, {
  // What a replica or upkeep does between requests, for everybody, would count as theirs.
  environment: {
    ...onDatabase,
    POSTERN_KEEP_EXPIRED_DAYS: '0',
    POSTERN_KEEP_CHANGES_DAYS: '0',
    POSTERN_KEEP_OUTCOMES_DAYS: '0',
  },
  store: `model: |\n${indented}\ntuples:\n  - { user: "user:ada", relation: operator, object: "platform:main" }\n`,
  onNotice: counters.onNotice,
});
const postern = () => server().running.postern;

const many = <Value>(size: number, make: (index: number) => Value) =>
  Array.from({ length: size }, (_, index) => make(index));
const writeMany = async (list: readonly string[]) => {
  for (let start = 0; start < list.length; start += 1000) await write(postern(), list.slice(start, start + 1000));
};

interface Growth {
  /** The greatest size: what one request may ask, where that is what grows. */
  readonly most: number;
  readonly prepare?: (size: number) => Promise<unknown>;
  readonly ask: (size: number) => string;
  readonly variables?: (size: number) => Readonly<Record<string, unknown>>;
}

const aliases = (most: number, field: string): Growth => ({
  most,
  ask: (size) => `{ ${many(size, (index) => `a${index}: ${field}`).join(' ')} }`,
});
const ofViewer = (growth: Growth): Growth => ({
  ...growth,
  ask: (size) => growth.ask(size).replace('{', '{ viewer {').concat(' }'),
});

/** Each page is of the same objects: in the order of ids, others would lie before those of one size only. */
const once = (make: (index: number) => string) => {
  let written: Promise<void> | undefined;
  return () => {
    written ??= writeMany(many(400, make));
    return written;
  };
};
const teams = (size: number) => [
  ...many(size, (index) => `folder:shared-${size}#viewer@team:${size}-${index}#member`),
  `team:${size}-${size - 1}#member@user:ann`,
];
const crowd = (what: string, size: number) => [
  `folder:${what}-${size}#owner@user:ada`,
  ...many(size, (index) => `folder:${what}-${size}#owner@user:owner-${index}`),
];
const inCrowd = (what: string, ask: (on: string) => string): Growth => ({
  most: 4000,
  prepare: (size) => writeMany(crowd(what, size)),
  ask: (size) => `mutation { ${ask(`object: "folder:${what}-${size}", role: "owner"`)} { userErrors { code } } }`,
});

const proposed = new Map<string, { readonly id: number; readonly digest: string }>();

/** Proposes one more reader of a folder. */
const proposeOn = async (folder: string, proposer: string) => {
  const input = {
    ...{ writes: [relationship(`${folder}#viewer@user:new`)], deletes: [], model: undefined, preconditions: [] },
    ...{ reason: 'x', evidence: [], expiresAt: undefined, idempotency: undefined },
  };
  return done(await proposeChange(postern(), signedIn(proposer) as Viewer, input)).outcome;
};

const proposeIn = async (what: string, size: number, proposer = 'user:owner-0') => {
  await writeMany(crowd(what, size));
  proposed.set(`${what}-${size}`, await proposeOn(`folder:${what}-${size}`, proposer));
};

const onProposal = (
  what: string,
  most: number,
  ask: (id: number, digest: string) => string,
  proposer?: string,
): Growth => ({
  most,
  prepare: (size) => proposeIn(what, size, proposer),
  ask: (size) => {
    const { id = 0, digest = '' } = proposed.get(`${what}-${size}`) ?? {};
    return `mutation { ${ask(id, digest)} { userErrors { code } } }`;
  },
});

const larger = (size: number, name: string) => dsl(many(size, (index) => `can_${name}_${index}: [user]`));
const published = new Map<number, number>();
const publishLarger = async (size: number) => {
  const source = { kind: 'dsl', dsl: larger(size, 'kept') } as const;
  const input = { source, activate: false, dryRun: false, reason: undefined };
  published.set(size, done(await publishModel(postern(), signedIn('user:ada'), input)).outcome.id ?? 0);
};
let models = 1;
const publishMany = async (size: number) => {
  for (; models < size; models += 1) await publish(postern(), dsl([`x${models}: [user]`]));
};

const reviewed = (size: number, whole = 'whole') => [
  `folder:${whole}-${size}#owner@user:ada`,
  ...many(size, (index) => `folder:part-${whole}-${size}-${index}#parent@folder:${whole}-${size}`),
  ...many(size, (index) => `folder:part-${whole}-${size}-${index}#viewer@user:part-${index}`),
];
const page = 'isCutShort pageInfo { endCursor }';

/** A type with many roles, each with what it means and what it gives. */
const withRoles = (size: number) =>
  dsl().replace(
    '    define must_keep',
    `${many(size, (index) => `    # role ${index}\n    define r${index}: [user]\n    define can_r${index}: r${index}\n    define can_grant_r${index}: owner`).join('\n')}\n    define must_keep`,
  );

const growths: ReadonlyMap<string, Growth> = new Map<string, Growth>([
  ['Query.viewer', aliases(400, 'viewer { subject }')],
  ['Query._service', aliases(4, '_service { sdl }')],
  [
    'Query._entities',
    {
      most: 5000,
      ask: () =>
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Folder { permissions { canView } } } }',
      variables: (size) => ({ r: many(size, (index) => ({ __typename: 'Folder', id: String(index) })) }),
    },
  ],
  [
    'Query.checkPermissions',
    {
      most: 1000,
      ask: () =>
        'query ($c: [PermissionCheckInput!]!) { checkPermissions(input: { checks: $c }) { decisions { allowed } } }',
      variables: (size) => ({
        c: many(size, (index) => ({ subject: `user:${index}`, permission: 'can_view', object: `folder:${index}` })),
      }),
    },
  ],
  [
    'Query.explainPermission',
    {
      most: 4000,
      prepare: (size) => writeMany(teams(size)),
      ask: (size) =>
        `{ explainPermission(subject: "user:ann", permission: "can_view", object: "folder:shared-${size}") { text } }`,
    },
  ],
  [
    'Query.accessibleObjects',
    {
      most: 100,
      prepare: (size) => writeMany(many(size * 2, (index) => `folder:on-${size}-${index}#viewer@user:on-${size}`)),
      ask: (size) =>
        `{ accessibleObjects(subject: "user:on-${size}", permission: "can_view", type: "folder", first: ${size}) { ${page} edges { node } } }`,
    },
  ],
  [
    'Query.subjectsWithAccess',
    {
      most: 100,
      prepare: (size) => writeMany(many(size * 2, (index) => `folder:by-${size}#viewer@user:by-${size}-${index}`)),
      ask: (size) =>
        `{ subjectsWithAccess(object: "folder:by-${size}", permission: "can_view", subjectType: "user", first: ${size}) { ${page} edges { node } } }`,
    },
  ],
  [
    'Query.accessRelationships',
    { most: 100, ask: (size) => `{ accessRelationships(first: ${size}) { ${page} edges { node { object } } } }` },
  ],
  [
    'Query.accessReview',
    {
      most: 1000,
      prepare: (size) => writeMany(reviewed(size)),
      ask: (size) =>
        `{ accessReview(object: "folder:whole-${size}", includeContained: true, first: 100) { ${page} edges { node { isEffective } } } }`,
    },
  ],
  [
    'Query.findings',
    {
      most: 200,
      prepare: (size) => writeMany(reviewed(size, 'found')),
      ask: (size) =>
        `{ findings(object: "folder:found-${size}", first: 100) { isComplete edges { node { id text } } } }`,
    },
  ],
  [
    'Query.simulateChange',
    {
      most: 400,
      prepare: (size) => writeMany(reviewed(size, 'tried')),
      ask: (size) =>
        `{ simulateChange(input: { writes: [{ object: "folder:tried-${size}", relation: "viewer", subject: "user:new" }] }) { isComplete gained { count } } }`,
    },
  ],
  [
    'Query.objectRoles',
    {
      most: 1000,
      prepare: (size) => publish(postern(), withRoles(size)),
      ask: () => '{ objectRoles(object: "folder:any") { role canGrant subjects { type } description gives { here } } }',
    },
  ],
  [
    'Query.knownObjects',
    {
      most: 1000,
      prepare: async (size) => {
        // Not of the type with hundreds of roles that was asked for before.
        await publish(postern(), dsl());
        await writeMany(reviewed(size, 'known'));
      },
      ask: (size) =>
        `{ knownObjects(type: "user", within: "folder:known-${size}", first: 100) { ${page} edges { node } } }`,
    },
  ],
  [
    'Query.subjectHoldings',
    {
      most: 4000,
      prepare: (size) => writeMany(many(size, (index) => `folder:held-${size}-${index}#viewer@user:holder-${size}`)),
      ask: (size) =>
        `{ subjectHoldings(subject: "user:holder-${size}", first: 100) { isComplete edges { node { isThroughSet } } } }`,
    },
  ],
  [
    'Query.accessEntities',
    {
      most: 100,
      ask: () => 'query ($o: [ObjectRef!]!) { accessEntities(objects: $o) { __typename } }',
      variables: (size) => ({ o: many(size, (index) => `folder:${index}`) }),
    },
  ],
  ['Query.accessEntityTypes', aliases(100, 'accessEntityTypes { type name }')],
  ['Query.accessAuditEvent', aliases(20, 'accessAuditEvent(id: "1") { id }')],
  ['Query.auditLogHead', aliases(20, 'auditLogHead { hash length }')],
  [
    'Query.authorizationModel',
    {
      most: 4000,
      prepare: publishLarger,
      ask: (size) =>
        `{ authorizationModel(id: "${published.get(size)}") { dsl modules { name } types { name relations { name kind definition } } conditions { name } } }`,
    },
  ],
  [
    'Query.accessAuditEvents',
    {
      most: 100,
      prepare: async (size) => {
        for (const index of many(size, (one) => one))
          await write(postern(), [`folder:e-${size}-${index}#viewer@user:e`]);
      },
      ask: (size) => `{ accessAuditEvents(first: ${size}) { ${page} edges { node { action actor } } } }`,
    },
  ],
  [
    'Query.authorizationModels',
    {
      most: 100,
      prepare: publishMany,
      ask: (size) => `{ authorizationModels(first: ${size}) { pageInfo { endCursor } edges { node { id } } } }`,
    },
  ],
  ['Viewer.subject', ofViewer(aliases(400, 'subject'))],
  ['Viewer.can', ofViewer(aliases(200, 'can(permission: "can_view", object: "folder:1")'))],
  [
    'Viewer.permissions',
    {
      most: 100,
      ask: () => 'query ($o: [ObjectRef!]!) { viewer { permissions(objects: $o) { granted } } }',
      variables: (size) => ({ o: many(size, (index) => `folder:${index}`) }),
    },
  ],
  [
    'Viewer.decisions',
    {
      most: 1000,
      // Long at each size: the values of a body are counted from a length on.
      ask: () =>
        `query ($c: [ViewerCheckInput!]!) { viewer { decisions(checks: $c) { allowed } } } # ${'.'.repeat(limits.bodyValues.most)}`,
      variables: (size) => ({ c: many(size, (index) => ({ permission: 'can_view', object: `folder:${index}` })) }),
    },
  ],
  [
    'Viewer.permissionFingerprint',
    {
      most: 1000,
      ask: () =>
        `query ($c: [ViewerCheckInput!]!) { viewer { permissionFingerprint(checks: $c) { value } } } # ${'.'.repeat(limits.bodyValues.most)}`,
      variables: (size) => ({ c: many(size, (index) => ({ permission: 'can_view', object: `folder:${index}` })) }),
    },
  ],
  [
    'Viewer.objects',
    {
      most: 100,
      prepare: once((index) => `team:seen-${index}#member@user:ada`),
      ask: (size) =>
        `{ viewer { objects(type: "team", permission: "member", first: ${size}) { isCutShort edges { node } } } }`,
    },
  ],
  [
    'Viewer.folders',
    {
      most: 100,
      prepare: once((index) => `folder:seen-${index}#viewer@user:ada`),
      ask: (size) =>
        `{ viewer { folders(permission: CAN_VIEW, first: ${size}) { isCutShort edges { node { id } } } } }`,
    },
  ],
  [
    'Viewer.platforms',
    {
      most: 100,
      prepare: once((index) => `platform:seen-${index}#operator@user:ada`),
      ask: (size) =>
        `{ viewer { platforms(permission: CAN_READ_MODEL, first: ${size}) { isCutShort edges { node { id } } } } }`,
    },
  ],
  ['Mutation.grantRole', inCrowd('granted', (on) => `grantRole(input: { ${on}, subject: "user:new" })`)],
  ['Mutation.revokeRole', inCrowd('revoked', (on) => `revokeRole(input: { ${on}, subject: "user:owner-1" })`)],
  [
    'Mutation.extendGrant',
    inCrowd(
      'extended',
      (on) => `extendGrant(input: { ${on}, subject: "user:owner-1", expiresAt: "2090-01-01T00:00:00Z" })`,
    ),
  ],
  [
    'Mutation.transferRole',
    inCrowd('handed', (on) => `transferRole(input: { ${on}, from: "user:owner-1", to: "user:new" })`),
  ],
  [
    'Mutation.offboardSubject',
    {
      most: 8000,
      prepare: (size) => writeMany(many(size, (index) => `folder:left-${size}-${index}#viewer@user:leaver-${size}`)),
      ask: (size) => `mutation { offboardSubject(input: { subject: "user:leaver-${size}" }) { userErrors { code } } }`,
    },
  ],
  [
    'Mutation.retireObject',
    {
      most: 8000,
      prepare: (size) => writeMany(many(size, (index) => `folder:retired-${size}#viewer@user:reader-${index}`)),
      ask: (size) => `mutation { retireObject(input: { object: "folder:retired-${size}" }) { userErrors { code } } }`,
    },
  ],
  [
    'Mutation.writeRelationships',
    {
      most: 1000,
      ask: () =>
        'mutation ($w: [AccessRelationshipInput!]!) { writeRelationships(input: { writes: $w }) { userErrors { code } } }',
      variables: (size) => ({
        w: many(size, (index) => ({ object: `folder:w-${size}-${index}`, relation: 'viewer', subject: 'user:w' })),
      }),
    },
  ],
  [
    'Mutation.publishAuthorizationModel',
    {
      most: 4000,
      ask: () => 'mutation ($d: String!) { publishAuthorizationModel(input: { dsl: $d }) { userErrors { code } } }',
      variables: (size) => ({ d: larger(size, 'sent') }),
    },
  ],
  [
    'Mutation.activateAuthorizationModel',
    {
      most: 4000,
      prepare: publishLarger,
      ask: (size) =>
        `mutation { activateAuthorizationModel(input: { id: "${published.get(size)}" }) { userErrors { code } } }`,
    },
  ],
  [
    'Mutation.proposeChange',
    {
      most: 4000,
      prepare: (size) => writeMany(crowd('proposed', size)),
      ask: (size) =>
        `mutation { proposeChange(input: { writes: [{ object: "folder:proposed-${size}", relation: "viewer", subject: "user:new" }], reason: "x" }) { userErrors { code } } }`,
    },
  ],
  [
    'Mutation.approveProposal',
    onProposal('approved', 4000, (id, digest) => `approveProposal(input: { id: "${id}", digest: "${digest}" })`),
  ],
  ['Mutation.rejectProposal', onProposal('rejected', 4000, (id) => `rejectProposal(input: { id: "${id}" })`)],
  [
    'Mutation.withdrawProposal',
    onProposal('withdrawn', 4000, (id) => `withdrawProposal(input: { id: "${id}" })`, 'user:ada'),
  ],
  [
    'Query.proposal',
    {
      most: 4000,
      prepare: (size) => proposeIn('read', size),
      ask: (size) => `{ proposal(id: "${proposed.get(`read-${size}`)?.id}") { id writes { object } } }`,
    },
  ],
  [
    'Query.proposals',
    {
      most: 40,
      prepare: async (size) => {
        await writeMany(crowd('listed', size));
        for (let index = 0; index < size; index += 1) await proposeOn(`folder:listed-${size}`, `user:owner-${index}`);
      },
      ask: (size) => `{ proposals(object: "folder:listed-${size}", first: ${size}) { edges { cursor } } }`,
    },
  ],
]);

async function answered(place: string, { ask, variables }: Growth, size: number): Promise<void> {
  const asking = { as: 'user:ada', variables: variables?.(size) ?? {} };
  const answer = await server().ask(ask(size), asking);
  expect([place, size, answer.status, answer.errors.slice(0, 1)]).toEqual([place, size, 200, []]);
  expect(answer.text).not.toContain('"userErrors":[{');
}

test.each([...growths])('%s grows no faster than what it is asked', { timeout: 120_000 }, async (place, growth) => {
  // What is done once for all belongs to no size.
  await answered('Query.viewer', aliases(1, 'viewer { can(permission: "can_view", object: "folder:warm") }'), 1);
  await expectGrowth(growth.most, countersOf(), growth.prepare, (size) => answered(place, growth, size));
});

/** The statements of the server are counted where the server is opened. */
function countersOf() {
  return {
    ...counters,
    take: () => ({ ...counters.take(), statements: server().takeStatements().length }),
  };
}

interface Stream {
  readonly most: number;
  readonly prepare?: (size: number) => Promise<unknown>;
  readonly ask: string;
  readonly variables: (size: number) => Readonly<Record<string, unknown>>;
}

const before = new Map<number, string>();
const streams: ReadonlyMap<string, Stream> = new Map<string, Stream>([
  [
    'Subscription.relationshipChanges',
    {
      most: 1000,
      prepare: async (size) => {
        before.set(size, formatConsistencyToken(await write(postern(), [`folder:start-${size}#viewer@user:changed`])));
        await write(
          postern(),
          many(size, (index) => `folder:change-${size}-${index}#viewer@user:changed`),
        );
      },
      ask: 'subscription ($after: ConsistencyToken) { relationshipChanges(after: $after) { changes { operation } } }',
      variables: (size) => ({ after: before.get(size) }),
    },
  ],
  [
    'Subscription.accessChanges',
    {
      most: 1000,
      prepare: async (size) => {
        const links = many(size, (index) => `folder:told-${size}-${index}#parent@folder:followed-${size}`);
        await writeMany([`folder:followed-${size}#owner@user:ada`, ...links]);
        before.set(size, formatConsistencyToken(await write(postern(), [`folder:before-${size}#viewer@user:told`])));
        await write(
          postern(),
          many(size, (index) => `folder:told-${size}-${index}#viewer@user:told`),
        );
      },
      ask: `subscription ($object: ObjectRef!, $after: ConsistencyToken) {
        accessChanges(object: $object, includeContained: true, after: $after) { changes { operation } }
      }`,
      variables: (size) => ({ object: `folder:followed-${size}`, after: before.get(size) }),
    },
  ],
  [
    'Subscription.accessAuditEventAdded',
    {
      most: 1000,
      prepare: async (size) => {
        const { text } = await server().ask('{ accessAuditEvents(first: 1) { edges { cursor } } }', { as: 'user:ada' });
        before.set(size, JSON.parse(text).data.accessAuditEvents.edges[0].cursor);
        await write(
          postern(),
          many(size, (index) => `folder:tailed-${size}-${index}#viewer@user:tailed`),
        );
      },
      ask: 'subscription ($after: String) { accessAuditEventAdded(after: $after) { node { id } } }',
      variables: (size) => ({ after: before.get(size) }),
    },
  ],
  [
    'Subscription.viewerPermissionsChanged',
    {
      most: 100,
      ask: 'subscription ($o: [ObjectRef!]!) { viewerPermissionsChanged(objects: $o) { granted } }',
      variables: (size) => ({ o: many(size, (index) => `folder:live-${index}`) }),
    },
  ],
]);

test.each([...streams])('%s grows no faster than what it tells', { timeout: 120_000 }, async (_place, stream) => {
  const { most, prepare, ask, variables } = stream;
  const token = await server().token('user:ada');
  await expectGrowth(most, countersOf(), prepare, async (size) => {
    const live = overEvents(server().url, ask, { token, variables: variables(size) });
    expect(await live.next()).toMatchObject({ kind: 'next', errors: [] });
    live.kill();
  });
});

test('every root field and every field of a viewer is here', async () => {
  const built = buildSubgraph(await readFile('schema.graphql', 'utf8'), model(dsl()), new Map());
  if (!built.ok) throw new Error(built.problem.join(' '));
  expect([...growths.keys(), ...streams.keys()].toSorted()).toEqual(fieldsOf(built.value.schema).toSorted());
});

function fieldsOf(schema: GraphQLSchema): readonly string[] {
  const types = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
    schema.getType('Viewer'),
  ];
  return types.flatMap((type) =>
    type && 'getFields' in type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
}
