import { deepEqual } from 'node:assert/strict';
import { type Check, type CheckAnswer, check } from '../../src/engine/check/check.ts';
import { checkAtOnce } from '../../src/engine/check/check-at-once.ts';
import type { PreparedModel } from '../../src/engine/prepared-model.ts';
import { prepareModel } from '../../src/engine/prepared-model.ts';
import type { Decision } from '../../src/model/decision.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import type { StoreReader } from '../../src/store/store-reader.ts';
import { MemoryEdges } from './memory-edges.ts';
import { check as parseCheck, relationship, storedModel } from './parse.ts';

/** A model and what is written in it; relationships and checks in text have no condition and no context. */
export interface World {
  readonly dsl: string;
  readonly relationships?: readonly (string | Relationship)[];
  readonly contextual?: readonly (string | Relationship)[];
}

/** The outcomes of checks that are asked in one batch, in words. */
export async function decide(world: World, ...checks: readonly (string | Check)[]): Promise<readonly string[]> {
  const { store, answer } = askTogether(world, checks);
  const outcomes = (await answer).decisions.map(outcomeOf);
  if (relationshipsOf(world.contextual).length === 0) await expectSameAtOnce(store, checks, outcomes);
  return outcomes;
}

/** Whatever can be answered at once is answered as goals answer it, the words of problems included. */
async function expectSameAtOnce(
  store: MemoryEdges,
  checks: readonly (string | Check)[],
  outcomes: readonly string[],
): Promise<void> {
  for (const [index, one] of checks.entries()) {
    const request = { checks: [askedOf(one)], contextual: [] };
    const answer = await checkAtOnce(store, () => request, { isWatched: () => false });
    if (answer !== undefined) deepEqual([index, ...answer.decisions.map(outcomeOf)], [index, outcomes[index]]);
  }
}

/** The same, with the store that was asked. */
export function askTogether(
  world: World,
  checks: readonly (string | Check)[],
): { readonly store: MemoryEdges; readonly answer: Promise<CheckAnswer> } {
  const store = new MemoryEdges(prepare(world.dsl), relationshipsOf(world.relationships));
  const asked = checks.map(askedOf);
  return { store, answer: check(store, { checks: asked, contextual: relationshipsOf(world.contextual) }) };
}

function askedOf(one: string | Check): Check {
  return typeof one === 'string' ? parseCheck(one) : one;
}

/** A model, published today or earlier, ready for checks; each text is parsed once. */
export function prepare(dsl: string): PreparedModel {
  const known = prepared.get(dsl) ?? prepareModel(storedModel(dsl));
  prepared.set(dsl, known);
  return known;
}

const prepared = new Map<string, PreparedModel>();

/** `allowed`, `denied`, or the code of the problem that leaves it undecided. */
export function outcomeOf(decision: Decision | undefined): string {
  if (decision === undefined) return 'no answer';
  return decision.kind === 'undecided' ? decision.problem.code : decision.kind;
}

function relationshipsOf(written: readonly (string | Relationship)[] = []): readonly Relationship[] {
  return written.map((one) => (typeof one === 'string' ? relationship(one) : one));
}

/** What a reader says to checks that are written as texts. */
export async function outcomesOf(reader: StoreReader, ...texts: readonly string[]): Promise<readonly string[]> {
  const { decisions } = await check(reader, { checks: texts.map((one) => parseCheck(one)), contextual: [] });
  return decisions.map(outcomeOf);
}
