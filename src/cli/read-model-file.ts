import { dirname, extname, join } from 'node:path';
import syntaxTransformer from '@openfga/syntax-transformer';
import { isRecord } from '../base/canonical-json.ts';
import type { ModelSource } from '../model/model-source.ts';
import { readTextFile } from './read-text-file.ts';

const { transformer } = syntaxTransformer;

/** A model from a `.fga` file, from the modules that an `fga.mod` lists, or from the JSON of OpenFGA's API; throws a sentence. */
export async function readModelFile(path: string): Promise<ModelSource> {
  const text = await readTextFile(path);
  switch (extname(path).toLowerCase()) {
    case '.json':
      return { kind: 'dsl', dsl: dslOfJson(path, text) };
    case '.mod':
      return readModules(path, text);
    default:
      return { kind: 'dsl', dsl: text };
  }
}

async function readModules(path: string, text: string): Promise<ModelSource> {
  const modules = moduleNames(path, text).map(async (name) => ({
    name,
    dsl: await readTextFile(join(dirname(path), name)),
  }));
  return { kind: 'modules', modules: await Promise.all(modules) };
}

function moduleNames(path: string, text: string): readonly string[] {
  try {
    return transformer.transformModFileToJSON(text).contents.value.map(({ value }) => value);
  } catch (error) {
    throw new Error(`"${path}" is no list of modules: ${reasonOf(error)}`, { cause: error });
  }
}

/** As OpenFGA's API answers it: the model itself, or in the field `authorization_model`. */
function dslOfJson(path: string, text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    const model = isRecord(parsed) && isRecord(parsed.authorization_model) ? parsed.authorization_model : parsed;
    if (!isRecord(model) || !Array.isArray(model.type_definitions)) {
      throw new Error('it has no "type_definitions".');
    }
    return transformer.transformJSONToDSL(model as Parameters<typeof transformer.transformJSONToDSL>[0]);
  } catch (error) {
    throw new Error(`"${path}" is no model in JSON: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
}
