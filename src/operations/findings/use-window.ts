import { countOf } from '../../base/count-of.ts';
import type { UseCoverage, UseLog } from '../../store/use-log.ts';

/** How long something has to be unused to be told of. */
export const mostDays = 365;
export const usualDays = 90;

const dayMs = 86_400_000;

/** The days that are looked at for use, where everything that was enforced in them is counted; or why nothing can be said of them. */
export type UseWindow =
  | { readonly kind: 'covered'; readonly log: UseLog; readonly days: number; readonly from: Date }
  | { readonly kind: 'uncovered'; readonly why: string };

export async function openUseWindow(log: UseLog, days: number): Promise<UseWindow> {
  const coverage = await log.readCoverage();
  const from = new Date(coverage.now.getTime() - days * dayMs);
  if (coverage.since !== undefined && coverage.since <= from) return { kind: 'covered', log, days, from };
  return { kind: 'uncovered', why: whyUncovered(coverage, days) };
}

function whyUncovered({ since, beginsWith }: UseCoverage, days: number): string {
  if (since === undefined) return 'no server measures use. Next: set POSTERN_MEASURE_USE to "on" for all of them';
  const measured = `everything that is used is counted only since ${since.toISOString()}, ${breaks[beginsWith]}, and ${countOf(days, 'day')} are asked about`;
  return `${measured}. Next: ask about fewer days, or wait`;
}

const breaks: Readonly<Record<UseCoverage['beginsWith'], string>> = {
  counting: 'when servers began to',
  uncounting: 'as a server answered until then that does not count',
  loss: 'as a server had more to count than it could',
  silence: 'as a server ended without a word of what it had counted last',
};

/** Who was there when the days began. */
export function isOlder(
  { from }: Extract<UseWindow, { kind: 'covered' }>,
  { createdAt, startsAt }: { readonly createdAt: Date; readonly startsAt: Date | undefined },
): boolean {
  return createdAt <= from && (startsAt === undefined || startsAt <= from);
}
