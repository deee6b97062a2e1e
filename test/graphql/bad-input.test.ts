import { describe, expect, test } from 'vitest';
import { isRecord } from '../../src/base/canonical-json.ts';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { office } from './support/office.ts';
import { expectProblem, problemsOf, questions } from './support/problems.ts';

const server = usePosternServer(useDatabase(), { store: office });

const ask = (query: string, variables: object = {}, as = 'service:ops') =>
  server().ask(query, { as, variables: { ...variables } });

describe('a reference that is none is refused', () => {
  const objects = [
    'document',
    '',
    ':',
    ':1',
    'document:',
    'document:a:b',
    'document:a#b',
    'document:*',
    'a b:1',
    'document:a b',
    'document:a\nb',
    'document:a\u0000',
    'document:a\u200b',
    'document:\u202ea',
    'document:\ud800',
    'document:e\u0301',
    `document:${'x'.repeat(257)}`,
    `document:${'x'.repeat(2705)}`,
    `${'x'.repeat(300)}:1`,
  ];
  const subjects = [
    'user',
    'user:a#',
    '#member',
    'team:a#b#c',
    'user:*#member',
    ':*',
    'team:a#b:c',
    `team:a#${'x'.repeat(65)}`,
    'team:a#e\u0301',
    'user:\udc00',
    ' user:a',
    'user:a ',
  ];

  test.each([...objects.map((text) => ['object', text]), ...subjects.map((text) => ['subject', text])])(
    '%s %j',
    async (name, text) => {
      expectProblem(await ask(questions.check, { [name]: text }), 'BAD_USER_INPUT', '');
      const literal = questions.check.replace(/"(document:1|user:mia)"/g, (known) =>
        known.startsWith('"user') === (name === 'subject') ? JSON.stringify(text) : known,
      );
      const [problem, ...others] = problemsOf(await ask(literal));
      expect([problem?.split(':')[0], others]).toEqual([
        expect.stringMatching(/^(GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|BAD_USER_INPUT)$/),
        [],
      ]);
    },
  );

  test.each([[1], [true], [['document:1']], [{ type: 'document', id: '1' }]])('%j', async (value) => {
    expectProblem(await ask(questions.check, { object: value }), 'BAD_USER_INPUT', 'ObjectRef is a string');
  });
});

describe('values that cannot be are refused', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
  const cursor = (text: string) => Buffer.from(text).toString('base64url');
  const contextual = { object: 'folder:1', relation: 'editor', subject: 'user:x' };

  test.each<readonly [keyof typeof questions, object, string]>([
    ['check', { context: { '\u0000': 1 } }, 'BAD_USER_INPUT'],
    ['check', { context: { a: ['x\u0000'] } }, 'BAD_USER_INPUT'],
    ['check', { context: { a: { b: '\ud800' } } }, 'BAD_USER_INPUT'],
    ['check', { context: nested(20) }, 'BAD_USER_INPUT'],
    ['check', { context: [] }, 'BAD_USER_INPUT'],
    ['check', { context: 'x' }, 'BAD_USER_INPUT'],
    ['contextual', { contextual: { ...contextual, subject: 'user:*' } }, 'BAD_USER_INPUT'],
    ['contextual', { contextual: { ...contextual, relation: 'can_edit' } }, 'BAD_USER_INPUT'],
    ['contextual', { contextual: { ...contextual, nope: 1 } }, 'BAD_USER_INPUT'],
    ['grant', { expiresAt: '2001-01-01T00:00:00Z' }, 'INVALID_INPUT'],
    ['grant', { expiresAt: '2099-02-30T00:00:00Z' }, 'BAD_USER_INPUT'],
    ['grant', { startsAt: 'tomorrow' }, 'BAD_USER_INPUT'],
    ['grant', { startsAt: '2099-01-01T00:00:00Z', expiresAt: '2098-01-01T00:00:00Z' }, 'INVALID_RELATIONSHIP'],
    ['grant', { expiresAt: 'tomorrow' }, 'BAD_USER_INPUT'],
    ['grant', { expiresAt: 4_102_444_800 }, 'BAD_USER_INPUT'],
    ['write', { write: { ...contextual, expiresAt: '0000-06-01T00:00:00Z' } }, 'BAD_USER_INPUT'],
    ['write', { write: { ...contextual, expiresAt: '9999-12-31T23:59:59-05:00' } }, 'BAD_USER_INPUT'],
    ['grant', { condition: { name: 'in_region', context: { level: 1.5 } } }, 'INVALID_CONTEXT'],
    ['grant', { condition: { name: 'in_region', context: { region: 'x'.repeat(40_000) } } }, 'BAD_USER_INPUT'],
    ['grant', { reason: 'x'.repeat(1001) }, 'BAD_USER_INPUT'],
    ['grant', { reason: 'x\u0000' }, 'BAD_USER_INPUT'],
    ['grant', { reason: '\ud800' }, 'BAD_USER_INPUT'],
    ['grant', { key: '' }, 'INVALID_INPUT'],
    ['grant', { key: 'x\u0000' }, 'INVALID_INPUT'],
    ['grant', { key: 'x'.repeat(201) }, 'INVALID_INPUT'],
    ['list', { first: 0 }, 'BAD_USER_INPUT'],
    ['list', { first: -1 }, 'BAD_USER_INPUT'],
    ['list', { first: 101 }, 'BAD_USER_INPUT'],
    ['list', { first: 2 ** 31 }, 'BAD_USER_INPUT'],
    ['list', { first: 1.5 }, 'BAD_USER_INPUT'],
    ['list', { first: '5' }, 'BAD_USER_INPUT'],
    ['list', { filter: { objectType: 'x\u0000' } }, 'BAD_USER_INPUT'],
    ['list', { filter: { relation: '\ud800' } }, 'BAD_USER_INPUT'],
    ['list', { filter: { relation: '' } }, 'BAD_USER_INPUT'],
    ['list', { filter: { objectType: 'x'.repeat(300) } }, 'BAD_USER_INPUT'],
    ['list', { after: '' }, 'BAD_USER_INPUT'],
    ['list', { after: "'; drop table term; --" }, 'BAD_USER_INPUT'],
    ['list', { after: cursor('1 1 1') }, 'BAD_USER_INPUT'],
    ['list', { after: cursor('0123456789abcdef1 1 1') }, 'BAD_USER_INPUT'],
    ['list', { after: 'A'.repeat(100_000) }, 'BAD_USER_INPUT'],
  ])('%s %j', async (question, variables, code) => {
    expectProblem(await ask(questions[question], variables, question === 'grant' ? 'user:adam' : undefined), code, '');
  });

  test.each([
    [
      '1,001 checks',
      'checkPermissions(input: { checks: $many }) { consistencyToken }',
      '[PermissionCheckInput!]!',
      1001,
      { subject: 'user:a', permission: 'can_edit', object: 'document:1' },
    ],
    [
      '101 contextual relationships',
      'checkPermissions(input: { checks: [], contextualRelationships: $many }) { consistencyToken }',
      '[AccessRelationshipInput!]!',
      101,
      contextual,
    ],
    [
      '1,001 decisions',
      'viewer { decisions(checks: $many) { allowed } }',
      '[ViewerCheckInput!]!',
      1001,
      { permission: 'can_edit', object: 'document:1' },
    ],
    ['101 objects', 'viewer { permissions(objects: $many) { granted } }', '[ObjectRef!]!', 101, 'document:1'],
    [
      '1,001 decisions in 11 fields',
      `viewer { ${Array.from({ length: 11 }, (_, n) => `n${n}: decisions(checks: $many) { allowed }`).join(' ')} }`,
      '[ViewerCheckInput!]!',
      1000,
      { permission: 'can_edit', object: 'document:1' },
    ],
    [
      '100 objects in 100 fields',
      `viewer { ${Array.from({ length: 100 }, (_, n) => `n${n}: permissions(objects: $many) { granted }`).join(' ')} }`,
      '[ObjectRef!]!',
      100,
      'document:1',
    ],
  ])('%s', async (_what, fields, type, count, one) => {
    server().takeStatements();
    const answer = await ask(`query ($many: ${type}) { ${fields} }`, { many: Array(count).fill(one) });
    expect(problemsOf(answer)[0]).toMatch(/^BAD_USER_INPUT: .*at most/i);
    expect(answer.data).toSatisfy(
      (data) => data === null || data === undefined || (isRecord(data) && data.viewer === null),
    );
  });

  test.each([
    ['x'],
    [''],
    ['cDEuYQ'],
    [cursor('p1.00000000-0000-0000-0000-00000000000.1')],
    [cursor('p1.00000000-0000-0000-0000-000000000000.-1')],
    [`${cursor('p1.00000000-0000-0000-0000-000000000000.1')}=`],
  ])('the consistency token %j', async (token) => {
    const query =
      'query ($token: ConsistencyToken) { checkPermissions(input: { checks: [], consistency: { atLeastAsFresh: $token } }) { consistencyToken } }';
    expectProblem(await ask(query, { token }), 'BAD_USER_INPUT', 'consistency token');
  });

  test.each([['99'], ['0'], [''], ['-1'], ['x'], ['1e0'], ['99999999999']])('the model %j', async (id) => {
    const query = 'query ($id: ID) { checkPermissions(input: { checks: [], modelId: $id }) { consistencyToken } }';
    expectProblem(await ask(query, { id }), 'BAD_USER_INPUT', /There is no model|is not the number of a model/);
    expect((await ask('query ($id: ID) { authorizationModel(id: $id) { id } }', { id })).data).toEqual({
      authorizationModel: null,
    });
    const activate =
      'mutation ($id: ID!) { activateAuthorizationModel(input: { id: $id }) { userErrors { code message } } }';
    expectProblem(await ask(activate, { id }), 'UNKNOWN_MODEL', '');
  });
});
