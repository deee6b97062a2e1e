import { createHash } from 'node:crypto';
import type { Construct, RefusalKind } from '../translate/construct.ts';
import type { CountRow } from '../translate/count-table.ts';
import type { RefusedRelationship } from '../translate/gathered.ts';
import type { MovingPlan, PlannedAssertion, PlanSource } from './moving-plan.ts';
import { takenAway } from './taken-away.ts';

/** What is said about a plan, and kept with it. */
export interface MovingReport {
  readonly source: PlanSource;
  readonly constructs: readonly Construct[];
  readonly kinds: Readonly<Record<Construct['kind'], number>>;
  readonly counts: readonly CountRow[];
  readonly totals: Readonly<Record<'in' | 'out' | 'refused' | 'expired' | 'duplicate', number>>;
  readonly refused: readonly RefusedRelationship[];
  /** Of the sorted lines of the relationships, each with its end of line. */
  readonly relationshipsSha256: string;
  readonly names: {
    readonly types: Readonly<Record<string, string>>;
    readonly names: Readonly<Record<string, string>>;
  };
  readonly assertions: { readonly asked: number; readonly failed: readonly FailedAssertion[] };
  readonly warnings: readonly string[];
  /** Kinds of refusal that somebody allowed. */
  readonly allowed: readonly RefusalKind[];
  /** Kinds that nobody allowed: such a plan is not applied. */
  readonly blocking: readonly RefusalKind[];
}

export interface FailedAssertion {
  readonly line: number | undefined;
  readonly assertion: string;
  readonly expected: string;
  readonly actual: string;
}

export function reportOf(
  plan: MovingPlan,
  lines: readonly string[],
  failed: readonly FailedAssertion[],
  allowed: readonly RefusalKind[],
): MovingReport {
  const kinds = { exact: 0, helper: 0, changed: 0, refused: 0 };
  for (const { kind } of plan.constructs) kinds[kind] += 1;
  const sum = (column: 'in' | 'out' | 'refused' | 'expired' | 'duplicate') =>
    plan.counts.reduce((total, row) => total + row[column], 0);
  const found = new Set<RefusalKind>([
    ...plan.constructs.flatMap(({ refusal }) => refusal ?? []),
    ...plan.refused.map(({ kind }) => kind),
    ...(failed.length === 0 ? [] : (['assertion'] as const)),
  ]);
  return {
    source: plan.source,
    constructs: plan.constructs,
    kinds,
    counts: plan.counts,
    totals: {
      ...{ in: sum('in'), out: sum('out'), refused: sum('refused') },
      ...{ expired: sum('expired'), duplicate: sum('duplicate') },
    },
    refused: plan.refused,
    relationshipsSha256: shaOfLines(lines),
    names: { types: recordOf(plan.names.types), names: recordOf(plan.names.names) },
    assertions: { asked: plan.assertions.length, failed },
    warnings: [...plan.warnings, ...takenAway(plan)],
    allowed,
    blocking: [...found].filter((kind) => !allowed.includes(kind)).toSorted(),
  };
}

export function failedAssertion({ line, text, expected }: PlannedAssertion, actual: string): FailedAssertion {
  return { line, assertion: text, expected, actual };
}

function recordOf(map: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...map].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function shaOfLines(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex');
}
