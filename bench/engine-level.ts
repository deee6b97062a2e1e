import type { Postern } from '../src/operations/postern.ts';
import { observedStore } from '../test/support/observed-store.ts';
import type { BenchLevel } from './bench-level.ts';
import { createStatementCounter, summarizeCounts } from './count-statements.ts';
import { answerOf, askEngine, type EngineQuestion, questionOf } from './engine-question.ts';
import { openPostern, openReplicated } from './open-postern.ts';
import type { Cost } from './report.ts';

/** The engine on the database, with nothing in between, in this process. */
export function openEngineLevel(url: string): Promise<BenchLevel> {
  return openInProcess(async (onStatement) => openPostern(url, onStatement));
}

/** The engine on a replica of the database in this process, where what it answers is proven to be the present. */
export function openReplicaLevel(url: string): Promise<BenchLevel> {
  return openInProcess((onStatement) => openReplicated(url, onStatement));
}

type Open = (onStatement?: (text: string) => void) => Promise<Postern>;

async function openInProcess(open: Open): Promise<BenchLevel> {
  const postern = await open();
  const { reader, close } = postern.store;
  return {
    prepare: async (requests) => {
      const questions: EngineQuestion[] = [];
      for (const request of requests) questions.push(await questionOf(reader, request));
      const ask = (index: number) => askEngine(postern, questions[index % questions.length] as EngineQuestion);
      return {
        answer: async (index) => answerOf(await ask(index)),
        count: () => countAll(open, questions),
        connect: () => ({ ask: async (index) => void (await ask(index)), close: () => {} }),
      };
    },
    cpuUsed: async () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    close: () => close(),
  };
}

async function countAll(open: Open, questions: readonly EngineQuestion[]): Promise<Cost> {
  const counter = createStatementCounter();
  const postern = await open(counter.onStatement);
  const { store } = postern;
  try {
    const edges = { rows: 0, lookups: 0 };
    const observed = observedStore(store, {
      asked: (method, size) => {
        if (!isFound(method)) edges.lookups += size;
      },
      answered: (method, size) => {
        if (!isFound(method)) edges.rows += size;
      },
    });
    // The first request of a process also reads the model.
    for (const question of questions.slice(0, 1)) await askEngine(postern, question);
    counter.take();
    const counts = [];
    for (const question of questions) {
      await askEngine({ ...postern, store: observed }, question);
      counts.push(counter.take());
    }
    const lookups = edges.lookups / questions.length;
    return { ...summarizeCounts(counts), rows: edges.rows / questions.length, lookups };
  } finally {
    await store.close();
  }
}

/** What objects are called in the store is found with the first statement, and no edge. */
function isFound(method: string): boolean {
  return method === 'open' || method === 'resolve';
}
