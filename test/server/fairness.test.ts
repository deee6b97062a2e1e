import { readFile } from 'node:fs/promises';
import type { GraphQLSchema } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { buildSubgraph } from '../../src/graphql/schema.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import type { LoopAnswer, LoopOrder } from '../support/closed-loop.ts';
import { crowdedStore } from '../support/crowded-store.ts';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { runLoop } from '../support/run-loop.ts';
import { asks, worstRequest } from '../support/worst-requests.ts';

/**
 * One caller never stops the others: four clients repeat the worst request that somebody without rights may send, for every root
 * field, as fast as they are answered, while somebody else asks one check after the other.
 */
const isLong = process.env.TEST_FAIRNESS === 'long';
const windowMs = isLong ? 10_000 : 1200;
const clients = 4;
const mostTimes = 10;
/** On a shared machine a quiet p99 is now and then the time of one turn of the scheduler; ten times that is no measure. */
const leastQuietMs = 12;
const tries = 3;

const strangersOf = (place: string, attempt: number) =>
  Array.from({ length: clients }, (_, n) => `user:${place.toLowerCase().replace('.', '-')}-${attempt}-${n}`);
const strangers = [...asks.keys()].flatMap((place) =>
  Array.from({ length: tries }, (_, attempt) => strangersOf(place, attempt)).flat(),
);
const store = crowdedStore({ teams: 300, tracks: 3000, strangers });

const server = usePosternServer(useDatabase(), {
  store,
  // As it comes: the limits of tests are no limits.
  environment: { POSTERN_CALLER_ALLOWANCE: '', POSTERN_SERVICE_ALLOWANCE: '' },
});
let schema: GraphQLSchema;
let quietMs: number;

beforeAll(async () => {
  schema = await schemaOf();
  // What is compiled and connected on the way is nobody's fault.
  await checkFor(500);
  quietMs = await measureQuiet();
}, 120_000);

/** The middle one of three windows. */
async function measureQuiet(): Promise<number> {
  const windows = [p99(await checkFor(windowMs)), p99(await checkFor(windowMs)), p99(await checkFor(windowMs))];
  return windows.toSorted((a, b) => a - b)[1] ?? 0;
}

async function schemaOf(): Promise<GraphQLSchema> {
  const active = await server().running.postern.store.readModel(undefined);
  const parsed = await parseModel({ kind: 'dsl', dsl: active?.dsl ?? '' });
  if (!parsed.ok) throw new Error('The model is not valid.');
  const built = buildSubgraph(await readFile('schema.graphql', 'utf8'), parsed.value.model, new Map());
  if (!built.ok) throw new Error(built.problem.join(' '));
  return built.value.schema;
}

/** One check after the other, by somebody who has nothing to do with the others. */
async function checkFor(durationMs: number): Promise<readonly LoopAnswer[]> {
  const query = '{ viewer { can(permission: "can_edit", object: "track:1") } }';
  return runLoop({
    ...(await orderOf(['user:victim'], { query, variables: {}, isStream: false })),
    durationMs,
    pauseMs: 5,
  });
}

async function orderOf(
  callers: readonly string[],
  { query, variables, isStream }: { query: string; variables: object; isStream: boolean },
): Promise<LoopOrder> {
  const { href } = new URL(isStream ? '/graphql/stream' : '/graphql', server().url);
  const requests = await Promise.all(
    callers.map(async (caller) => ({
      headers: {
        'content-type': 'application/json',
        accept: isStream ? 'text/event-stream' : 'application/json',
        authorization: `Bearer ${await server().token(caller)}`,
      },
      body: JSON.stringify({ query, variables }),
    })),
  );
  return { url: href, requests, isStream, pauseMs: 0, durationMs: windowMs };
}

function p99(answers: readonly LoopAnswer[]): number {
  const times = answers.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return times[Math.floor((times.length - 1) * 0.99)] ?? Number.POSITIVE_INFINITY;
}

const isRight = ({ status, text }: LoopAnswer) => status === 200 && text === '{"data":{"viewer":{"can":true}}}\n';

interface Measured {
  readonly ms: number;
  /** What the one who checks was told that is not the answer. */
  readonly wrong: readonly string[];
  /** The first answers of those who attack. */
  readonly first: readonly LoopAnswer[];
}

async function measure(place: string, attempt: number): Promise<Measured> {
  const [own = '', ...others] = strangersOf(place, attempt);
  const order = await orderOf([own, ...others], worstRequest(schema, place, own));
  const attacking = runLoop(order);
  const checked = await checkFor(windowMs);
  const answers = await attacking;
  const wrong = checked.filter((answer) => !isRight(answer)).map(({ status, text }) => `${status} ${text}`);
  return { ms: p99(checked), wrong, first: answers.filter(({ status }) => status !== 429) };
}

test('every root field and every field of a viewer has its worst request', () => {
  const viewer = schema.getType('Viewer');
  const types = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType(), viewer];
  const fields = types.flatMap((type) =>
    type && 'getFields' in type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
  expect([...asks.keys()].toSorted()).toEqual(fields.toSorted());
});

test.each([...asks.keys()])(
  '%s, asked as much as it may be, leaves others their checks',
  async (place) => {
    const seen: string[] = [];
    let isFair = false;
    // A machine that has something else to do for a moment is slow at rest as well: both are measured again, and what is
    // unfair is so each time.
    for (let attempt = 0; attempt < tries && !isFair; attempt++) {
      if (attempt > 0) quietMs = Math.max(quietMs, await measureQuiet());
      const { ms, wrong, first } = await measure(place, attempt);
      expect(
        first.map(({ status }) => status),
        'the worst request is accepted',
      ).toContain(200);
      isFair = wrong.length === 0 && ms <= mostTimes * Math.max(quietMs, leastQuietMs);
      seen.push(
        `p99 ${ms.toFixed(1)} ms beside ${quietMs.toFixed(1)} ms at rest, ${wrong.length} wrong ${wrong.at(0) ?? ''}`,
      );
    }
    if (isLong) console.info(`${place.padEnd(40)} ${seen.join('; ')}`);
    expect(isFair, seen.join('; ')).toBe(true);
  },
  isLong ? 300_000 : 60_000,
);
