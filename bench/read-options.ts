import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly relationships: number;
  readonly seed: number;
  /** How long each measurement takes, after a warm-up of a quarter of it. */
  readonly seconds: number;
  /** Different requests of each scenario: so many that no viewer stands for all, and so few that all are warm. */
  readonly requests: number;
  /** How many requests are under way: one for the time that a request takes, many for what a process can do. */
  readonly inFlights: readonly number[];
  /** Whole parts of names; a measurement is made when its name has one of them. Empty means all. */
  readonly only: readonly string[];
  /** Where the results go. */
  readonly json: string;
  /** What to compare with: kept results of an earlier run, or another revision that is run beside this one. */
  readonly compare: Earlier | undefined;
  /** How often two revisions take turns. */
  readonly pairs: number;
  /** Other servers to be asked the same, as in "openfga=http://127.0.0.1:8080". */
  readonly beside: readonly string[];
  /** Kept results to publish before the documents are made of what is published; undefined to measure. */
  readonly writeDocs: readonly string[] | undefined;
  /** Whether the figures to reach are measured, and nothing else. */
  readonly targets: boolean;
  /** The numbers of relationships between which the growth of a page's cost is measured. */
  readonly growth: readonly [few: number, many: number];
}

export type Earlier =
  | { readonly kind: 'report'; readonly file: string }
  | { readonly kind: 'revision'; readonly revision: string };

export const usage = `npm run bench -- [options]

  --relationships N   size of the generated data (100000)
  --seed N            another seed makes other data of the same kind (1)
  --seconds S         time for each measurement (5; 2 with --compare REVISION)
  --only PART         only measurements with this part in their name: "engine", "page-50x10/1"; repeatable
  --json FILE         where the results are kept (bench/results/<time>.json)
  --compare REVISION  run another revision and this checkout by turns, and print how many times as fast this one is
                      (also --only administration/grant-and-revoke, and what else bench:administration has)
  --pairs N           how many turns each of them has with --compare REVISION (8)
  --compare FILE.json also print ratios to the results of an earlier run
  --targets           measure the figures to reach (with 1,000,000 relationships), and print them beside what was measured
  --growth-to N       with --targets: CPU of a page grows from 100,000 relationships to N (1000000)
  --beside KIND=URL   ask a running OpenFGA (openfga=http://127.0.0.1:8080) or SpiceDB (spicedb=127.0.0.1:50051) the same; repeatable
  --write-docs [FILE…] publish these kept results, and make docs/performance.md and its charts of all published ones
  --quick             a smoke run of a few seconds; its numbers mean nothing
  --help`;

/** Undefined when only help was asked for. */
export function readOptions(args: readonly string[], now: Date): BenchOptions | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: args.includes('--write-docs'),
    options: {
      relationships: { type: 'string' },
      seed: { type: 'string' },
      seconds: { type: 'string' },
      only: { type: 'string', multiple: true },
      json: { type: 'string' },
      compare: { type: 'string' },
      pairs: { type: 'string' },
      targets: { type: 'boolean' },
      beside: { type: 'string', multiple: true },
      'write-docs': { type: 'boolean' },
      'growth-to': { type: 'string' },
      quick: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const compare = values.compare === undefined ? undefined : earlier(values.compare);
  const usualSeconds = values.quick ? '0.05' : compare?.kind === 'revision' ? '2' : '5';
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
  const usualSize = values.quick ? 10_000 : values.targets ? 1_000_000 : 100_000;
  const relationships = positive('relationships', values.relationships ?? `${usualSize}`, 10_000);
  return {
    relationships,
    seed: positive('seed', values.seed ?? '1', 0),
    seconds: positive('seconds', values.seconds ?? usualSeconds, 0),
    requests: values.quick ? 2 : 64,
    inFlights: values.quick && !values.targets ? [1, 2] : [1, 16],
    only: values.only ?? [],
    json: values.json ?? `bench/results/${stamp}.json`,
    compare,
    pairs: positive('pairs', values.pairs ?? '8', 1),
    targets: values.targets ?? false,
    beside: values.beside ?? [],
    writeDocs: values['write-docs'] ? positionals : undefined,
    growth: [
      Math.min(100_000, relationships),
      positive('growth-to', values['growth-to'] ?? `${relationships}`, 10_000),
    ],
  };
}

function earlier(written: string): Earlier {
  return written.endsWith('.json') ? { kind: 'report', file: written } : { kind: 'revision', revision: written };
}

function positive(name: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isFinite(number) && number >= least) return number;
  throw new Error(`--${name} is "${text}"; it must be a number from ${least}.`);
}
