import { failed, ok, type Result } from '../base/result.ts';
import { documentProblems, type ModelFlaw, unusedConditionProblems } from './document-problems.ts';
import { Places } from './find-place.ts';
import { limits } from './limits.ts';
import { linkModel } from './link-model.ts';
import type { Model } from './model.ts';
import { maxModelSteps, modelSteps } from './model-cost.ts';
import type { ModelDocument } from './model-document.ts';
import { invalidModel, type ModelProblem, type ModelSource, modelTooCostly } from './model-source.ts';
import { nestingProblems } from './nesting-problems.ts';
import { readDefinitions, type WrongConditions } from './read-definitions.ts';
import { readDocument } from './read-document.ts';
import { maxProblems } from './reference-problems.ts';
import { validateModel } from './validate-model.ts';

/** A model that may be stored: compiled, as one DSL text that means the same, and as the data that it was compiled from. */
export interface ParsedModel {
  readonly model: Model;
  readonly dsl: string;
  readonly document: ModelDocument;
}

/**
 * Parses, validates and compiles a model that is to be published; the problems each with its place. For every text there is
 * a value. How long it takes is not bounded here: for texts of strangers there is the `ModelParser`.
 */
export function parseModel(source: ModelSource): Result<ParsedModel, readonly ModelProblem[]> {
  const tooLarge = sizeProblems(source);
  return tooLarge.length > 0 ? failed(tooLarge) : parse(source, published);
}

/**
 * The same for a model that was published before: rules that came later do not take away what has decided until now. What
 * the engine relies on is asked again, and a condition that is wrong by now has no answer.
 */
export function parseStoredModel(source: ModelSource): Result<ParsedModel, readonly ModelProblem[]> {
  return parse(source, stored);
}

/** What is asked of a model, besides that its names are there. */
interface Rules {
  readonly problemsOfDocument: (document: ModelDocument) => readonly ModelFlaw[];
  readonly wrongConditions: WrongConditions;
  readonly maxSteps: number;
  readonly problemsOfModel: (model: Model, document: ModelDocument) => readonly ModelFlaw[];
}

const published: Rules = {
  problemsOfDocument: documentProblems,
  wrongConditions: 'refused',
  maxSteps: maxModelSteps,
  problemsOfModel: problemsOfPublished,
};
const stored: Rules = {
  problemsOfDocument: () => [],
  wrongConditions: 'undecided',
  maxSteps: Number.POSITIVE_INFINITY,
  problemsOfModel: () => [],
};

function parse(source: ModelSource, rules: Rules): Result<ParsedModel, readonly ModelProblem[]> {
  const read = readDocument(source);
  if (!read.ok) return failed(read.problem.slice(0, maxProblems));
  const { json: document, dsl } = read.value;
  const flaws = rules.problemsOfDocument(document);
  if (flaws.length > 0) return refuse(source, flaws);
  const definitions = readDefinitions(document, rules.wrongConditions);
  if (!definitions.ok) return refuse(source, definitions.problem);
  if (modelSteps(definitions.value) > rules.maxSteps) return failed([tooManySteps]);
  const linked = linkModel(definitions.value);
  if (!linked.ok) return refuse(source, linked.problem);
  const invalid = rules.problemsOfModel(linked.value, document);
  return invalid.length > 0 ? refuse(source, invalid) : ok({ model: linked.value, dsl, document });
}

/** A condition that nothing uses is asked for last: it is often used by a misspelt name. */
function problemsOfPublished(model: Model, document: ModelDocument): readonly ModelFlaw[] {
  const invalid = validateModel(model);
  return invalid.length > 0 ? invalid : unusedConditionProblems(document);
}

function refuse(source: ModelSource, flaws: readonly ModelFlaw[]): Result<never, readonly ModelProblem[]> {
  const places = new Places(source);
  const problems = flaws.slice(0, maxProblems);
  return failed(problems.map(({ spot, message }) => invalidModel(message, spot && places.of(spot))));
}

function sizeProblems(source: ModelSource): readonly ModelProblem[] {
  const texts = source.kind === 'dsl' ? [source.dsl] : source.modules.map(({ dsl }) => dsl);
  const bytes = texts.reduce((total, text) => total + Buffer.byteLength(text), 0);
  if (bytes > limits.modelBytes.most)
    return [modelTooCostly(`The model is larger than ${limits.modelBytes.most} bytes.`)];
  return nestingProblems(source);
}

const tooManySteps = modelTooCostly(
  `The model takes more than ${maxModelSteps} steps to look through: too many relations come "from" parents of too many types.`,
);
