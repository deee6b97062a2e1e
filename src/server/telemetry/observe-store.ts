import type { Metrics, Observed } from '../../base/metrics.ts';
import type { PoolUse } from '../../store/pool-use.ts';
import type { Replica } from '../../store/replica/replica.ts';

/** The connections to the database, by what they are for. */
export function observePools(metrics: Metrics, pools: Readonly<Record<string, { readonly use: PoolUse }>>): void {
  const each = (read: (name: string, use: PoolUse) => ReturnType<Observed>): Observed => {
    return () => Object.entries(pools).flatMap(([name, pool]) => [...read(name, pool.use)]);
  };
  metrics.observe(
    'postern_database_connections',
    each((name, { used, idle }) => [
      [[name, 'used'], used],
      [[name, 'idle'], idle],
    ]),
  );
  metrics.observe(
    'postern_database_connections_limit',
    each((name, { size }) => [[[name], size]]),
  );
  metrics.observe(
    'postern_database_waiting',
    each((name, { waiting }) => [[[name], waiting]]),
  );
}

/** What the standbys answered, where there are any. */
export function observeStandbys(metrics: Metrics, standbys: readonly { readonly count: StandbyCount }[]): void {
  if (standbys.length === 0) return;
  metrics.observe('postern_standby_questions_total', () =>
    standbys.flatMap(({ count }, index): [string[], number][] => [
      [[String(index + 1), 'answered'], count.answered],
      [[String(index + 1), 'left'], count.left],
    ]),
  );
}

interface StandbyCount {
  readonly answered: number;
  readonly left: number;
}

/** The replica in memory, where there is to be one. */
export function observeReplica(metrics: Metrics, replica: Replica): void {
  metrics.observe('postern_replica_loaded', () => [[[], replica.isLoaded ? 1 : 0]]);
  metrics.observe('postern_replica_bytes', () => [[[], replica.bytes]]);
}
