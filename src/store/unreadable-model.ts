import { formatModelProblem, type ModelProblem } from '../model/model-source.ts';

/** A stored model that this version cannot use, or that could not be read at this time: it decides nothing. */
export class UnreadableModel extends Error {
  readonly id: number;
  readonly problems: readonly ModelProblem[];

  constructor(id: number, problems: readonly ModelProblem[]) {
    super(`The stored model ${id} cannot be used. ${problems.map(formatModelProblem).join(' ')}`);
    this.id = id;
    this.problems = problems;
  }
}
