import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import type { Model } from '../../model/model.ts';
import type { ModelSource } from '../../model/model-source.ts';
import { parseModel } from '../../model/parse-model.ts';
import type { Config } from '../../server/config.ts';
import { readModelFile } from '../read-model-file.ts';
import { withStore } from '../with-store.ts';

export interface LintModel {
  readonly model: Model;
  /** Where it is from, as a sentence names it. */
  readonly origin: string;
}

/** The model of a file or an `fga.mod`; without a path, the active one of the configured database. */
export async function readLintModel(
  path: string | undefined,
  config: () => Config,
): Promise<Result<LintModel, string>> {
  return path === undefined ? readActiveModel(config) : readFromFile(path);
}

async function readFromFile(path: string): Promise<Result<LintModel, string>> {
  const origin = `the model ${quote(path)}`;
  try {
    return compile(await readModelFile(path), origin);
  } catch (error) {
    return failed(`${capital(origin)} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readActiveModel(config: () => Config): Promise<Result<LintModel, string>> {
  const quiet = () => {};
  const stored = await withStore(config(), quiet, ({ store }) => store.readModel(undefined));
  if (stored === undefined) return failed('No model is active; name one, as in "--model examples/creators/fga.mod".');
  return compile({ kind: 'dsl', dsl: stored.dsl }, `the active model ${stored.id}`);
}

function compile(source: ModelSource, origin: string): Result<LintModel, string> {
  const parsed = parseModel(source);
  if (parsed.ok) return ok({ model: parsed.value.model, origin });
  const problems = parsed.problem.map(({ module, line, column, message }) =>
    [module, line, column, ` ${message}`].filter((part) => part !== undefined).join(':'),
  );
  return failed(`${capital(origin)} is not valid.\n${problems.join('\n')}`);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
