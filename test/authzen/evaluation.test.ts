import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { entity, evaluation, type Posted, post } from './support/authzen-client.ts';
import { papers } from './support/papers.ts';

const origin = 'https://access.example';
const aliases = { POSTERN_AUTHZEN_ALIASES: JSON.stringify({ 'tools/call': 'can_call', read: 'can_read' }) };
const server = usePosternServer(useDatabase(), {
  store: papers,
  claims: { territory: 'NO' },
  environment: { POSTERN_AUTHZEN_URL: origin, ...aliases },
});
const evaluate = (body: unknown, posted?: Posted) => post(server(), 'evaluation', body, posted);

const undecided = (code: string) => ({
  decision: false,
  context: { code, status: 400, error: { status: 400, message: expect.stringMatching(/\.$/) } },
});

test.each<[string, object, object]>([
  ['user:ann can_edit paper:1', {}, { decision: true }],
  ['user:bob can_edit paper:1', {}, { decision: false }],
  ['user:nobody can_edit paper:1', {}, { decision: false }],
  ['user:ann edit paper:1', {}, { decision: true }],
  ['user:ann owner paper:1', {}, { decision: true }],
  // The relation of that name, and not the permission.
  ['user:eve view paper:9', {}, { decision: true }],
  ['user:zoe view paper:9', {}, { decision: false }],
  ['user:ann tools/call paper:1', {}, { decision: true }],
  ['user:ann destroy paper:1', {}, undecided('UNKNOWN_RELATION')],
  ['user:ann toString paper:1', {}, undecided('UNKNOWN_RELATION')],
  ['user:ann constructor paper:1', {}, undecided('UNKNOWN_RELATION')],
  ['user:ann can_edit spaceship:1', {}, undecided('UNKNOWN_TYPE')],
  ['user:ann can_edit constructor:1', {}, undecided('UNKNOWN_TYPE')],
  ['spaceship:ann can_edit paper:1', {}, undecided('UNKNOWN_TYPE')],
  ['user:* can_read paper:9', {}, undecided('BAD_USER_INPUT')],
  ['user:ann can_read paper:*', {}, undecided('BAD_USER_INPUT')],
  ['user:ann#owner can_read paper:9', {}, undecided('BAD_USER_INPUT')],
  ['user:a:b can_read paper:9', {}, undecided('BAD_USER_INPUT')],
  ['user: can_read paper:9', {}, undecided('BAD_USER_INPUT')],
  ['user:cat can_edit paper:1', {}, undecided('MISSING_CONTEXT')],
  ['user:cat can_edit paper:1', { context: { resource_status: 'open' } }, undecided('MISSING_CONTEXT')],
  ['user:cat can_edit paper:1', { context: { resource_status: 'open', hour: 'x' } }, undecided('INVALID_CONTEXT')],
  ['user:cat can_edit paper:1', { context: { resource_status: 'open', hour: 9 } }, { decision: true }],
  ['user:cat can_edit paper:1', { context: { resource_status: 'open', hour: 19 } }, { decision: false }],
  ['user:ann can_edit paper:1', { context: { unknown: [1, { deep: true }] }, future: [{}] }, { decision: true }],
])('%s with %j', async (text, more, answer) => {
  expect(await evaluate(evaluation(text, more))).toMatchObject({ status: 200, body: answer });
});

describe('properties are values of the context', () => {
  const cat = { ...evaluation('user:cat can_edit paper:1'), context: { hour: 9 } };

  test.each<[what: string, body: object, decision: boolean]>([
    ['of the resource', { ...cat, resource: entity('paper:1', { status: 'open' }) }, true],
    ['of the resource, closed', { ...cat, resource: entity('paper:1', { status: 'closed' }) }, false],
    [
      'of the resource, and the context says otherwise',
      { ...cat, context: { hour: 9, resource_status: 'open' }, resource: entity('paper:1', { status: 'closed' }) },
      true,
    ],
  ])('%s', async (_what, body, decision) => {
    expect((await evaluate(body)).body).toEqual({ decision });
  });

  test('of the subject and the action have other names', async () => {
    const body = {
      ...cat,
      subject: entity('user:cat', { status: 'open' }),
      action: { name: 'can_edit', properties: { status: 'open' } },
    };
    expect((await evaluate(body)).body).toEqual(undecided('MISSING_CONTEXT'));
  });
});

test.each([
  ['the clock', 'user:ann can_edit paper:1', { current_time: '2001-01-01T00:00:00Z' }, { decision: true }],
  // Nobody says for another what their token would have to say.
  ['a claim', 'user:dan can_read paper:1', { territory: 'NO' }, undecided('MISSING_CONTEXT')],
])('%s that is sent counts for nothing, and the question is answered', async (_what, text, context, answer) => {
  expect(await evaluate(evaluation(text, { context }))).toMatchObject({ status: 200, body: answer });
});

describe('whoever may not ask about any subject', () => {
  test.each([
    ['about themselves', 'user:bob can_read paper:1', {}, { decision: true }],
    ['about themselves', 'user:bob can_edit paper:1', {}, { decision: false }],
    ['about themselves, with what the token says', 'user:dan can_read paper:1', {}, { decision: true }],
    [
      'about themselves, and what they send counts for nothing',
      'user:dan can_read paper:1',
      { territory: 'SE' },
      { decision: true },
    ],
    [
      'about themselves, with what nobody says for them',
      'user:cat can_edit paper:1',
      { resource_status: 'open', hour: 9 },
      undecided('MISSING_CONTEXT'),
    ],
  ])('is answered %s: %s %j', async (_what, text, context, answer) => {
    const [as] = text.split(' ');
    expect(await evaluate(evaluation(text, { context }), { as: as ?? '' })).toMatchObject({
      status: 200,
      body: answer,
    });
  });

  test.each(['user:ann can_edit paper:1', 'bot:bob can_read paper:1', 'user:nobody can_edit paper:1'])(
    'is refused about others: %s',
    async (text) => {
      const refused = await evaluate(evaluation(text), { as: 'user:bob' });
      expect(refused).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
      expect(refused.text).not.toContain('"decision"');
    },
  );
});

const good = evaluation('user:ann can_edit paper:1');
const without = (member: string) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== member));
const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

test.each<[what: string, body: unknown, status: number, message: string | RegExp]>([
  ['no subject', without('subject'), 400, '"subject" is missing.'],
  ['no action', without('action'), 400, '"action" is missing.'],
  ['no resource', without('resource'), 400, '"resource" is missing.'],
  ['a subject that is text', { ...good, subject: 'user:ann' }, 400, '"subject" is not an object.'],
  ['a subject that is null', { ...good, subject: null }, 400, '"subject" is not an object.'],
  ['a subject that is a list', { ...good, subject: [] }, 400, '"subject" is not an object.'],
  ['an id that is a number', { ...good, subject: { type: 'user', id: 1 } }, 400, '"subject.id" is not text.'],
  ['no type', { ...good, resource: { id: '1' } }, 400, '"resource.type" is missing.'],
  ['no name', { ...good, action: {} }, 400, '"action.name" is missing.'],
  [
    'properties that are a list',
    { ...good, action: { name: 'x', properties: [] } },
    400,
    '"action.properties" is not an object.',
  ],
  ['a context that is null', { ...good, context: null }, 400, '"context" is not an object.'],
  [
    'a context with a control character',
    { ...good, context: { a: '\u0007' } },
    400,
    'A context contains a control character.',
  ],
  [
    'a context with too many values',
    { ...good, context: { a: Array.from({ length: 501 }, () => 1) } },
    400,
    /more than 500/,
  ],
  ['a list', [], 400, 'The body is not an object.'],
  ['text', '"x"', 400, 'The body is not an object.'],
  ['nothing', '', 400, 'The body is empty.'],
  ['no JSON', '{"subject":', 400, 'The body is not JSON.'],
  [
    'a key twice',
    '{"subject":{"type":"user","type":"bot","id":"ann"}}',
    400,
    'The body contains the key "type" twice in one object.',
  ],
  [
    'a key of prototypes',
    '{"__proto__":{"type":"user"}}',
    400,
    'The body contains the key "__proto__", which cannot be a name.',
  ],
  [
    'a number that would be rounded',
    '{"context":{"a":12345678901234567890}}',
    400,
    /"12345678901234567890" is too long/,
  ],
  ['deep nesting', nested(30), 400, 'The body is nested more than 20 levels deep.'],
  ['very deep nesting', nested(100_000), 400, /nested|values/],
  ['a body that is too large', { ...good, filler: 'x'.repeat(600_000) }, 413, /./],
])('a body with %s is refused', async (_what, body, status, message) => {
  const refused = await evaluate(body);
  expect(refused).toMatchObject({ status, errors: [{ message: expect.stringMatching(message) }] });
  expect(refused.text).not.toContain('"decision"');
});

test.each([
  'text/plain',
  'application/json; charset=latin1',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
])('a body of the type %s is refused as a bad request', async (type) => {
  const refused = await evaluate(good, { headers: { 'content-type': type } });
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('BAD_REQUEST')]);
});

test.each<[what: string, posted: Posted]>([
  ['without a token', { as: null }],
  ['with a token that is none', { as: null, headers: { authorization: 'Bearer x' } }],
])('nobody is answered %s', async (_what, posted) => {
  const refused = await evaluate(good, posted);
  expect(refused).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test.each(['bfe9eb29-ab87-4ca3-be83-a1d5d8305716', 'with spaces, and a "quote"', 'x'.repeat(300)])(
  'the request id %s comes back',
  async (id) => {
    const headers = { 'x-request-id': id };
    for (const body of [good, '{'] as const)
      expect((await evaluate(body, { headers })).headers.get('x-request-id')).toBe(id);
  },
);

test('an answer says which state it is of, and another one is at least as fresh where it is asked to', async () => {
  const first = await evaluate(good);
  const token = first.headers.get('postern-consistency') ?? '';
  expect(token).not.toBe('');
  const again = await evaluate(good, { headers: { 'postern-consistency': token } });
  expect([again.status, again.headers.get('postern-consistency')]).toEqual([200, token]);
  const wrong = await evaluate(good, { headers: { 'postern-consistency': 'x' } });
  expect([wrong.status, wrong.text.includes('decision":')]).toEqual([400, false]);
});

test('what it says of itself comes from its settings alone', async () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
  const { status, text } = await server().send('/.well-known/authzen-configuration', { headers });
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({
    policy_decision_point: origin,
    access_evaluation_endpoint: `${origin}/access/v1/evaluation`,
    access_evaluations_endpoint: `${origin}/access/v1/evaluations`,
    search_subject_endpoint: `${origin}/access/v1/search/subject`,
    search_resource_endpoint: `${origin}/access/v1/search/resource`,
    search_action_endpoint: `${origin}/access/v1/search/action`,
  });
});
