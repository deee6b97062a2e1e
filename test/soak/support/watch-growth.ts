import { connectAsOwner } from '../../support/owner-sql.ts';

/** What a server takes at one moment. */
export interface Sample {
  readonly rssMb: number;
  /** Of the worker that has the most. */
  readonly heapMb: number;
  readonly connections: number;
  /** Prepared statements of the session that has the most; none may have more than there are different statements. */
  readonly statements: number;
}

export interface Sampled {
  readonly metricsUrl: string;
  readonly databaseUrl: string;
  readonly mostStatements: () => number;
}

export async function takeSample({ metricsUrl, databaseUrl, mostStatements }: Sampled): Promise<Sample> {
  const text = await fetch(metricsUrl).then((response) => response.text());
  const owner = connectAsOwner(databaseUrl, 1);
  const [row] = await owner<{ count: number }[]>`
    select count(*)::int4 as count from pg_stat_activity where application_name = 'postern'`;
  await owner.end();
  return {
    rssMb: mostOf(text, 'process_resident_memory_bytes') / 2 ** 20,
    heapMb: mostOf(text, 'nodejs_heap_used_bytes') / 2 ** 20,
    connections: row?.count ?? 0,
    statements: mostStatements(),
  };
}

function mostOf(metrics: string, name: string): number {
  const values = [...metrics.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))].map(([, value]) =>
    Number(value),
  );
  return Math.max(0, ...values);
}

/** How much more each may be in the end than it was at the beginning: a factor, and what is nothing to speak of. */
const slack: Readonly<Record<keyof Sample, readonly [factor: number, more: number]>> = {
  rssMb: [1.25, 40],
  // The least of each half is what is left after the garbage was collected.
  heapMb: [1.2, 10],
  connections: [1, 2],
  statements: [1, 5],
};

export interface Growth {
  readonly what: keyof Sample;
  readonly from: number;
  readonly to: number;
  readonly isTooMuch: boolean;
}

/** Compares the second third with the last one: what was warmed up in the first does not count. */
export function judgeGrowth(samples: readonly Sample[]): readonly Growth[] {
  const third = Math.floor(samples.length / 3);
  const [early, late] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  return (Object.keys(slack) as (keyof Sample)[]).map((what) => {
    const of = what === 'heapMb' ? Math.min : Math.max;
    const [from, to] = [early, late].map((some) => of(...some.map((sample) => sample[what])));
    const [factor, more] = slack[what];
    return { what, from: from ?? 0, to: to ?? 0, isTooMuch: (to ?? 0) > (from ?? 0) * factor + more };
  });
}
