import { failed, ok, type Result } from '../base/result.ts';
import type { Model } from './model.ts';
import { invalidModel, type ModelProblem, type ModelSource } from './model-source.ts';
import { type ParsedModel, parseModel, parseStoredModel } from './parse-model.ts';

/**
 * What a text is read for.
 *
 * - `publish`: all rules, and whether a server could start with the model
 * - `activate`: a stored one: whether it can still decide, and whether a server could start with it
 * - `load`: a stored one, whether it can still decide
 */
export type ParsePurpose = 'publish' | 'activate' | 'load';

/** Reads the texts of models, published or to be published. Whatever the text, there is a value, and in bounded time. */
export interface ModelParser {
  parse(source: ModelSource, purpose: ParsePurpose): Promise<Result<ParsedModel, readonly ModelProblem[]>>;
}

/** What keeps a server from starting with a model; sentences. */
export type AskStart = (model: Model) => readonly string[];

/** Reads on the spot, for as long as it takes: for texts of whoever waits for it alone. */
export function createLocalParser(askStart: AskStart): ModelParser {
  return { parse: async (source, purpose) => parseFor(source, purpose, askStart) };
}

/** Reads each of the last few texts once: for whoever plays one test of a model after the other. */
export function rememberTexts(parser: ModelParser): ModelParser {
  const known = new Map<string, ReturnType<ModelParser['parse']>>();
  return {
    parse: (source, purpose) => {
      const text = JSON.stringify([purpose, source]);
      const parsed = known.get(text) ?? parser.parse(source, purpose);
      // After all others; a Map keeps the order of insertion.
      known.delete(text);
      known.set(text, parsed);
      if (known.size > mostTexts) known.delete(known.keys().next().value ?? '');
      return parsed;
    },
  };
}

const mostTexts = 8;

export function parseFor(
  source: ModelSource,
  purpose: ParsePurpose,
  askStart: AskStart,
): Result<ParsedModel, readonly ModelProblem[]> {
  const parsed = purpose === 'publish' ? parseModel(source) : parseStoredModel(source);
  if (!parsed.ok || purpose === 'load') return parsed;
  const problems = askStart(parsed.value.model);
  return problems.length === 0 ? ok(parsed.value) : failed(problems.map((message) => invalidModel(message)));
}
