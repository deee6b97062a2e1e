import type { NodeId } from '../../../src/engine/ports.ts';
import type { GrantUse, UseLog } from '../../../src/store/use-log.ts';

interface Server {
  readonly isCounting: boolean;
  readonly startedAt: number;
  toldAt: number;
  lostAt: number | undefined;
  endedAt: number | undefined;
}

/** Counts in this process; all that is counted is of today. */
export function openMemoryUseLog(): UseLog {
  const servers: Server[] = [];
  const grants = new Set<string>();
  const subjects = new Set<NodeId>();
  const keyOf = ({ object, relation, subject }: GrantUse['edge']) => JSON.stringify([object, relation, subject]);
  return {
    join: async (isCounting) => {
      if (!isCounting && !servers.some((one) => one.isCounting)) return undefined;
      const now = Date.now();
      return servers.push({ isCounting, startedAt: now, toldAt: now, lostAt: undefined, endedAt: undefined });
    },
    add: async (used, by) => {
      for (const { edge } of used) grants.add(keyOf(edge));
      for (const { subject } of by) subjects.add(subject);
    },
    tell: async (number, { agoMs, hasLost, isLast }) => {
      const server = servers[number - 1];
      if (server === undefined) return;
      server.toldAt = Math.max(server.toldAt, Date.now() - agoMs);
      if (hasLost) server.lostAt = Date.now();
      if (isLast) server.endedAt = Date.now();
    },
    readCoverage: async () => {
      const counting = servers.filter((one) => one.isCounting);
      const now = new Date();
      if (counting.length === 0) return { now, until: now, since: undefined, beginsWith: 'counting' };
      const since = Math.max(
        Math.min(...counting.map(({ startedAt }) => startedAt)),
        ...servers.flatMap((one) => (one.isCounting ? [] : [one.toldAt])),
        ...servers.flatMap(({ lostAt }) => lostAt ?? []),
      );
      return { now, until: now, since: new Date(since + 120_000), beginsWith: 'counting' };
    },
    readUsedGrants: async (edges) => edges.map((edge) => grants.has(keyOf(edge))),
    readUsedSubjects: async (asked) => asked.map((one) => subjects.has(one)),
    removeOld: async () => 0,
  };
}
