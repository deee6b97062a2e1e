import syntaxTransformer from '@openfga/syntax-transformer';

import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { compileModel, type ModelDocument } from './compile-model.ts';
import { findConditionPlace, findRelationPlace, type Place } from './find-place.ts';
import type { Model } from './model.ts';
import type { ModelModule, ModelProblem, ModelSource } from './model-source.ts';
import { type RelationProblem, validateModel } from './validate-model.ts';

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
  const reserved = reservedNames(source);
  if (reserved.length > 0) return failed(reserved);
  const document = source.kind === 'dsl' ? readDsl(source.dsl) : readModules(source.modules);
  if (!document.ok) return document;
  const model = compileModel(document.value.json);
  if (!model.ok) {
    const place = (condition: string | undefined) =>
      condition === undefined ? nowhere : findConditionPlace(source, condition);
    return failed(model.problem.map(({ message, condition }) => ({ ...place(condition), message })));
  }
  const problems = validateModel(model.value);
  if (problems.length === 0) return ok({ model: model.value, dsl: document.value.dsl });
  const place = ({ relation }: RelationProblem) => findRelationPlace(source, relation.type, relation.name);
  return failed(problems.map((found) => ({ ...place(found), message: found.message })));
}

/**
 * Names that every object in JavaScript has. The transformer keeps types, relations and files in plain objects: it would
 * take such a name for one that exists, and `type __proto__` would even add relations to all objects of this process.
 */
const inheritedNames: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

function reservedNames(source: ModelSource): readonly ModelProblem[] {
  const texts: readonly Partial<ModelModule>[] = source.kind === 'dsl' ? [{ dsl: source.dsl }] : source.modules;
  return texts.flatMap(({ name: module, dsl = '' }): readonly ModelProblem[] => {
    if (module !== undefined && inheritedNames.has(module)) {
      return [{ ...nowhere, module, message: `A module cannot be named ${quote(module)}.` }];
    }
    return dsl.split(/\r\n|\r|\n/).flatMap((line, index) => {
      const [head, name] = /^\s*(?:(?:extend\s+)?type|define|condition)\s+([^\s:(#]+)/.exec(line) ?? [];
      if (head === undefined || name === undefined || !inheritedNames.has(name)) return [];
      const column = head.length - name.length + 1;
      return [{ module, line: index + 1, column, message: `The name ${quote(name)} is reserved.` }];
    });
  });
}

interface ReadDocument {
  readonly json: ModelDocument;
  readonly dsl: string;
}

function readDsl(dsl: string): Result<ReadDocument, readonly ModelProblem[]> {
  try {
    validator.validateDSL(dsl);
  } catch (error) {
    // The validator trips over parents that all have a condition (`[folder with c]`); `validateModel` does not.
    if (!(error instanceof TypeError)) return failed(problemsOf(error));
  }
  try {
    return ok({ json: transformer.transformDSLToJSONObject(dsl) as ModelDocument, dsl });
  } catch (error) {
    return failed(problemsOf(error));
  }
}

function readModules(modules: readonly ModelModule[]): Result<ReadDocument, readonly ModelProblem[]> {
  const unreadable = modules.flatMap((module) => unreadableModule(module) ?? []);
  if (unreadable.length > 0) return failed(unreadable);
  const files = modules.map(({ name, dsl }) => ({ name, contents: dsl }));
  try {
    const json = transformer.transformModuleFilesToModel(files, '1.2');
    return ok({ json: json as ModelDocument, dsl: transformer.transformJSONToDSL(json) });
  } catch (error) {
    return failed(problemsOf(error));
  }
}

/** Two files that the transformer trips over: one that begins like a whole model, and a module without a type. */
function unreadableModule({ name, dsl }: ModelModule): ModelProblem | undefined {
  const head = dsl.split('\n').findIndex((line) => /^\s*model\s*$/.test(line));
  if (head >= 0)
    return { module: name, line: head + 1, column: 1, message: 'A module begins with "module", not "model".' };
  if (/^\s*(?:extend\s+)?type\s/m.test(dsl)) return undefined;
  return { module: name, line: 1, column: 1, message: 'The module neither defines nor extends a type.' };
}

/** The parser reports by throwing; anything it does not mean to throw is our bug and goes on up. */
function problemsOf(error: unknown): readonly ModelProblem[] {
  if (error instanceof errors.BaseMultiError) return error.errors.map(placed);
  if (error instanceof errors.BaseError) return [placed(error)];
  const expected = [errors.UnsupportedDSLNestingError, errors.UnsupportedModularModules, errors.ConfigurationError];
  if (expected.some((kind) => error instanceof kind)) return [unplaced(sentence((error as Error).message))];
  if (error instanceof Error && error.constructor === Error) return [unplaced(sentence(error.message))];
  // The transformer trips over some malformed lines, and then knows no place.
  if (error instanceof TypeError) return [unplaced('The text cannot be read as a model; look for a malformed line.')];
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
  return { ...nowhere, message };
}

const nowhere: Place = { module: undefined, line: undefined, column: undefined };

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
