import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useDatabase } from '../../support/database.ts';
import { type PosternServer, startPosternServer } from '../../support/postern-server.ts';
import { mcpOn } from '../support/mcp-client.ts';
import { makeGoldWorld } from './gold-world.ts';
import { type Caller, type Expected, judgeFacts, playCalls, type SentCall } from './play-calls.ts';

/** A question in words, who asks it, calls that answer it, and what must come out. */
interface GoldQuestion extends Caller {
  readonly id: string;
  readonly question: string;
  readonly calls: readonly SentCall[];
  readonly expected: Expected;
}

const questions: readonly GoldQuestion[] = JSON.parse(readFileSync('test/mcp/gold/questions.json', 'utf8'));
/** Calls that somebody else made for the questions, a JSON object in each line: `{ "id": "g001", "calls": […] }`. */
const graded = process.env.GOLD_CALLS;

const databaseUrl = useDatabase();
let server: PosternServer;
let folder: string;

beforeAll(async () => {
  const world = await makeGoldWorld();
  folder = world.folder;
  const toxic = [{ first: 'payout_account#can_prepare', second: 'payout_account#can_approve' }];
  server = await startPosternServer({
    ...{ databaseUrl: databaseUrl(), store: world.store, claims: { territory: 'SE' } },
    environment: { ...mcpOn, POSTERN_TOXIC_PAIRS: JSON.stringify(toxic) },
  });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true });
});

/** A sentence for each question that is not answered as it must be. */
async function gradeAll(callsOf: (question: GoldQuestion) => readonly SentCall[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const question of questions) {
    const calls = callsOf(question);
    const facts = await playCalls(server, question, calls);
    const problem = calls.length === 0 ? 'nothing is called' : judgeFacts(question.expected, facts);
    if (problem !== undefined) wrong.push(`${question.id} ${question.question} ${problem}`);
  }
  return wrong;
}

test('the calls of all 100 questions are answered with what is expected', { timeout: 60_000 }, async () => {
  expect([questions.length, new Set(questions.map(({ id }) => id)).size]).toEqual([100, 100]);
  expect(await gradeAll(({ calls }) => calls)).toEqual([]);
});

test('calls that ask for something else are found out', { timeout: 60_000 }, async () => {
  // Everybody makes the calls of another question.
  const wrong = await gradeAll(
    ({ id }) => questions[(questions.findIndex((one) => one.id === id) + 51) % 100]?.calls ?? [],
  );
  expect(wrong.length).toBeGreaterThan(80);
});

test.runIf(graded !== undefined)('what others call is graded', { timeout: 600_000 }, async () => {
  const lines = readFileSync(graded ?? '', 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const made = new Map(lines.map((line) => JSON.parse(line)).map(({ id, calls }) => [id, calls]));
  const wrong = await gradeAll(({ id }) => made.get(id) ?? []);
  for (const line of wrong) console.log(line);
  console.log(`${questions.length - wrong.length} of ${questions.length} are right.`);
});
