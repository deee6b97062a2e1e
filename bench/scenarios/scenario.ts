import type { Check } from '../../src/engine/check/check.ts';
import type { Model } from '../../src/model/model.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import { type BenchRequest, entriesPerPage } from '../bench-request.ts';
import type { CreatorsData } from '../creators-data.ts';
import { checksPerPage, makePages, type PageShape } from '../make-pages.ts';
import { createRandom, type Random } from '../random.ts';
import type { Level } from '../report.ts';

/** Questions that are asked over and over, under a name by which two runs are compared. */
export interface Scenario {
  readonly name: string;
  /** In one line, for the report. */
  readonly meaning: string;
  /** Where it can be asked. */
  readonly levels: readonly Level[];
  /** How many decisions or entries an answer has; a request with another answer is left out. */
  readonly entries: readonly [least: number, most: number];
  /** How many requests a second begin in the open loop over HTTP; undefined for a scenario that has none. */
  readonly perSecond?: number;
  /** Relationships that only this scenario needs, beside so many of the creators' business; all about objects of its own. */
  readonly ownData?: (relationships: number) => readonly Relationship[];
  /** Requests to choose `count` from; always the same ones for the same data. */
  readonly makeRequests: (data: CreatorsData, model: Model, count: number) => readonly BenchRequest[];
}

export const everyLevel: readonly Level[] = ['engine', 'replica', 'http'];

/** What a page of a list may have. */
export const entries = {
  full: [entriesPerPage, entriesPerPage],
  any: [0, entriesPerPage],
  some: [1, entriesPerPage],
  notFull: [1, entriesPerPage - 1],
} as const;

/** So many requests of lists are made to choose one from. */
export const choice = 8;

/** Pages of this shape, each of another viewer. */
export function pageScenario(
  { name, meaning, perSecond }: Pick<Scenario, 'name' | 'meaning' | 'perSecond'>,
  shape: PageShape,
): Scenario {
  const checks = checksPerPage(shape);
  return {
    ...{ name, meaning, levels: everyLevel, entries: [checks, checks] },
    ...(perSecond !== undefined && { perSecond }),
    makeRequests: (data, model, count) =>
      makePages(data, model, shape, count, createRandom(42)).map((page) => ({ kind: 'page', page })),
  };
}

const subjectsPerRequest = 1000;
/** A few different requests are enough where each is that large. */
export const mostLargeRequests = 8;

/** Many subjects in one request, as `checkPermissions` takes them. */
export function subjectsScenario(
  name: string,
  meaning: string,
  makeChecks: (data: CreatorsData, model: Model, count: number, random: Random) => readonly Check[],
): Scenario {
  return {
    name,
    meaning,
    levels: everyLevel,
    entries: [subjectsPerRequest, subjectsPerRequest],
    makeRequests: (data, model, count) => {
      const random = createRandom(43);
      return Array.from({ length: Math.min(mostLargeRequests, count) }, () => ({
        kind: 'checks',
        checks: makeChecks(data, model, subjectsPerRequest, random),
      }));
    },
  };
}
