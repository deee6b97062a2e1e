import { describe, expect, test } from 'vitest';
import { type FaultPoint, faultPoints } from '../../src/base/fault-points.ts';
import { elsewhere } from './support/elsewhere.ts';
import { expectSoundLog } from './support/expect-sound-log.ts';
import { modesFor } from './support/modes.ts';
import { operations } from './support/operations.ts';
import { usePlace } from './support/use-place.ts';
import { Walk } from './support/walk.ts';

const happened = new Set<FaultPoint>();

describe.each([
  ['the database answers', {}],
  ['a replica answers', { POSTERN_REPLICA_MEMORY_MB: '64' }],
])('where %s', (_what, environment) => {
  const place = usePlace(environment);

  test.each(Object.entries(operations))(
    'whatever fails on the way to %s, nobody is told what is not so',
    async (_name, operation) => {
      const walk = new Walk(place(), operation);
      const problems: string[] = [];
      for (const [point, times] of await walk.findPoints()) {
        for (const from of new Set([1, times])) {
          for (const mode of modesFor(point, operation)) {
            const problem = await walk.findProblem({ point, from, ...mode });
            if (problem !== undefined) problems.push(`${point} ${from} ${JSON.stringify(mode)}: ${problem}`);
          }
        }
      }
      expect(problems).toEqual([]);
    },
    1_800_000,
  );

  test('afterwards the log is sound, and says what the store holds', async () => {
    await expectSoundLog(place().server);
    for (const point of place().happened) happened.add(point);
  });
});

test('something has happened everywhere', () => {
  expect(faultPoints.filter((point) => !happened.has(point) && !elsewhere.has(point))).toEqual([]);
});
