import type { Check, CheckRequest } from '../../src/engine/check.ts';
import type { Model } from '../../src/model/model.ts';
import type { CreatorsData } from '../creators-data.ts';
import { checksOf, checksPerPage, makePages, type Page, type PageShape } from '../make-pages.ts';
import { createRandom, type Random } from '../random.ts';

/** Questions that are asked over and over, under a name by which two runs are compared. */
export interface Scenario {
  readonly name: string;
  /** In one line, for the report. */
  readonly meaning: string;
  readonly checksPerRequest: number;
  /** The requests of the scenario; always the same ones for the same data. */
  readonly makeRequests: (data: CreatorsData, model: Model, count: number) => readonly CheckRequest[];
  /** The same requests as pages of one viewer each; undefined where a page cannot ask them. */
  readonly makePages: ((data: CreatorsData, model: Model, count: number) => readonly Page[]) | undefined;
}

/** Pages of this shape, each of another viewer. */
export function pageScenario(name: string, meaning: string, shape: PageShape): Scenario {
  const pages = (data: CreatorsData, model: Model, count: number) =>
    makePages(data, model, shape, count, createRandom(42));
  return {
    name,
    meaning,
    checksPerRequest: checksPerPage(shape),
    makeRequests: (...given) => pages(...given).map((page) => ({ checks: checksOf(page), contextual: [] })),
    makePages: pages,
  };
}

const subjectsPerRequest = 1000;
/** A few different requests are enough where each is that large. */
const mostRequests = 8;

/** Many subjects in one request, as `checkPermissions` takes them. */
export function subjectsScenario(
  name: string,
  meaning: string,
  makeChecks: (data: CreatorsData, model: Model, count: number, random: Random) => readonly Check[],
): Scenario {
  return {
    name,
    meaning,
    checksPerRequest: subjectsPerRequest,
    makeRequests: (data, model, count) => {
      const random = createRandom(43);
      return Array.from({ length: Math.min(mostRequests, count) }, () => ({
        checks: makeChecks(data, model, subjectsPerRequest, random),
        contextual: [],
      }));
    },
    makePages: undefined,
  };
}
