import type { Answer } from './answer.ts';
import type { BenchLevel } from './bench-level.ts';
import type { BenchRequest } from './bench-request.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** A request, and what the engine answers to it. */
export interface ChosenRequest {
  readonly request: BenchRequest;
  readonly answer: Answer;
}

/** The first of a scenario's requests whose answers have the size that the scenario is about; at most `count`. */
export async function chooseRequests(
  engine: BenchLevel,
  { data, model }: Pick<PreparedDatabase, 'data' | 'model'>,
  { name, entries: [least, most], makeRequests }: Scenario,
  count: number,
): Promise<readonly ChosenRequest[]> {
  const chosen: ChosenRequest[] = [];
  for (const request of makeRequests(data, model, count)) {
    if (chosen.length === count) break;
    const answer = await (await engine.prepare([request])).answer(0);
    if (answer.entries.length >= least && answer.entries.length <= most) chosen.push({ request, answer });
  }
  if (chosen.length === 0) throw new Error(`The data has no request for "${name}": more relationships may have one.`);
  assertVaried(name, chosen);
  return chosen;
}

/** So few requests may well have one answer. */
const fewRequests = 8;

/** Decisions that are all the same would be those of a scenario that lost its data, and cost less than others. */
function assertVaried(scenario: string, chosen: readonly ChosenRequest[]): void {
  const given = new Set(chosen.flatMap(({ answer }) => answer.entries));
  if (chosen.length < fewRequests || given.has('allowed') === given.has('denied')) return;
  const only = given.has('allowed') ? 'allowed' : 'denied';
  throw new Error(`All decisions of the scenario "${scenario}" are "${only}".`);
}
