import { basename, dirname, extname, join } from 'node:path';
import syntaxTransformer from '@openfga/syntax-transformer';
import { z } from 'zod';
import { isRecord } from '../base/canonical-json.ts';
import { quote } from '../base/text-problem.ts';
import type { ModelSource } from '../model/model-source.ts';
import { jsonModelProblems } from './json-model-problems.ts';
import { readTextFile } from './read-text-file.ts';
import { readYamlFile } from './read-yaml-file.ts';

const { transformer } = syntaxTransformer;

/** A model from a `.fga` file, from the modules that an `fga.mod` lists, or from the JSON of OpenFGA's API; throws a sentence. */
export async function readModelFile(path: string): Promise<ModelSource> {
  const text = await readTextFile(path);
  switch (extname(path).toLowerCase()) {
    case '.json':
      return { kind: 'dsl', dsl: dslOfJson(path, text) };
    case '.mod':
      return readModules(path, text);
    case '.yaml':
    case '.yml':
      throw new Error(`${quote(path)} is no model. Next: name the ".fga" file that its "model_file" names.`);
    default:
      return { kind: 'dsl', dsl: text };
  }
}

const moduleList = z.strictObject({
  schema: z.literal('1.2', 'is not "1.2", the schema of modules'),
  contents: z
    .array(z.string().refine(isInFolder, 'is not the path of a ".fga" file in the folder of the list'))
    .min(1, 'lists no module'),
});

async function readModules(path: string, text: string): Promise<ModelSource> {
  const modules: { readonly name: string; readonly dsl: string }[] = [];
  // One after the other: a list may name so many that they cannot all be open at once.
  for (const name of readYamlFile(moduleList, path, text).contents)
    modules.push({ name, dsl: await readTextFile(join(dirname(path), name)) });
  return { kind: 'modules', modules };
}

/** A list is of what lies beside it, wherever the folder is copied to. */
function isInFolder(name: string): boolean {
  return name.endsWith('.fga') && !/^[\\/]|^\w:|\\|%/.test(name) && !name.split('/').includes('..');
}

/** As OpenFGA's API answers it: the model itself, or in the field `authorization_model`. */
function dslOfJson(path: string, text: string): string {
  const parsed = parseJson(path, text);
  const model = isRecord(parsed) && isRecord(parsed.authorization_model) ? parsed.authorization_model : parsed;
  const problems = jsonModelProblems(basename(path), model);
  if (problems.length > 0) throw new Error(`${quote(path)} is no model in JSON.\n${problems.join('\n')}`);
  try {
    return transformer.transformJSONToDSL(model as Parameters<typeof transformer.transformJSONToDSL>[0]);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
    throw new Error(`${quote(path)} is no model in JSON: ${reason}`, { cause: error });
  }
}

function parseJson(path: string, text: string): unknown {
  if (text.trim() === '') throw new Error(`The file ${quote(path)} is empty. Next: write a model into it.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${quote(path)} is no model in JSON: ${reason}.`, { cause: error });
  }
}
