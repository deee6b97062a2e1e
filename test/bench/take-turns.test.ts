import { describe, expect, test } from 'vitest';
import { readTable } from '../../bench/compare/compare-administration.ts';
import { type Sampled, takeTurns } from '../../bench/compare/take-turns.ts';

function sampled(scenario: string, p50Ms: number): Sampled {
  return { level: 'engine', scenario, inFlight: 1, sample: { p50Ms, requestsPerSecond: 1000 / p50Ms } };
}

describe('two revisions that take turns', () => {
  test('each begin every other pair, and what both measured is paired whoever began', async () => {
    const order: string[] = [];
    const compared = await takeTurns(
      3,
      async (revision) => {
        order.push(revision);
        return revision === 'now'
          ? [sampled('page', order.length), sampled('new', 1)]
          : [sampled('old', 1), sampled('page', 10 * order.length)];
      },
      () => {},
    );
    expect(order).toEqual(['before', 'now', 'now', 'before', 'before', 'now']);
    expect(compared.map(({ scenario }) => scenario)).toEqual(['page']);
    expect(compared[0]?.pairs.map(({ before, now }) => [before.p50Ms, now.p50Ms])).toEqual([
      [10, 2],
      [40, 3],
      [50, 6],
    ]);
  });
});

describe('the table of the bench of administration', () => {
  test('is read row by row', () => {
    const printed = `
10000 relationships

scenario/in flight  p50 ms  p99 ms  1/s  statements
------------------  ------  ------  ---  ----------
grant-and-revoke/1   12.34   56.78   81          34
grant-and-revoke/8  101.00  150.00   79          34
changes/1             5.00    9.00  180

grant-and-revoke: a role on an artist is given and taken again, by its admin: two mutations`;
    const one = { level: 'administration', cpuMs: undefined };
    expect(readTable(printed).map(({ level, sample: { cpuMs } }) => ({ level, cpuMs }))).toEqual([one, one, one]);
    expect(readTable(printed)).toMatchObject([
      { scenario: 'grant-and-revoke', inFlight: 1, sample: { p50Ms: 12.34, requestsPerSecond: 81 } },
      { scenario: 'grant-and-revoke', inFlight: 8, sample: { p50Ms: 101, requestsPerSecond: 79 } },
      { scenario: 'changes', inFlight: 1, sample: { p50Ms: 5, requestsPerSecond: 180 } },
    ]);
  });
});
