import { expect } from 'vitest';
import { rowsIn } from './count-rows.ts';
import { countWork, isTimed, type Work } from './count-work.ts';

/** How much more than linear anything may grow. */
export const mostOfLinear = 1.3;

/** What the database is asked, and how many rows the plans of that go through. */
interface DatabaseWork {
  readonly statements: number;
  readonly rows: number;
}

export interface DatabaseCounters {
  readonly onStatement: () => void;
  readonly onNotice: (message: string) => void;
  /** What was counted since the last call. */
  take(): DatabaseWork;
}

/** For a store whose database remarks its plans: see `remarkPlans`. */
export function databaseCounters(): DatabaseCounters {
  let statements = 0;
  const remarks: string[] = [];
  return {
    onStatement: () => {
      statements += 1;
    },
    // Read later: to read them is nobody's work.
    onNotice: (message) => remarks.push(message),
    take: () => {
      const taken = { statements, rows: remarks.splice(0).reduce((total, remark) => total + rowsIn(remark), 0) };
      statements = 0;
      return taken;
    },
  };
}

/** What is less is done once for all, or is what happens to be counted now and then and not another time. */
const few: Readonly<Record<keyof (Work & DatabaseWork), number>> = {
  pieces: 2000,
  items: 1000,
  characters: 20_000,
  bytes: 3_000_000,
  statements: 5,
  rows: 200,
};

/**
 * Runs something at a quarter, the half and the whole of its greatest size, and expects that no count grows by more than 1.3 of
 * linear: pieces of our code, items and characters that the platform goes through by itself, bytes of memory that are taken,
 * statements, and rows in the database.
 */
export async function expectGrowth(
  most: number,
  database: DatabaseCounters,
  prepare: ((size: number) => Promise<unknown>) | undefined,
  run: (size: number) => Promise<unknown>,
): Promise<void> {
  const sizes = [most / 4, most / 2, most];
  if (isTimed) return tellTimes(sizes, prepare, run);
  const works: (Work & DatabaseWork)[] = [];
  for (const size of sizes) {
    await prepare?.(size);
    database.take();
    const work = await countWork(() => run(size));
    works.push({ ...work, ...database.take() });
  }
  if (process.env.GROWTH) console.log(`${expect.getState().currentTestName}\n${works.map(line).join('\n')}`);
  expect(tooMuch(works)).toEqual([]);
}

/** For `npm run bench:growth`: how long it takes is the machine's to say, and fails nothing. */
async function tellTimes(
  sizes: readonly number[],
  prepare: ((size: number) => Promise<unknown>) | undefined,
  run: (size: number) => Promise<unknown>,
): Promise<void> {
  const told: string[] = [];
  for (const size of sizes) {
    await prepare?.(size);
    const start = performance.now();
    await run(size);
    told.push(`${size}: ${(performance.now() - start).toFixed(0)} ms`);
  }
  console.info(`${expect.getState().currentTestName} | ${told.join(', ')}`);
}

const line = (work: object) => JSON.stringify(work);

function tooMuch(works: readonly (Work & DatabaseWork)[]): readonly string[] {
  const [first] = works;
  if (first === undefined || first.pieces === 0) return ['Nothing was counted.'];
  return (Object.keys(few) as (keyof typeof few)[]).flatMap((what) => {
    const least = Math.max(first[what], few[what]);
    const counts = works.map((work) => work[what]);
    const isLinear = counts.every((count, index) => count < 2 ** index * mostOfLinear * least);
    return isLinear ? [] : [`${what}: ${counts.join(', ')}`];
  });
}
