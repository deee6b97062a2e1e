import { buildASTSchema, execute, type GraphQLFormattedError, type GraphQLSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type Decision, guardSchema, type PermissionCheck } from '#guard';
import { type AnswerBody, type ForeignSubgraph, playAnswer, prepareFetch, readForeignSubgraph } from '#guard/foreign';
import { type RandomFetch, randomFetch } from './support/random-fetch.ts';
import { chanceOf, type RandomSubgraph, randomSubgraph } from './support/random-subgraph.ts';

/** Fetches at random; more by `npm run fuzz:foreign`. */
const rounds = Number(process.env.TEST_FETCHES ?? 300);
const first = Number(process.env.TEST_SEED ?? 0);

interface World {
  readonly subgraph: RandomSubgraph;
  readonly foreign: ForeignSubgraph;
  /** As it is where no guards run. */
  readonly open: GraphQLSchema;
  readonly guarded: InJavaScript;
  /** The same where no null takes anything with it. */
  readonly nullable: InJavaScript;
}

function worldOf(seed: number, nonNull: boolean): World {
  const subgraph = randomSubgraph(seed, { nonNull });
  const supergraph = buildASTSchema(parse(subgraph.supergraphSdl, { noLocation: true }), { assumeValidSDL: true });
  const foreign = readForeignSubgraph(supergraph, 'music-java', {});
  if (!foreign.ok) throw new Error(`${foreign.problem}\n${subgraph.sdl}`);
  const guarded = new InJavaScript(subgraph.build());
  const nullable = new InJavaScript(subgraph.buildNullable());
  return { subgraph, foreign: foreign.value, open: subgraph.build(), guarded, nullable };
}

/** What the caller may; with how much of it is undecided. */
function decider(seed: number) {
  const allowed = chanceOf(seed, ['allowed']);
  return ({ permission, object }: PermissionCheck): Decision => {
    const chance = chanceOf(seed, [permission, object]);
    if (chance < allowed) return { kind: 'allowed' };
    return chance < 0.95 ? { kind: 'denied' } : { kind: 'undecided', reason: 'as it is' };
  };
}

type Decide = ReturnType<typeof decider>;

/** As the guard package answers in a subgraph of JavaScript. */
class InJavaScript {
  readonly #schema: GraphQLSchema;
  #decide: Decide = () => ({ kind: 'denied' });
  #isSignedIn = true;

  constructor(schema: GraphQLSchema) {
    this.#schema = guardSchema<unknown>(schema, {
      client: { decide: async (checks) => checks.map(this.#decide) },
      authorization: () => (this.#isSignedIn ? 'Bearer x' : null),
    });
  }

  answer({ query, variables }: RandomFetch, { decide, isSignedIn }: Caller): Promise<AnswerBody> {
    this.#decide = decide;
    this.#isSignedIn = isSignedIn;
    return run(this.#schema, query, variables);
  }
}

interface Caller {
  readonly decide: Decide;
  readonly isSignedIn: boolean;
}

async function run(schema: GraphQLSchema, query: string, variables: Readonly<Record<string, unknown>>) {
  const result = await execute({ schema, document: parse(query), variableValues: variables, contextValue: {} });
  return JSON.parse(JSON.stringify(result)) as AnswerBody;
}

interface Around {
  readonly body: AnswerBody;
  readonly batches: number;
  readonly isSent: boolean;
}

/** As the same answers in a subgraph that runs no guards, with them around it. */
async function around({ foreign, open }: World, fetch: RandomFetch, { decide, isSignedIn }: Caller): Promise<Around> {
  let batches = 0;
  const ask = async (checks: readonly PermissionCheck[]) => {
    batches += 1;
    return checks.map(decide);
  };
  const given = { ...fetch, operationName: 'Fetch' };
  const prepared = await prepareFetch(foreign, given, { isSignedIn, operation: () => ask });
  if (prepared.kind === 'answer') return { body: overTheWire(prepared.body), batches, isSent: false };
  const sent = prepared.kind === 'send' ? prepared.fetch : given;
  expect(validate(open, parse(sent.query)), sent.query).toEqual([]);
  const answer = await run(open, sent.query, sent.variables);
  if (prepared.kind === 'untouched') return { body: answer, batches, isSent: true };
  const before = batches;
  const body = await playAnswer(foreign, overTheWire(prepared.kept), answer, { ask, isSignedIn });
  expect(batches - before, 'one batch for each answer').toBeLessThanOrEqual(1);
  return { body: overTheWire(body), batches, isSent: true };
}

function overTheWire<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

const codeOf = ({ extensions }: GraphQLFormattedError) => extensions?.code;

/**
 * What clients are told. Where a null has taken its parents with it, GraphQL leaves open which of the errors below are told: there it
 * is the place that counts, and that something is.
 */
function told({ data, errors = [] }: AnswerBody): readonly string[] {
  const seen = errors.map(({ message, path = [], extensions }) => {
    const place = nullOn(data, path);
    return JSON.stringify(place.length < path.length ? [place] : [path, message, extensions ?? null]);
  });
  return [...new Set(seen)].sort();
}

function nullOn(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let value = data;
  for (const [index, key] of path.entries()) {
    if (typeof value !== 'object' || value === null) return path.slice(0, index);
    value = Reflect.get(value, key);
  }
  return path;
}

/** Every text and number of a body that the random subgraph made. */
function valuesIn(body: unknown): ReadonlySet<string> {
  return new Set(JSON.stringify(body).match(/<[^<>"]*>|\b\d{7,}\b/g));
}

interface Case {
  readonly seed: number;
  readonly world: World;
  readonly fetch: RandomFetch;
}

/** Twenty for each subgraph. */
function* cases(nonNull: boolean, count: number): Generator<Case> {
  let made = 0;
  for (let of = first; made < count; of += 1) {
    const world = worldOf(of, nonNull);
    for (let n = 0; n < 20 && made < count; n += 1) {
      const seed = of * 1000 + n;
      const fetch = randomFetch(world.open, seed);
      // Some ask for two things under one name, which no router does.
      if (validate(world.open, parse(fetch.query)).length > 0) continue;
      made += 1;
      yield { seed, world, fetch };
    }
  }
}

describe('around a subgraph that runs no guards', () => {
  test('a fetch is answered as the guard package answers it in the subgraph', async () => {
    const met = { refused: 0, filled: 0, unsent: 0 };
    for (const { seed, world, fetch } of cases(false, rounds)) {
      const caller: Caller = { decide: decider(seed), isSignedIn: seed % 17 > 0 };
      const own = await world.guarded.answer(fetch, caller);
      const { body, isSent } = await around(world, fetch, caller);
      const what = `${seed}: ${fetch.query} ${JSON.stringify(fetch.variables)}\n${world.subgraph.sdl}`;
      expect(body.data, what).toEqual(own.data);
      expect(told(body), what).toEqual(told(own));
      await expectNothingWithheld(world, fetch, { caller, body }, what);
      if ((own.errors ?? []).some((error) => codeOf(error) === 'FORBIDDEN')) met.refused += 1;
      if (valuesIn(body.data).size > 0) met.filled += 1;
      if (!isSent) met.unsent += 1;
    }
    // Otherwise it would compare nothing with nothing.
    expect(met.refused).toBeGreaterThan(rounds / 5);
    expect(met.filled).toBeGreaterThan(rounds / 5);
    expect(met.unsent).toBeGreaterThan(rounds / 50);
  });

  test('where it is gone what a guard is about, nothing is told that the guard package keeps to itself', async () => {
    let closed = 0;
    for (const { seed, world, fetch } of cases(true, rounds / 4)) {
      const caller: Caller = { decide: decider(seed), isSignedIn: true };
      const { body } = await around(world, fetch, caller);
      await expectNothingWithheld(world, fetch, { caller, body }, `${seed}: ${fetch.query}\n${world.subgraph.sdl}`);
      if ((body.errors ?? []).some((error) => codeOf(error) === 'SUBGRAPH_FAILED')) closed += 1;
    }
    expect(closed).toBeGreaterThan(0);
  });
});

interface Answered {
  readonly caller: Caller;
  readonly body: AnswerBody;
}

/** Nothing that a guard of the package keeps to itself is anywhere in the bytes, nor what guards look at. */
async function expectNothingWithheld(
  { nullable, open }: World,
  fetch: RandomFetch,
  { caller, body }: Answered,
  what: string,
): Promise<void> {
  const own = valuesIn(await nullable.answer(fetch, caller));
  const bytes = JSON.stringify(body);
  const withheld = [...valuesIn(await run(open, fetch.query, fetch.variables))].filter((value) => !own.has(value));
  expect(
    withheld.filter((value) => bytes.includes(value)),
    what,
  ).toEqual([]);
  expect(bytes).not.toContain('_postern_');
}
