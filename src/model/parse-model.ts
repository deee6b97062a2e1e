import syntaxTransformer from '@openfga/syntax-transformer';

import { failed, ok, type Result } from '../base/result.ts';
import { compileModel, type ModelDocument } from './compile-model.ts';
import type { Model } from './model.ts';
import type { ModelModule, ModelProblem, ModelSource } from './model-source.ts';

const { errors, transformer, validator } = syntaxTransformer;

/** Largest model that is read, as in OpenFGA. */
export const maxModelBytes = 256 * 1024;

/** A model that may be stored: compiled, and as one DSL text that means the same. */
export interface ParsedModel {
  readonly model: Model;
  readonly dsl: string;
}

/**
 * Parses, validates and compiles a model; all problems at once, each with its place.
 *
 * Syntax and validity are those of OpenFGA's own `@openfga/syntax-transformer`; conditions are compiled here, because
 * that package does not look into their expressions.
 */
export function parseModel(source: ModelSource): Result<ParsedModel, readonly ModelProblem[]> {
  const bytes = source.kind === 'dsl' ? byteLength([source.dsl]) : byteLength(source.modules.map(({ dsl }) => dsl));
  if (bytes > maxModelBytes) return failed([unplaced(`The model is larger than ${maxModelBytes} bytes.`)]);
  const document = source.kind === 'dsl' ? readDsl(source.dsl) : readModules(source.modules);
  if (!document.ok) return document;
  const model = compileModel(document.value.json);
  if (!model.ok) return failed(model.problem.map(unplaced));
  return ok({ model: model.value, dsl: document.value.dsl });
}

interface ReadDocument {
  readonly json: ModelDocument;
  readonly dsl: string;
}

function readDsl(dsl: string): Result<ReadDocument, readonly ModelProblem[]> {
  try {
    validator.validateDSL(dsl);
    return ok({ json: transformer.transformDSLToJSONObject(dsl) as ModelDocument, dsl });
  } catch (error) {
    return failed(problemsOf(error));
  }
}

function readModules(modules: readonly ModelModule[]): Result<ReadDocument, readonly ModelProblem[]> {
  const files = modules.map(({ name, dsl }) => ({ name, contents: dsl }));
  try {
    const json = transformer.transformModuleFilesToModel(files, '1.2');
    return ok({ json: json as ModelDocument, dsl: transformer.transformJSONToDSL(json) });
  } catch (error) {
    return failed(problemsOf(error));
  }
}

/** The parser reports by throwing; anything it does not mean to throw is our bug and goes on up. */
function problemsOf(error: unknown): readonly ModelProblem[] {
  if (error instanceof errors.BaseMultiError) return error.errors.map(placed);
  if (error instanceof errors.BaseError) return [placed(error)];
  const expected = [errors.UnsupportedDSLNestingError, errors.UnsupportedModularModules, errors.ConfigurationError];
  if (expected.some((kind) => error instanceof kind)) return [unplaced(sentence((error as Error).message))];
  if (error instanceof Error && error.constructor === Error) return [unplaced(sentence(error.message))];
  throw error;
}

function placed(error: InstanceType<typeof errors.BaseError>): ModelProblem {
  return {
    module: error.file,
    line: oneBased(error.line?.start),
    column: oneBased(error.column?.start),
    message: sentence(error.msg),
  };
}

function unplaced(message: string): ModelProblem {
  return { module: undefined, line: undefined, column: undefined, message };
}

function oneBased(index: number | undefined): number | undefined {
  return index === undefined ? undefined : index + 1;
}

function sentence(text: string): string {
  const line = text.replaceAll('`', '"').replaceAll(/\s+/g, ' ').trim();
  const capitalized = line.charAt(0).toUpperCase() + line.slice(1);
  return capitalized.endsWith('.') ? capitalized : `${capitalized}.`;
}

function byteLength(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + Buffer.byteLength(text), 0);
}
