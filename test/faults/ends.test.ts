import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type FaultPoint, waits } from '../../src/base/fault-points.ts';
import type { EndingServerReady, EndOrder } from './support/ending-server.ts';
import { expectSoundLog } from './support/expect-sound-log.ts';
import { areAll } from './support/modes.ts';
import { type Operation, operations } from './support/operations.ts';
import { usePlace } from './support/use-place.ts';
import { Walk } from './support/walk.ts';

/** A server that goes on while others end. */
const place = usePlace({ POSTERN_REQUEST_TIMEOUT_MS: '3000' });
const file = fileURLToPath(new URL('./support/ending-server.ts', import.meta.url));

interface EndingServer {
  readonly process: ChildProcess;
  readonly ready: Promise<EndingServerReady>;
}

function startEndingServer(databaseUrl: string): EndingServer {
  const child = fork(file, [databaseUrl, 'user:olga', 'user:eve', 'service:ops'], { stdio: 'ignore' });
  return { process: child, ready: once(child, 'message').then(([ready]) => ready as EndingServerReady) };
}

/** Writes whose outcome can be asked for again. */
const keyed = Object.entries(operations).flatMap(([name, operation]) =>
  'query' in operation && operation.mark !== undefined ? [[name, operation] as const] : [],
);
const few: readonly EndOrder[] = [
  { point: 'insertEvents', moment: 'after' },
  { point: 'commit', moment: 'before' },
  { point: 'commit', moment: 'after' },
];

test.each(areAll ? keyed : keyed.filter(([name]) => name === 'grantRole' || name === 'writeRelationships'))(
  'wherever a process ends on the way to %s, it is done whole or not at all, and the next server does it once',
  async (_name, operation) => {
    const walk = new Walk(place(), operation);
    const points = await walk.findPoints();
    const orders = areAll ? ordersOf(points) : few;
    let next = startEndingServer(place().databaseUrl);
    const problems: string[] = [];
    for (const order of orders) {
      const current = next;
      const ready = await current.ready;
      next = startEndingServer(place().databaseUrl);
      const problem = await walk.findProblemOfEnd((n) => askAndEnd(current, ready, operation, order, n));
      if (problem !== undefined) problems.push(`${JSON.stringify(order)}: ${problem}`);
    }
    next.process.kill('SIGKILL');
    expect(problems).toEqual([]);
  },
  1_800_000,
);

test('afterwards the log is sound, and says what the store holds', async () => {
  await expectSoundLog(place().server);
});

function ordersOf(points: ReadonlyMap<FaultPoint, number>): readonly EndOrder[] {
  return [...points.keys()]
    .filter((point) => point in waits === false || point === 'shareCommit')
    .flatMap((point) => (['before', 'after'] as const).map((moment) => ({ point, moment })));
}

/** What was answered before the end, which is nothing for most. */
async function askAndEnd(
  { process: child }: EndingServer,
  { url, tokens }: EndingServerReady,
  operation: Extract<Operation, { readonly as: string }>,
  order: EndOrder,
  n: number,
): Promise<string | undefined> {
  const ended = once(child, 'exit');
  child.send(order);
  await once(child, 'message');
  const asking = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[operation.as]}` },
    body: JSON.stringify({ query: operation.query(n) }),
  });
  const answer = await asking.then((response) => response.text()).catch(() => undefined);
  child.kill('SIGKILL');
  await ended;
  return answer;
}
