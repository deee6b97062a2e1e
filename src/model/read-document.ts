import syntaxTransformer from '@openfga/syntax-transformer';
import { failed, ok, type Result } from '../base/result.ts';
import { quote } from '../base/text-problem.ts';
import { Places } from './find-place.ts';
import { mergeModules, type ReadModule } from './merge-modules.ts';
import type { ModelDocument } from './model-document.ts';
import {
  invalidModel,
  type ModelModule,
  type ModelProblem,
  type ModelSource,
  modelTooCostly,
  nowhere,
} from './model-source.ts';
import { noModel, syntaxSentence } from './syntax-sentence.ts';

const { errors, transformer } = syntaxTransformer;

/** The text of a model, read: as data, and as one DSL text that means the same. */
export interface ReadDocument {
  readonly json: ModelDocument;
  readonly dsl: string;
}

/**
 * Reads the syntax of a model with OpenFGA's own `@openfga/syntax-transformer`; what the text means is not looked at.
 *
 * Whatever the text is, there is a value: the package's own mistakes are problems without a place. How long it takes is
 * not bounded here, see `ModelParser`.
 */
export function readDocument(source: ModelSource): Result<ReadDocument, readonly ModelProblem[]> {
  const reserved = reservedNames(source);
  if (reserved.length > 0) return failed(reserved);
  try {
    return source.kind === 'dsl' ? ok(readDsl(source.dsl)) : readModules(source);
  } catch (error) {
    return failed(problemsOf(error, source.kind === 'dsl' ? source.dsl : ''));
  }
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
      return [invalidModel(`A module cannot be named ${quote(module)}.`, { ...nowhere, module })];
    }
    return dsl.split(/\r\n|\r|\n/).flatMap((line, index) => {
      const [head, name] = /^\s*(?:(?:extend\s+)?type|define|condition)\s+([^\s:(#]+)/.exec(line) ?? [];
      if (head === undefined || name === undefined || !inheritedNames.has(name)) return [];
      const column = head.length - name.length + 1;
      return [invalidModel(`The name ${quote(name)} is reserved.`, { module, line: index + 1, column })];
    });
  });
}

function readDsl(dsl: string): ReadDocument {
  return { json: transformer.transformDSLToJSONObject(dsl) as ModelDocument, dsl };
}

function readModules(source: Extract<ModelSource, { kind: 'modules' }>): Result<ReadDocument, readonly ModelProblem[]> {
  const read = source.modules.map(readModule);
  const unread = read.flatMap((module) => (module.ok ? [] : module.problem));
  if (unread.length > 0) return failed(unread);
  const { json, problems } = mergeModules(read.flatMap((module) => (module.ok ? [module.value] : [])));
  if (problems.length > 0) {
    const places = new Map(
      source.modules.map((module) => [module.name, new Places({ kind: 'modules', modules: [module] })]),
    );
    return failed(problems.map(({ module, spot, message }) => invalidModel(message, places.get(module)?.of(spot))));
  }
  return ok({ json, dsl: transformer.transformJSONToDSL(structuredClone(json) as never) });
}

function readModule({ name, dsl }: ModelModule): Result<ReadModule, readonly ModelProblem[]> {
  const head = dsl.split('\n').findIndex((line) => /^\s*model\s*$/.test(line));
  if (head >= 0) {
    const message = 'A module begins with "module", not "model".';
    return failed([invalidModel(message, { module: name, line: head + 1, column: 1 })]);
  }
  try {
    const { authorizationModel, typeDefExtensions } = transformer.transformModularDSLToJSONObject(dsl);
    const extensions = new Set<object>(typeDefExtensions.values());
    return ok({ name, json: authorizationModel as ModelDocument, extensions });
  } catch (error) {
    return failed(problemsOf(error, dsl).map((problem) => ({ ...problem, module: name })));
  }
}

/** The package reports by throwing, and throws something else on some malformed texts. */
function problemsOf(error: unknown, text: string): readonly ModelProblem[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (error instanceof errors.BaseMultiError) return oneForEachLine(error.errors.map((one) => placed(one, lines)));
  if (error instanceof errors.BaseError) return [placed(error, lines)];
  if (error instanceof RangeError) {
    return [modelTooCostly('The model is nested too deeply to be read.')];
  }
  return [invalidModel('The text cannot be read as a model; look for a malformed line.')];
}

/** What the parser finds behind the first mistake of a line, or of a text that is no model, is mostly the same mistake again. */
function oneForEachLine(problems: readonly ModelProblem[]): readonly ModelProblem[] {
  const head = problems.find(({ message }) => message.startsWith(noModel));
  if (head !== undefined) return [head];
  const first = new Map(problems.toReversed().map((problem) => [problem.line, problem]));
  return problems.filter((problem) => first.get(problem.line) === problem);
}

function placed(error: InstanceType<typeof errors.BaseError>, lines: readonly string[]): ModelProblem {
  const { file: module, msg } = error;
  const [line, column] = [oneBased(error.line?.start), oneBased(error.column?.start)];
  const said = line === undefined ? undefined : syntaxSentence(lines, line, column ?? 1, msg);
  return invalidModel(said ?? sentence(msg), { module, line, column });
}

function oneBased(index: number | undefined): number | undefined {
  return index === undefined ? undefined : index + 1;
}

function sentence(text: string): string {
  const line = text
    .replaceAll('`', '"')
    .replaceAll(/'([^']+)'/g, '"$1"')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const capitalized = line.charAt(0).toUpperCase() + line.slice(1);
  return capitalized.endsWith('.') ? capitalized : `${capitalized}.`;
}
