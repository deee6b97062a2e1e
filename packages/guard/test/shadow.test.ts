import { graphql } from 'graphql';
import { describe, expect, test } from 'vitest';
import {
  createPosternClient,
  type Decision,
  type PosternClient,
  type ShadowClient,
  type ShadowComparison,
  type ShadowOptions,
  type ShadowQuestion,
  type ShadowResult,
  withShadow,
} from '../src/index.ts';
import { allowOnly } from '../src/testing.ts';
import { answerOf, type Context, guard, subgraph } from './support/guarded-subgraph.ts';
import { ManualClock } from './support/manual-clock.ts';

const tracks = ['1', '2'].map((id) => ({ id, royalties: 7 }));
const schemaOf = (client: PosternClient) =>
  guard(
    subgraph(
      `type Query { tracks: [Track] }
       type Track @key(fields: "id") { id: ID! royalties: Int @requiresPermission(permission: "can_see") }`,
      { Query: { tracks: () => tracks } },
    ),
    client,
  );

async function askTracks(client: PosternClient, contextValue: Context = { token: 'Bearer ann' }) {
  return answerOf(await graphql({ schema: schemaOf(client), source: '{ tracks { royalties } }', contextValue }));
}

function resultsOf({ shadow }: ShadowClient): Readonly<Record<string, number>> {
  return Object.fromEntries(shadow.counts().map(({ result, count }) => [result, count]));
}

type Kind = Decision['kind'];

/** A client that answers one thing after the other, and the last one for ever. */
function answering(...kinds: readonly Kind[]): PosternClient {
  let asked = 0;
  const next = (): Decision => {
    const kind = kinds[Math.min(asked++, kinds.length - 1)] ?? 'undecided';
    return kind === 'undecided' ? { kind, reason: 'is away' } : { kind };
  };
  return { decide: async (checks) => checks.map(next) };
}

const check = { permission: 'can_see', object: 'track:1' };

describe('what came of a comparison', () => {
  test.each<readonly [string, readonly Kind[], readonly (boolean | 'fails')[], ShadowResult, number]>([
    ['both allow', ['allowed'], [true], 'same', 1],
    ['both deny', ['denied'], [false], 'same', 1],
    ['nobody is signed in, and the old system denies', ['unauthenticated'], [false], 'same', 1],
    ['the old system allows, twice', ['denied'], [true], 'old_allow', 2],
    ['the old system allows nobody', ['unauthenticated'], [true], 'old_allow', 2],
    ['the old system denies, twice', ['allowed'], [false], 'old_deny', 2],
    ['the old system comes after', ['allowed'], [false, true], 'same', 2],
    ['Postern comes after', ['denied', 'allowed'], [true], 'same', 2],
    ['both change their minds', ['allowed', 'denied'], [false, true], 'old_allow', 2],
    ['Postern cannot decide', ['undecided'], [true], 'undecided', 0],
    ['Postern cannot decide any more', ['allowed', 'undecided'], [false], 'undecided', 1],
    ['the token ends', ['allowed', 'unauthenticated'], [false], 'undecided', 1],
    ['the old system fails', ['allowed'], ['fails'], 'error', 1],
    ['the old system fails the second time', ['allowed'], [false, 'fails'], 'error', 2],
  ])('%s', async (_what, kinds, answers, result, times) => {
    const clock = new ManualClock();
    const told: ShadowComparison[] = [];
    let asked = 0;
    const ask = () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      if (typeof answer === 'boolean') return answer;
      throw new Error('It is broken.');
    };
    const client = withShadow(answering(...kinds), { ask, clock, onCompared: (one) => void told.push(one) });
    const [decision] = await client.decide([check], 'Bearer ann');
    expect([decision?.kind, asked]).toEqual([kinds[0], 0]);
    await clock.pass(1999);
    const isSettled = times < 2 && !(result === 'undecided' && times === 1);
    expect(told.map((one) => one.result)).toEqual(isSettled ? [result] : []);
    await clock.pass(1);
    expect([told.map((one) => one.result), asked]).toEqual([[result], times]);
    expect(resultsOf(client)).toEqual({ [result]: 1 });
  });
});

const never = new Promise<never>(() => undefined);

/** What an old system may do instead of answering. */
const misbehaving: Readonly<Record<string, (question: ShadowQuestion) => unknown>> = {
  hangs: () => never,
  'throws at once': () => {
    throw new Error('no');
  },
  'throws nothing': () => {
    throw undefined;
  },
  rejects: async () => Promise.reject(new Error('no')),
  'answers a text': () => 'allowed',
  'answers nothing': () => undefined,
  'answers null': () => null,
  'answers a number': () => 1,
  'answers an object': () => ({ allow: true }),
  'answers a text for yes': () => ({ allowed: 'true' }),
  'throws when it is read': () =>
    Object.defineProperty({}, 'allowed', {
      get: () => {
        throw new Error('no');
      },
    }),
  'throws when it is waited for': () =>
    Object.defineProperty({}, 'then', {
      get: () => {
        throw new Error('no');
      },
    }),
  'fails after it is too late': ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('late')))),
};

describe.each(Object.entries(misbehaving))('an old system that %s', (_what, ask) => {
  test('changes no answer and delays none', async () => {
    const asked: ShadowQuestion[] = [];
    const isTold = Promise.withResolvers<void>();
    const results: ShadowResult[] = [];
    const shadow: ShadowOptions = {
      ask: (question) => {
        asked.push(question);
        return ask(question) as boolean;
      },
      deadlineMs: 5,
      onCompared: ({ result }) => {
        if (results.push(result) === 2) isTold.resolve();
      },
    };
    const plain = allowOnly(['track:1#can_see']);
    const client = withShadow(allowOnly(['track:1#can_see']), shadow);
    expect(await askTracks(client)).toEqual(await askTracks(plain));
    await isTold.promise;
    expect(results).toEqual(['error', 'error']);
    expect(asked.map(({ object, authorization }) => [object, authorization])).toEqual([
      ['track:1', 'Bearer ann'],
      ['track:2', 'Bearer ann'],
    ]);
  });
});

test('an old system that lies changes no answer', async () => {
  const clock = new ManualClock();
  const shadow = { ask: ({ object }: ShadowQuestion) => object === 'track:2', clock };
  const client = withShadow(allowOnly(['track:1#can_see']), shadow);
  const answer = {
    data: { tracks: [{ royalties: 7 }, { royalties: null }] },
    errors: ['FORBIDDEN tracks.1.royalties'],
  };
  expect(await askTracks(client)).toEqual(answer);
  await clock.pass(5000);
  expect(await askTracks(client)).toEqual(answer);
  expect(resultsOf(client)).toEqual({ old_deny: 1, old_allow: 1 });
});

test('of an old system that answers twice, the first answer counts', async () => {
  const clock = new ManualClock();
  const ask = () => ({
    // biome-ignore lint/suspicious/noThenProperty: what an old system may be made of.
    then: (resolve: (answer: boolean) => void, reject: (error: unknown) => void) => {
      resolve(true);
      resolve(false);
      reject(new Error('no'));
    },
  });
  const client = withShadow(answering('allowed'), { ask: ask as () => PromiseLike<boolean>, clock });
  await client.decide([check], 'Bearer ann');
  await clock.pass(0);
  expect(resultsOf(client)).toEqual({ same: 1 });
});

test('nobody is asked before the answer went out', async () => {
  const clock = new ManualClock();
  const asked: string[] = [];
  const ask = ({ object }: ShadowQuestion) => asked.push(object) > 0;
  const client = withShadow(allowOnly(['track:1#can_see', 'track:2#can_see']), { ask, clock });
  await askTracks(client);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([]);
  await clock.pass(0);
  expect(asked).toEqual(['track:1', 'track:2']);
});

test('what is not decided by Postern at all is compared with nothing', async () => {
  const ask = () => {
    throw new Error('It must not be asked.');
  };
  const clock = new ManualClock();
  const client = withShadow(allowOnly([]), { ask, clock });
  expect((await askTracks(client, {})).errors).toHaveLength(2);
  const short = withShadow({ decide: async () => [] }, { ask, clock });
  expect(await short.decide([check], 'Bearer ann')).toEqual([]);
  const broken = withShadow({ decide: async () => Promise.reject(new Error('no')) }, { ask, clock });
  await expect(broken.decide([check], 'Bearer ann')).rejects.toThrow('no');
  await clock.pass(10_000);
  expect([client, short, broken].map(resultsOf)).toEqual([{}, {}, {}]);
});

describe('bounds', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ permission: 'can_see', object: `track:${n}` }));

  test('so many are asked at once, so many wait, and the rest is dropped and counted', async () => {
    const clock = new ManualClock();
    let [running, most] = [0, 0];
    const ask = async ({ signal }: ShadowQuestion) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      running -= 1;
      return true;
    };
    const client = withShadow(answering('allowed'), { ask, clock, concurrency: 2, waiting: 5, deadlineMs: 100 });
    expect(await client.decide(many(12), 'Bearer ann')).toHaveLength(12);
    await clock.pass(10_000);
    expect([most, resultsOf(client)]).toEqual([2, { dropped: 7, error: 5 }]);
  });

  test('so many wait to be asked again', async () => {
    const clock = new ManualClock();
    const client = withShadow(answering('allowed'), { ask: () => false, clock, waiting: 3 });
    await client.decide(many(3), 'Bearer ann');
    await clock.pass(0);
    await client.decide(many(2), 'Bearer ann');
    await clock.pass(10_000);
    expect(resultsOf(client)).toEqual({ dropped: 2, old_deny: 3 });
  });

  test('200 pairs are told apart', async () => {
    const clock = new ManualClock();
    const client = withShadow(answering('allowed'), { ask: () => true, clock });
    const checks = Array.from({ length: 300 }, (_, n) => ({ permission: `can_${n}`, object: 'track:1' }));
    await client.decide(checks, 'Bearer ann');
    await clock.pass(0);
    const counts = client.shadow.counts();
    expect(counts).toHaveLength(201);
    expect(counts.at(-1)).toEqual({ type: 'other', permission: 'other', result: 'same', count: 100 });
  });

  test('a share of them', async () => {
    const clock = new ManualClock();
    let turn = 0;
    const options = { ask: () => true, clock, random: () => (turn++ % 4) / 4 };
    for (const [sample, count] of [
      [0, undefined],
      [0.5, 10],
      [1, 20],
    ] as const) {
      const client = withShadow(answering('allowed'), { ...options, sample });
      await client.decide(many(20), 'Bearer ann');
      await clock.pass(0);
      expect(resultsOf(client).same).toBe(count);
    }
  });
});

test('what is told has ids, and is a line of JSON; whoever is told may fail', async () => {
  const clock = new ManualClock();
  const lines: string[] = [];
  const client = withShadow(answering('allowed'), {
    ask: () => ({ allowed: false, explanation: 'not an owner' }),
    clock,
    subject: (authorization) => `user:${authorization.slice('Bearer '.length)}`,
    onCompared: async () => Promise.reject(new Error('no')),
    onLine: (line) => {
      lines.push(line);
      throw new Error('no');
    },
  });
  await client.decide([check], 'Bearer ann');
  await clock.pass(2000);
  expect(lines).toEqual([
    '{"at":"2026-03-01T00:00:02.000Z","log":"shadow","type":"track","permission":"can_see","object":"track:1","subject":"user:ann","postern":"allowed","old":"denied","result":"old_deny","explanation":"not an owner"}',
  ]);
  expect(lines.join()).not.toContain('Bearer');
});

test.each([
  ['throws', () => Reflect.apply(String.prototype.trim, undefined, []) as string],
  ['answers a promise that fails', () => Promise.reject(new Error('no')) as unknown as string],
])('a subject that %s is not told', async (_what, subject) => {
  const clock = new ManualClock();
  const client = withShadow(answering('allowed'), { ask: () => true, clock, subject, onLine: () => undefined });
  await client.decide([check], 'Bearer ann');
  await clock.pass(0);
  expect(resultsOf(client)).toEqual({ same: 1 });
});

test('counts are a metric in the format of Prometheus', async () => {
  const clock = new ManualClock();
  const client = withShadow(answering('allowed'), { ask: () => true, clock });
  await client.decide([check, { permission: 'a"b\\c\nd', object: 'track:1' }], 'Bearer ann');
  await clock.pass(0);
  expect(
    client.shadow.metrics(),
  ).toBe(`# HELP postern_shadow_comparisons_total Decisions that were compared with those of the old system.
# TYPE postern_shadow_comparisons_total counter
postern_shadow_comparisons_total{type="track",permission="can_see",result="same"} 1
postern_shadow_comparisons_total{type="track",permission="a\\"b\\\\c\\nd",result="same"} 1
`);
});

test('the client of a running Postern has it as an option', async () => {
  const clock = new ManualClock();
  const data = { viewer: { decisions: [{ allowed: true, error: null }] } };
  const fetch = async () => new Response(JSON.stringify({ data }));
  const url = 'http://postern.example/graphql';
  const client = createPosternClient({ url, fetch, shadow: { ask: () => true, clock } });
  expect(await client.decide([check], 'Bearer ann')).toEqual([{ kind: 'allowed' }]);
  await clock.pass(0);
  expect(resultsOf(client)).toEqual({ same: 1 });
});

test.each<readonly [string, Partial<Record<keyof ShadowOptions, unknown>>]>([
  ['"shadow.ask" is no function', { ask: true }],
  ['"shadow.sample" is 1.5; it should be a number from 0 to 1', { sample: 1.5 }],
  ['"shadow.sample" is "1"', { sample: '1' }],
  ['"shadow.deadlineMs" is 0', { deadlineMs: 0 }],
  ['"shadow.againAfterMs" is NaN', { againAfterMs: Number.NaN }],
  ['"shadow.concurrency" is 0', { concurrency: 0 }],
  ['"shadow.waiting" is -1', { waiting: -1 }],
])('an option that cannot be meant: %s', (sentence, options) => {
  const shadow = { ask: () => true, ...options } as ShadowOptions;
  expect(() => withShadow(allowOnly([]), shadow)).toThrow(sentence);
});
