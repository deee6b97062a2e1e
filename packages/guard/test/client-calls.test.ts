import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createPosternClient, type PosternClientOptions } from '../src/index.ts';
import { decisions, json, startTestServer } from './support/misbehaving-server.ts';

const checks = [{ permission: 'can_edit', object: 'track:1' }];
const yes = { allowed: true, error: null };
const url = 'http://postern/graphql';

async function kindOf(client: ReturnType<typeof createPosternClient>, authorization: string | undefined = 'Bearer x') {
  const [decision] = await client.decide(checks, authorization);
  return decision?.kind;
}

type Answer = (authorization: string | null) => Promise<Response> | Response;

/** After what is under way, and what follows from it. */
const settled = () => nextTurn();

/** A client on a clock and a network of the test's own. */
function onTestNetwork(answer: Answer, options: Partial<PosternClientOptions> = {}) {
  let now = 0;
  let calls = 0;
  const client = createPosternClient({
    url,
    breaker: { failures: 3, coolDownMs: 100, now: () => now },
    fetch: async (_url, { headers }) => {
      const authorization = new Headers(headers).get('authorization');
      // Whether Postern is there at all is asked in nobody's name.
      if (authorization !== null) calls += 1;
      return answer(authorization);
    },
    ...options,
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { client, pass, calls: () => calls };
}

const down = () => Promise.reject(new TypeError('fetch failed'));
const ok = () => new Response(JSON.stringify(decisions(yes)));

describe('the breaker', () => {
  test('opens after failures in a row, lets one call try, and closes when it is answered', async () => {
    let up = false;
    const { client, pass, calls } = onTestNetwork(() => (up ? ok() : down()));
    for (let call = 0; call < 3; call++) expect(await kindOf(client)).toBe('undecided');
    await settled();
    for (let call = 0; call < 2; call++) expect(await kindOf(client)).toBe('undecided');
    expect(calls()).toBe(3);
    pass(99);
    expect([await kindOf(client), calls()]).toEqual(['undecided', 3]);
    pass(1);
    expect(await Promise.all([kindOf(client), kindOf(client)])).toEqual(['undecided', 'undecided']);
    await settled();
    expect(calls()).toBe(4);
    pass(100);
    up = true;
    expect([await kindOf(client), await kindOf(client), calls()]).toEqual(['allowed', 'allowed', 6]);
  });

  test.each([
    ['an answer', ok],
    ['a token that is not valid', () => new Response('', { status: 401 })],
    ['a request that is refused', () => new Response('', { status: 431 })],
  ])('%s in between closes it', async (_name, between) => {
    let calls = 0;
    const { client } = onTestNetwork((authorization) =>
      authorization !== null && ++calls % 3 === 0 ? between() : down(),
    );
    for (let call = 0; call < 9; call++) await kindOf(client);
    expect(calls).toBe(9);
  });

  test('counts a server that fails, and one that is silent', async () => {
    for (const failing of [() => new Response('', { status: 503 }), () => new Promise<Response>(() => undefined)]) {
      const { client, calls } = onTestNetwork(failing, { timeoutMs: 5 });
      await vi.waitFor(async () => {
        const before = calls();
        expect([await kindOf(client), calls() - before]).toEqual(['undecided', 0]);
      }, 20_000);
      expect(calls()).toBeGreaterThanOrEqual(3);
    }
  });

  test.each<readonly [string, () => Response | Promise<Response>]>([
    ['a token whose issuer is away', () => new Response('{"errors":[]}', { status: 503 })],
    ['a token that takes too long', () => new Promise<Response>(() => undefined)],
    ['a token that breaks the connection', down],
  ])('%s shuts out nobody else', async (_name, failing) => {
    const alive = (authorization: string | null) => (authorization === 'Bearer bad' ? failing() : ok());
    const { client } = onTestNetwork(alive, { timeoutMs: 5 });
    for (let round = 0; round < 4; round++) {
      for (let call = 0; call < 5; call++) expect(await kindOf(client, 'Bearer bad')).toBe('undecided');
      expect(await kindOf(client)).toBe('allowed');
      await settled();
      expect(await kindOf(client)).toBe('allowed');
    }
  });

  const overloaded = () => new Response('{"errors":[{"extensions":{"code":"OVERLOADED"}}]}', { status: 503 });

  test.each<readonly [string, () => Response | Promise<Response>, asked: number]>([
    ['gets no answer is not asked for a while', down, 3],
    ['is told that there is too much to do is asked for as before', overloaded, 9],
  ])('a caller that %s, and everybody else is', async (_name, failing, asked) => {
    let sent = 0;
    const { client, pass } = onTestNetwork((authorization) => {
      if (authorization !== 'Bearer bad') return ok();
      sent += 1;
      return failing();
    });
    for (let call = 0; call < 9; call++) {
      expect(await kindOf(client, 'Bearer bad')).toBe('undecided');
      expect(await kindOf(client)).toBe('allowed');
    }
    expect(sent).toBe(asked);
    pass(100);
    // One of them tries.
    await Promise.all([kindOf(client, 'Bearer bad'), kindOf(client, 'Bearer bad')]);
    expect(sent).toBe(asked === 9 ? 11 : 4);
  });

  test('remembers the failures of a thousand callers, and after them of the latest', async () => {
    const { client, calls } = onTestNetwork((authorization) => (authorization?.includes('bad') ? down() : ok()));
    const failThrice = async (token: string) => {
      for (let call = 0; call < 3; call++) await kindOf(client, token);
      await kindOf(client);
    };
    for (let caller = 0; caller <= 1000; caller++) await failThrice(`Bearer bad${caller}`);
    const before = calls();
    await kindOf(client, 'Bearer bad0');
    expect(calls() - before).toBe(1);
    await kindOf(client, 'Bearer bad1000');
    expect(calls() - before).toBe(1);
  });

  test('tells for how long an answer is waited for', async () => {
    const said: (string | null)[] = [];
    const fetch = async (_url: string, { headers }: RequestInit) => {
      said.push(new Headers(headers).get('postern-timeout-ms'));
      return ok();
    };
    for (const timeoutMs of [undefined, 0.5, 250, 100_000_000])
      await kindOf(createPosternClient({ url, fetch, ...(timeoutMs !== undefined && { timeoutMs }) }));
    expect(said).toEqual(['1000', '1', '250', '9999999']);
  });
});

describe('who asks', () => {
  test.each([[undefined], [''], ['  '], ['Bearer \u{1f600}'], ['Bearer a\nb: c'], ['Bearer \u0000']])(
    '%j is nobody, and Postern is not asked',
    async (authorization) => {
      const { client, calls } = onTestNetwork(ok);
      const [decision] = await client.decide(checks, authorization);
      expect([decision?.kind, calls()]).toEqual(['unauthenticated', 0]);
    },
  );

  test('strange tokens do not open the breaker for the others', async () => {
    const { client } = onTestNetwork(ok);
    for (let call = 0; call < 5; call++) await kindOf(client, 'Bearer \u{1f600}');
    expect(await kindOf(client)).toBe('allowed');
  });
});

test('no problem is written with the token in it', async () => {
  const problems: string[] = [];
  const failing = () => Promise.reject(new TypeError('Headers.append: "Bearer x" is an invalid header value.'));
  const { client } = onTestNetwork(failing, { onProblem: (problem) => problems.push(problem) });
  await kindOf(client);
  expect(problems).toEqual(['Postern cannot be reached (TypeError).']);
});

test('a log that fails costs no answer', async () => {
  const onProblem = () => {
    throw new Error('The disk is full.');
  };
  expect(await kindOf(onTestNetwork(down, { onProblem }).client)).toBe('undecided');
});

test('nothing to ask is no call', async () => {
  const { client, calls } = onTestNetwork(ok);
  expect([await client.decide([], 'Bearer x'), calls()]).toEqual([[], 0]);
});

test('connections are kept', async () => {
  const server = await startTestServer((response) => json(response, decisions(yes)));
  const client = createPosternClient({ url: server.url });
  for (let call = 0; call < 20; call++) expect(await kindOf(client)).toBe('allowed');
  // A second one is opened where a call starts before the one before has left its connection.
  expect(new Set(server.requests.map(({ port }) => port)).size).toBeLessThanOrEqual(2);
});

test('a question is asked once more when its connection was closed while nobody used it', async () => {
  const server = await startTestServer((response) => {
    if (server.requests.length % 2 === 0) response.destroy();
    else json(response, decisions(yes));
  });
  const client = createPosternClient({ url: server.url });
  for (let call = 0; call < 6; call++) expect(await kindOf(client)).toBe('allowed');
  expect(server.requests).toHaveLength(11);
});

test('a question that breaks every connection is asked twice, and no more', async () => {
  const server = await startTestServer((response) => response.destroy());
  expect(await kindOf(createPosternClient({ url: server.url }))).toBe('undecided');
  expect(server.requests).toHaveLength(2);
});

test.each([[''], ['postern'], ['ftp://postern/graphql'], ['/graphql']])('%j is no url', (wrong) => {
  expect(() => createPosternClient({ url: wrong })).toThrow(`The url of Postern is "${wrong}"`);
});

describe('options that would leave everything undecided, or the breaker as it is', () => {
  test.each<readonly [string, Partial<Record<keyof PosternClientOptions, unknown>>]>([
    ['"timeoutMs" is NaN', { timeoutMs: Number.NaN }],
    ['"timeoutMs" is 0', { timeoutMs: 0 }],
    ['"timeoutMs" is -1', { timeoutMs: -1 }],
    ['"timeoutMs" is "1000"', { timeoutMs: '1000' }],
    ['"timeoutMs" is Infinity', { timeoutMs: Number.POSITIVE_INFINITY }],
    ['"timeoutMs" is 2147483648', { timeoutMs: 2 ** 31 }],
    ['"breaker.failures" is NaN', { breaker: { failures: Number.NaN } }],
    ['"breaker.coolDownMs" is "1s"', { breaker: { coolDownMs: '1s' } }],
  ])('are refused at the start: %s', (what, options) => {
    expect(() => createPosternClient({ url, ...options } as PosternClientOptions)).toThrow(
      `The option ${what}; it should be a number above 0, at most`,
    );
  });

  test('but a breaker that never opens is one', () => {
    expect(() => createPosternClient({ url, breaker: { failures: Number.POSITIVE_INFINITY } })).not.toThrow();
  });
});

test('a log that fails later ends no process', async () => {
  const left: unknown[] = [];
  const leave = (reason: unknown) => left.push(reason);
  process.on('unhandledRejection', leave);
  const { client } = onTestNetwork(down, { onProblem: () => Promise.reject(new Error('The log is away.')) });
  expect(await kindOf(client)).toBe('undecided');
  await settled();
  process.off('unhandledRejection', leave);
  expect(left).toEqual([]);
});
