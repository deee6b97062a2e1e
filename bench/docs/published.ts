import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BesideReport } from '../beside/beside-report.ts';
import type { Comparison } from '../compare/print-pairs.ts';
import type { FiguresReport } from '../figures/figures-report.ts';
import type { Report } from '../report.ts';

/** What the bench keeps of a run. */
export type Kept = (Report & { readonly kind: 'report' }) | FiguresReport | Comparison | BesideReport;

/** The runs that the documents tell of. */
export interface Published {
  /** By size, the smallest first. */
  readonly reports: readonly Report[];
  readonly figures: FiguresReport | undefined;
  readonly comparison: Comparison | undefined;
  readonly beside: BesideReport | undefined;
}

export async function readPublished(folder: string): Promise<Published> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const all = await Promise.all(names.map((name) => readKept(join(folder, name))));
  return {
    reports: all
      .filter((one) => one.kind === 'report')
      .toSorted((left, right) => left.data.relationships - right.data.relationships),
    figures: all.find((one) => one.kind === 'figures'),
    comparison: all.find((one) => one.kind === 'comparison'),
    beside: all.find((one) => one.kind === 'beside'),
  };
}

export async function readKept(file: string): Promise<Kept> {
  return JSON.parse(await readFile(file, 'utf8')) as Kept;
}

/** Puts a run in the place of the one that was published of its kind and size. */
export async function publish(folder: string, kept: Kept): Promise<void> {
  const file = join(folder, `${nameOf(kept)}.json`);
  await rm(file, { force: true });
  await writeFile(file, `${JSON.stringify(kept, rounded, 2)}\n`);
}

function nameOf(kept: Kept): string {
  return kept.kind === 'report' ? `report-${kept.data.relationships}` : kept.kind;
}

/** To what a measurement can tell. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
