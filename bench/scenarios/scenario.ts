import type { Check } from '../../src/engine/check/check.ts';
import type { Model } from '../../src/model/model.ts';
import type { BenchRequest } from '../bench-request.ts';
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
  /** Requests to choose `count` from; always the same ones for the same data. */
  readonly makeRequests: (data: CreatorsData, model: Model, count: number) => readonly BenchRequest[];
}

/** Pages of this shape, each of another viewer. */
export function pageScenario(name: string, meaning: string, shape: PageShape): Scenario {
  const checks = checksPerPage(shape);
  return {
    name,
    meaning,
    levels: ['engine', 'http'],
    entries: [checks, checks],
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
    levels: ['engine'],
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
