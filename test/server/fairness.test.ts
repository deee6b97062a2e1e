import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLSchema } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { buildSubgraph } from '../../src/graphql/schema.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import type { LoopAnswer, LoopOrder } from '../support/closed-loop.ts';
import { crowdedStore } from '../support/crowded-store.ts';
import { useDatabase } from '../support/database.ts';
import { type MeasuredRequest, measuredRequests } from '../support/measured-requests.ts';
import { codesOf, usePosternServer } from '../support/postern-server.ts';
import { runLoop } from '../support/run-loop.ts';
import { asks, type WorstRequest, worstRequest } from '../support/worst-requests.ts';

/**
 * One caller never stops the others: four clients repeat the worst request that somebody without rights may send, for every root
 * field, as fast as they are answered, while somebody else asks one check after the other. The same with requests that were
 * found to stop others, and with those that pages need. Whatever is accepted is answered as well, asked alone.
 */
const isLong = process.env.TEST_FAIRNESS === 'long';
const isTold = process.env.TEST_FAIRNESS !== undefined;
/** Longer than the bar: a check that waits for as long as that is seen. */
const windowMs = isLong ? 10_000 : 700;
const restMs = 700;
const clients = 4;
const mostTimes = 10;
/** On a shared machine a quiet p99 is now and then the time of one turn of the scheduler; ten times that is no measure. */
const leastQuietMs = 12;
const tries = 3;

/** Everybody has an allowance, so nobody asks in two places or attempts; the last one asks alone. */
const strangersOf = (place: string, attempt: number) =>
  Array.from({ length: clients + 1 }, (_, n) => `user:${place.replace(/\W+/g, '-')}-${attempt}-${n}`);
const places = [...asks.keys(), ...measuredRequests.keys()];
const strangers = places.flatMap((place) =>
  Array.from({ length: tries }, (_, attempt) => strangersOf(place, attempt)).flat(),
);
const store = crowdedStore({ teams: 300, tracks: 3000, teamsBetween: 8001, strangers });

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

/**
 * With all other tests, on whatever machine: everybody else is answered, and rightly, within half a second. A check needs the
 * processor a dozen times, and where the tests beside it have that, it waits a dozen times for them, whatever this server does.
 * Ten times what a check takes at rest is asserted where times are, by `npm run bench:fairness`.
 */
function mostMs(quiet: number): number {
  const bar = mostTimes * Math.max(quiet, leastQuietMs);
  return isLong ? bar : Math.max(bar, 500);
}

const isRight = ({ status, text }: LoopAnswer) => status === 200 && text === '{"data":{"viewer":{"can":true}}}\n';

/** What somebody asks, and what there is to say of it when it is asked alone. */
const requestOf = (place: string, own: string): WorstRequest & Pick<MeasuredRequest, 'isAnswered' | 'as'> =>
  measuredRequests.get(place)?.(own) ?? { ...worstRequest(schema, place, own), isAnswered: true };

/** A machine that has something else to do may be too slow for the time of an answer: not three times in a row. */
async function problemAlone(place: string): Promise<string | undefined> {
  let problem: string | undefined;
  for (let attempt = 0; attempt < tries; attempt++) {
    problem = await askAlone(place, attempt);
    if (problem === undefined) return undefined;
  }
  return problem;
}

/** Undefined when a request that is accepted has an answer, and one that is not is refused as a whole. */
async function askAlone(place: string, attempt: number): Promise<string | undefined> {
  const own = strangersOf(place, attempt).at(-1) ?? '';
  const { query, variables, isStream, isAnswered, as = own } = requestOf(place, own);
  if (isStream) return undefined;
  const answer = await server().ask(query, { as, variables });
  // What was asked before it may still be worked on or be paid for, and then it is said when to come again.
  const laterMs = answer.errors.find(({ extensions }) => extensions.retryAfterMs !== undefined)?.extensions
    .retryAfterMs;
  if (laterMs !== undefined) await delay(laterMs);
  // That somebody may not do something is an answer.
  const codes = codesOf(answer).filter((code) => code !== 'FORBIDDEN');
  const isRight = isAnswered
    ? answer.status === 200 && codes.length === 0
    : answer.status === 400 && answer.data === undefined;
  return isRight ? undefined : `${answer.status} ${answer.text.slice(0, 300)}`;
}

interface Measured {
  readonly ms: number;
  /** What the one who checks was told that is not the answer. */
  readonly wrong: readonly string[];
  /** The first answers of those who attack. */
  readonly first: readonly LoopAnswer[];
}

async function measure(place: string, attempt: number): Promise<Measured> {
  const [own = '', ...others] = strangersOf(place, attempt).slice(0, clients);
  const request = requestOf(place, own);
  const order = await orderOf(request.as === undefined ? [own, ...others] : Array(clients).fill(request.as), request);
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

test.each(places)(
  '%s, asked as much as it may be, is answered and leaves others their checks',
  async (place) => {
    expect(await problemAlone(place), 'asked alone').toBeUndefined();

    const seen: string[] = [];
    let isFair = false;
    // On a machine that has something else to do for a moment it is measured again: what is unfair is so each time. Rest is the
    // best that this machine has shown; beside other tests a later try has its own, which excuses no other.
    for (let attempt = 0; attempt < tries && !isFair; attempt++) {
      const rest = isLong || attempt > 0 ? p99(await checkFor(restMs)) : quietMs;
      quietMs = Math.min(quietMs, rest);
      const quiet = isLong ? quietMs : rest;
      const { ms, wrong, first } = await measure(place, attempt);
      expect(first, 'the request came as far as it comes alone').not.toEqual([]);
      isFair = wrong.length === 0 && ms <= mostMs(quiet);
      seen.push(
        `p99 ${ms.toFixed(1)} ms beside ${quiet.toFixed(1)} ms at rest, ${wrong.length} wrong ${wrong.at(0) ?? ''}`,
      );
    }
    if (isTold) console.info(`${place.padEnd(40)} ${seen.join('; ')}`);
    expect(isFair, seen.join('; ')).toBe(true);
  },
  isLong ? 300_000 : 60_000,
);
