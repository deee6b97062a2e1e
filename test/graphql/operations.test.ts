import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  formatConsistencyToken,
  type Position,
  parseConsistencyToken,
  tokenOf,
} from '../../src/model/consistency-token.ts';
import { useDatabase } from '../support/database.ts';
import { unwrap } from '../support/parse.ts';
import { type Answer, codesOf, usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';

const server = usePosternServer(useDatabase(), { store: office });

const ask = (as: string | undefined, query: string, variables = {}) =>
  server().ask(query, { ...(as !== undefined && { as }), variables });

/** The result of the one root field of an answer without errors. */
function resultOf<Result>({ data, errors }: Answer): Result {
  expect(errors).toEqual([]);
  return Object.values(data as Readonly<Record<string, Result>>)[0] as Result;
}

const check = '{ subject: "user:mia", permission: "can_edit", object: "document:1" }';
const newViewer = '{ object: "folder:plans", role: "viewer", subject: "user:new" }';
const published = 'model\\n  schema 1.1\\ntype user';

describe.each<readonly [operation: string, entitled: string, query: string, result: unknown]>([
  [
    'checkPermissions',
    'service:ops',
    `{ checkPermissions(input: { checks: [${check}] }) { decisions { allowed error { code } } } }`,
    { decisions: [{ allowed: true, error: null }] },
  ],
  [
    'explainPermission',
    'service:ops',
    '{ explainPermission(subject: "user:new", permission: "can_edit", object: "document:1") { decision { allowed } } }',
    { decision: { allowed: false } },
  ],
  [
    'accessibleObjects',
    'service:ops',
    '{ accessibleObjects(subject: "user:mia", permission: "can_edit", type: "document") { edges { node } } }',
    { edges: [{ node: 'document:1' }] },
  ],
  [
    'subjectsWithAccess',
    'service:ops',
    '{ subjectsWithAccess(object: "team:writers", permission: "lead", subjectType: "user") { edges { node } } }',
    { edges: [{ node: 'user:lea' }] },
  ],
  [
    'accessRelationships',
    'service:ops',
    '{ accessRelationships(filter: { object: "document:1" }) { edges { node { relation subject createdBy } } } }',
    { edges: [{ node: { relation: 'folder', subject: 'folder:plans', createdBy: null } }] },
  ],
  [
    'accessReview',
    'service:ops',
    '{ accessReview(object: "team:writers") { edges { node { role subject grantedBy isEffective } } } }',
    {
      edges: [
        { node: { role: 'lead', subject: 'user:lea', grantedBy: null, isEffective: true } },
        { node: { role: 'member', subject: 'user:lea', grantedBy: null, isEffective: true } },
        { node: { role: 'member', subject: 'user:mia', grantedBy: null, isEffective: true } },
      ],
    },
  ],
  [
    'objectRoles',
    'user:lea',
    '{ objectRoles(object: "team:writers") { role canGrant needs noSelfGrant mustKeep takesAway subjects { type relation wildcard condition } } }',
    [
      {
        ...{
          role: 'lead',
          canGrant: true,
          needs: 'can_manage_access',
          noSelfGrant: false,
          mustKeep: false,
          takesAway: false,
        },
        subjects: [{ type: 'user', relation: null, wildcard: false, condition: null }],
      },
      {
        ...{
          role: 'member',
          canGrant: true,
          needs: 'can_manage_access',
          noSelfGrant: false,
          mustKeep: false,
          takesAway: false,
        },
        subjects: [
          { type: 'user', relation: null, wildcard: false, condition: null },
          { type: 'team', relation: 'member', wildcard: false, condition: null },
        ],
      },
    ],
  ],
  [
    'knownObjects',
    'user:lea',
    '{ knownObjects(type: "user", within: "team:writers") { edges { node } isComplete isCutShort } }',
    { edges: [{ node: 'user:lea' }, { node: 'user:mia' }], isComplete: true, isCutShort: false },
  ],
  [
    'subjectHoldings',
    'service:ops',
    '{ subjectHoldings(subject: "user:mia") { edges { node { relationship { object relation subject } isThroughSet } } isComplete } }',
    {
      edges: [
        {
          node: {
            relationship: { object: 'folder:plans', relation: 'editor', subject: 'team:writers#member' },
            isThroughSet: true,
          },
        },
        {
          node: {
            relationship: { object: 'team:writers', relation: 'member', subject: 'user:mia' },
            isThroughSet: false,
          },
        },
      ],
      isComplete: true,
    },
  ],
  [
    'accessAuditEvent',
    'service:ops',
    '{ accessAuditEvent(id: "1") { id action } }',
    { id: '1', action: 'publishAndActivateModel' },
  ],
  ['auditLogHead', 'service:ops', '{ auditLogHead { length } }', { length: expect.any(Number) }],
  ['authorizationModel', 'service:ops', '{ authorizationModel { id active } }', { id: '1', active: true }],
  [
    'accessAuditEvents',
    'service:ops',
    `{ accessAuditEvents(filter: { object: "team:writers", subject: "user:lea", outcome: DONE }) { edges { node {
      id actor action outcome modelId delegate before { relationships { object } } after { modelIds hiddenCount } } } isCutShort } }`,
    {
      edges: [
        {
          node: {
            id: '2',
            actor: 'console test',
            action: 'writeRelationships',
            outcome: 'DONE',
            modelId: '1',
            delegate: null,
            before: { relationships: [] },
            after: { modelIds: [], hiddenCount: 0 },
          },
        },
      ],
      isCutShort: false,
    },
  ],
  [
    'authorizationModels',
    'service:ops',
    '{ authorizationModels(first: 1) { edges { node { id active createdBy } } pageInfo { hasNextPage } } }',
    { edges: [{ node: { id: '1', active: true, createdBy: null } }], pageInfo: { hasNextPage: false } },
  ],
  [
    'grantRole',
    'user:adam',
    `mutation { grantRole(input: ${newViewer}) { relationship { object relation subject createdBy } userErrors { code } } }`,
    {
      relationship: { object: 'folder:plans', relation: 'viewer', subject: 'user:new', createdBy: 'user:adam' },
      userErrors: [],
    },
  ],
  [
    'revokeRole',
    'user:olga',
    `mutation { revokeRole(input: ${newViewer}) { relationship { subject createdBy } userErrors { code } } }`,
    { relationship: { subject: 'user:new', createdBy: 'user:adam' }, userErrors: [] },
  ],
  [
    'transferRole',
    'user:pia',
    `mutation { transferRole(input: { object: "folder:own", role: "owner", from: "user:pia", to: "user:pam" })
      { relationship { relation subject createdBy } userErrors { code } } }`,
    { relationship: { relation: 'owner', subject: 'user:pam', createdBy: 'user:pia' }, userErrors: [] },
  ],
  [
    'extendGrant',
    'user:pam',
    `mutation { extendGrant(input: { object: "folder:own", role: "owner", subject: "user:pam", startsAt: "2020-01-01T00:00:00Z", expiresAt: "2099-01-01T00:00:00Z" })
      { relationship { subject startsAt expiresAt createdBy } userErrors { code } } }`,
    {
      relationship: {
        ...{ subject: 'user:pam', createdBy: 'user:pam' },
        ...{ startsAt: '2020-01-01T00:00:00.000Z', expiresAt: '2099-01-01T00:00:00.000Z' },
      },
      userErrors: [],
    },
  ],
  [
    'offboardSubject',
    'service:ops',
    `mutation { offboardSubject(input: { subject: "user:pam" })
      { offboarding { subject dryRun relationshipCount relationships { edges { node { object relation } } } } userErrors { code } } }`,
    {
      offboarding: {
        ...{ subject: 'user:pam', dryRun: false, relationshipCount: 1 },
        relationships: { edges: [{ node: { object: 'folder:own', relation: 'owner' } }] },
      },
      userErrors: [],
    },
  ],
  [
    'writeRelationships',
    'service:ops',
    `mutation { writeRelationships(input: { writes: [{ object: "folder:w", relation: "viewer", subject: "user:*" }] })
      { written deleted userErrors { code } } }`,
    { written: 1, deleted: 0, userErrors: [] },
  ],
  [
    'publishAuthorizationModel',
    'service:ops',
    `mutation { publishAuthorizationModel(input: { dsl: "${published}" }) { model { id active } userErrors { code } } }`,
    { model: { id: '2', active: false }, userErrors: [] },
  ],
  [
    'activateAuthorizationModel',
    'service:ops',
    'mutation { activateAuthorizationModel(input: { id: 1 }) { model { id active } userErrors { code } } }',
    { model: { id: '1', active: true }, userErrors: [] },
  ],
])('%s', (_operation, entitled, query, result) => {
  test.each([
    ['nobody', undefined, 'UNAUTHENTICATED'],
    ['somebody who is not entitled', 'user:mia', 'FORBIDDEN'],
    ['a subject of a type that the model lacks', 'employee:ann', 'FORBIDDEN'],
  ])('refuses %s', async (_who, as, code) => {
    expect(codesOf(await ask(as, query))).toEqual([code]);
  });

  test.each([['Bearer'], ['Bearer x.y.z'], ['Basic b3BzOm9wcw=='], ['']])(
    'refuses the header %j',
    async (authorization) => {
      const answer = await server().ask(query, { headers: { authorization } });
      expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
    },
  );

  test('answers the entitled', async () => {
    expect(resultOf(await ask(entitled, query))).toEqual(result);
  });
});

describe('viewer', () => {
  test.each<readonly [query: string, viewer: unknown]>([
    ['{ viewer { subject } }', { subject: 'user:mia' }],
    [
      '{ viewer { yes: can(permission: "can_edit", object: "document:1") no: can(permission: "author", object: "document:1") } }',
      { yes: true, no: false },
    ],
    [
      '{ viewer { permissions(objects: ["folder:plans", "document:1", "team:x"]) { object granted undecided { permission } } } }',
      {
        permissions: [
          { object: 'folder:plans', granted: ['can_view', 'can_edit'], undecided: [] },
          { object: 'document:1', granted: ['can_edit'], undecided: [] },
          { object: 'team:x', granted: [], undecided: [] },
        ],
      },
    ],
    [
      '{ viewer { decisions(checks: [{ permission: "can_edit", object: "document:2" }, { permission: "can_edti", object: "document:1" }, { permission: "can_edit", object: "document:1" }]) { allowed error { code } } } }',
      {
        decisions: [
          { allowed: false, error: null },
          { allowed: false, error: { code: 'UNKNOWN_RELATION' } },
          { allowed: true, error: null },
        ],
      },
    ],
    [
      '{ viewer { documents(permission: CAN_EDIT) { edges { node { id permissions { canEdit } } } pageInfo { hasNextPage } } } }',
      {
        documents: { edges: [{ node: { id: '1', permissions: { canEdit: true } } }], pageInfo: { hasNextPage: false } },
      },
    ],
  ])('answers %s', async (query, viewer) => {
    expect(resultOf(await ask('user:mia', query))).toEqual(viewer);
    expect((await ask(undefined, query)).data).toEqual({ viewer: null });
  });

  test('does not take what it cannot decide for a no', async () => {
    const fields = 'permissions(objects: ["folder:local"]) { granted undecided { permission error { code } } }';
    const undecided = ['can_view', 'can_edit'].map((permission) => ({
      permission,
      error: { code: 'MISSING_CONTEXT' },
    }));
    expect(resultOf(await ask('user:rita', `{ viewer { ${fields} } }`))).toEqual({
      permissions: [{ granted: [], undecided }],
    });
    const answer = await ask('user:rita', '{ viewer { can(permission: "can_edit", object: "folder:local") } }');
    expect([answer.data, codesOf(answer)]).toEqual([{ viewer: null }, ['MISSING_CONTEXT']]);
  });
});

describe('checkPermissions', () => {
  const query = `query ($input: CheckPermissionsInput!) {
    checkPermissions(input: $input) { decisions { allowed error { code } } consistencyToken }
  }`;
  interface Checked {
    readonly decisions: readonly { readonly allowed: boolean; readonly error: { readonly code: string } | null }[];
    readonly consistencyToken: string;
  }
  const checkOf = (text: string, context?: unknown) => {
    const [, object, permission, subject] = /^(.+)#(\w+)@(.+)$/.exec(text) ?? [];
    return { subject, permission, object, ...(context !== undefined && { context }) };
  };
  const asked = async (input: object) => resultOf<Checked>(await ask('service:ops', query, { input }));
  const outcomes = ({ decisions }: Checked) => decisions.map(({ allowed, error }) => error?.code ?? allowed);

  test('answers a thousand questions in their order', async () => {
    const checks = Array.from({ length: 500 }, (_, id) => [
      checkOf(`document:${id}#can_edit@user:mia`),
      checkOf(`team:t${id}#memba@user:mia`),
    ]).flat();
    const expected = Array.from({ length: 500 }, (_, id) => [id === 1, 'UNKNOWN_RELATION']).flat();
    expect(outcomes(await asked({ checks }))).toEqual(expected);
  });

  test.each<readonly [what: string, check: string, context: unknown, outcome: unknown]>([
    ['a subject set', 'document:1#can_edit@team:writers#member', undefined, true],
    ['a subject set that is not in it', 'document:1#can_edit@team:other#member', undefined, false],
    ['a wildcard', 'document:1#can_edit@user:*', undefined, false],
    ['a relation', 'team:writers#member@user:lea', undefined, true],
    ['the context that a condition needs', 'folder:local#can_edit@user:rita', { level: 2 }, true],
    ['context that does not meet it', 'folder:local#can_edit@user:rita', { level: 1 }, false],
    [
      'context that the relationship fixed already',
      'folder:local#can_edit@user:rita',
      { level: 2, region: 'US' },
      true,
    ],
    ['context that is missing', 'folder:local#can_edit@user:rita', {}, 'MISSING_CONTEXT'],
    ['context of another type', 'folder:local#can_edit@user:rita', { level: 'high' }, 'INVALID_CONTEXT'],
    ['context that nobody needs', 'document:1#can_edit@user:mia', { constructor: 1, a: [{ b: null }] }, true],
  ])('takes %s', async (_what, text, context, outcome) => {
    expect(outcomes(await asked({ checks: [checkOf(text, context)] }))).toEqual([outcome]);
  });

  test('counts contextual relationships for this question only', async () => {
    const checks = [checkOf('document:9#can_edit@user:new')];
    const contextualRelationships = [{ object: 'document:9', relation: 'author', subject: 'user:new' }];
    expect(outcomes(await asked({ checks, contextualRelationships }))).toEqual([true]);
    expect(outcomes(await asked({ checks }))).toEqual([false]);
  });

  test('asks another model than the active one', async () => {
    const dsl = `${published.replaceAll('\\n', '\n')}\ntype document\n  relations\n    define can_edit: [user]\n`;
    const publish = 'mutation ($dsl: String!) { publishAuthorizationModel(input: { dsl: $dsl }) { model { id } } }';
    const { model } = resultOf<{ model: { id: string } }>(await ask('service:ops', publish, { dsl }));
    const checks = [checkOf('document:1#can_edit@user:mia'), checkOf('folder:plans#can_edit@user:mia')];
    expect(outcomes(await asked({ checks, modelId: model.id }))).toEqual([false, 'UNKNOWN_TYPE']);
    expect(outcomes(await asked({ checks }))).toEqual([true, true]);
  });

  test('sees the write whose token it carries', async () => {
    const grant =
      'grantRole(input: { object: "folder:plans", role: "viewer", subject: "user:fresh" }) { consistencyToken }';
    const { consistencyToken } = resultOf<Checked>(await ask('user:adam', `mutation { ${grant} }`));
    const checks = [checkOf('folder:plans#can_view@user:fresh')];
    const fresh = await asked({ checks, consistency: { atLeastAsFresh: consistencyToken, fullyConsistent: true } });
    expect([outcomes(fresh), fresh.consistencyToken]).toEqual([[true], consistencyToken]);

    const own = unwrap(parseConsistencyToken(consistencyToken));
    const said = async (changed: Partial<Position>) => {
      const atLeastAsFresh = formatConsistencyToken(tokenOf({ ...own, ...changed }));
      return codesOf(await ask('service:ops', query, { input: { checks, consistency: { atLeastAsFresh } } }));
    };
    const { revision, mark } = own;
    if (mark === undefined) throw new Error('A token of a write says what history it is of.');
    expect(await said({})).toEqual([]);
    expect(await said({ mark: undefined })).toEqual([]);
    expect(await said({ revision: revision + 1 })).toEqual(['AUTHORIZATION_UNAVAILABLE']);
    expect(await said({ identity: randomUUID() })).toEqual(['BAD_USER_INPUT']);
    const { event, hash } = mark;
    const others = [
      { event, hash: '0123456789abcdef' },
      { event: 1, hash },
      { event: event + 1, hash },
      { event: Number.MAX_SAFE_INTEGER, hash },
    ];
    for (const other of others) expect(await said({ mark: other })).toEqual(['HISTORY_DIVERGED']);
    expect(await said({ mark: others[0], revision: 0 })).toEqual(['HISTORY_DIVERGED']);
    expect(await said({ mark: others[3], revision: Number.MAX_SAFE_INTEGER })).toEqual(['HISTORY_DIVERGED']);
  });
});
