import { describe, expect, test } from 'vitest';
import { createPosternClient, type Decision } from '../src/index.ts';
import { type Behaviour, decisions, json, startTestServer } from './support/misbehaving-server.ts';

const checks = [
  { permission: 'can_edit', object: 'track:1' },
  { permission: 'can_listen', object: 'track:2' },
];
const yes = { allowed: true, error: null };
const no = { allowed: false, error: null };
const token = 'Bearer s3cr3t';

async function decide(behave: Behaviour, timeoutMs = 1000) {
  const server = await startTestServer(behave);
  const problems: string[] = [];
  const client = createPosternClient({ url: server.url, timeoutMs, onProblem: (problem) => problems.push(problem) });
  const startedAt = performance.now();
  const answer = await client.decide(checks, token);
  return { kinds: kindsOf(answer), problems, tookMs: performance.now() - startedAt, requests: server.requests };
}

const kindsOf = (answer: readonly Decision[]) => answer.map(({ kind }) => kind).join(' ');

describe('answers that count', () => {
  test.each<readonly [string, Behaviour, string]>([
    ['yes and no', (response) => json(response, decisions(yes, no)), 'allowed denied'],
    [
      'a token that is not valid',
      (response) => json(response, { errors: [{}] }, 401),
      'unauthenticated unauthenticated',
    ],
    ['nobody', (response) => json(response, { data: { viewer: null } }), 'unauthenticated unauthenticated'],
  ])('%s', async (_name, behave, expected) => {
    const { kinds, problems } = await decide(behave);
    expect([kinds, problems]).toEqual([expected, []]);
  });

  test('one check can be undecided', async () => {
    const error = { code: 'AUTHORIZATION_UNAVAILABLE' };
    const { kinds, problems } = await decide((response) => json(response, decisions({ allowed: false, error }, yes)));
    expect(kinds).toBe('undecided allowed');
    expect(problems).toEqual([
      'Postern cannot decide the permission "can_edit" of type "track" (AUTHORIZATION_UNAVAILABLE).',
    ]);
  });

  test('a name that the model lacks is told in the log', async () => {
    const relation = { allowed: false, error: { code: 'UNKNOWN_RELATION' } };
    const type = { allowed: false, error: { code: 'UNKNOWN_TYPE' } };
    const { kinds, problems } = await decide((response) => json(response, decisions(relation, type)));
    expect(kinds).toBe('undecided undecided');
    expect(problems).toEqual([
      'Postern knows no permission "can_edit" of type "track": is it misspelt in @requiresPermission?',
      'Postern knows no type "track": is it misspelt in @requiresPermission?',
    ]);
  });

  test('what is sent', async () => {
    const { requests } = await decide((response) => json(response, decisions(yes, no)));
    expect(requests).toMatchObject([{ headers: { authorization: token, 'content-type': 'application/json' } }]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      query: expect.stringContaining('viewer { decisions(checks: $checks) { allowed error { code } } }'),
      variables: { checks },
    });
  });
});

const raw =
  (text: string, type = 'application/json'): Behaviour =>
  (response) =>
    response.writeHead(200, { 'content-type': type }).end(text);

const slowBody: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"data":{"viewer":');
};

/** Never ends, and would be a yes in the end. */
const trickle: Behaviour = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};

const cut: Behaviour = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"data"');
  setImmediate(() => response.destroy());
};

const bad: Readonly<Record<string, Behaviour>> = {
  'slow headers': () => undefined,
  'slow body': slowBody,
  'a trickle': trickle,
  'a body that is cut': cut,
  'a connection that is cut': (response) => response.destroy(),
  '500': (response) => json(response, decisions(yes, yes), 500),
  '403': (response) => json(response, decisions(yes, yes), 403),
  '404': (response) => json(response, decisions(yes, yes), 404),
  '204': (response) => response.writeHead(204).end(),
  redirect: (response, { headers }) => {
    const code = headers['x-again'] === undefined ? 307 : 200;
    response.writeHead(code, { location: 'http://127.0.0.1:1/graphql' }).end(JSON.stringify(decisions(yes, yes)));
  },
  empty: raw(''),
  HTML: raw('<html><body>allowed: true</body></html>', 'text/html'),
  malformed: raw('{"data":{"viewer":{"decisions":[{"allowed":true,"error":null},'),
  'no text at all': (response) => void response.writeHead(200).end(Buffer.from([0xff, 0xfe, 0xfd])),
  null: raw('null'),
  true: raw('true'),
  list: raw('[{"allowed":true,"error":null},{"allowed":true,"error":null}]'),
  huge: (response) => json(response, { ...Object(decisions(yes, yes)), padding: 'x'.repeat(2_000_000) }),
  errors: (response) => json(response, { ...Object(decisions(yes, yes)), errors: [{ extensions: { code: 'X' } }] }),
  'an empty list of errors': (response) => json(response, { ...Object(decisions(yes, yes)), errors: [] }),
  'null as errors': (response) => json(response, { ...Object(decisions(yes, yes)), errors: null }),
  'no data': (response) => json(response, {}),
  'null as data': (response) => json(response, { data: null }),
  'no viewer': (response) => json(response, { data: {} }),
  'null as decisions': (response) => json(response, { data: { viewer: { decisions: null } } }),
  'too few': (response) => json(response, decisions(yes)),
  'too many': (response) => json(response, decisions(yes, yes, yes)),
  none: (response) => json(response, decisions()),
  'an object of decisions': (response) =>
    json(response, { data: { viewer: { decisions: { 0: yes, 1: yes, length: 2 } } } }),
};

describe('everything else leaves all checks undecided', () => {
  test.each(Object.entries(bad))('%s', async (_name, behave) => {
    const { kinds, problems, tookMs } = await decide(behave, 150);
    expect(kinds).toBe('undecided undecided');
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toMatch(/s3cr3t/);
    expect(tookMs).toBeLessThan(1000);
  });

  test('a server that is down', async () => {
    const server = await startTestServer(() => undefined);
    await server.stop();
    const problems: string[] = [];
    const client = createPosternClient({ url: server.url, onProblem: (problem) => problems.push(problem) });
    expect(kindsOf(await client.decide(checks, token))).toBe('undecided undecided');
    expect(problems).toEqual(['Postern cannot be reached (ECONNREFUSED).']);
  });
});

describe('a decision that is none leaves its check undecided', () => {
  const error = { code: 'X' };
  test.each([
    [{ allowed: true, error }],
    [{ allowed: true, error: {} }],
    [{ allowed: true, error: false }],
    [{ allowed: true }],
    [{ allowed: 'true', error: null }],
    [{ allowed: 1, error: null }],
    [{ allowed: null, error: null }],
    [{ error: null }],
    [{ allowed: false, error }],
    [null],
    [true],
    ['allowed'],
    [[true]],
  ])('%j', async (decision) => {
    const { kinds } = await decide((response) => json(response, decisions(decision, yes)));
    expect(kinds).toBe('undecided allowed');
  });
});
