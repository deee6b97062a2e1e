import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import syntaxTransformer from '@openfga/syntax-transformer';
import type { ModelSource } from '../model/model-source.ts';

/** A model from a `.fga` file, or from the modules that an `fga.mod` lists. */
export async function readModelFile(path: string): Promise<ModelSource> {
  const text = await readFile(path, 'utf8');
  if (!path.endsWith('.mod')) return { kind: 'dsl', dsl: text };
  const { contents } = syntaxTransformer.transformer.transformModFileToJSON(text);
  const modules = contents.value.map(async ({ value: name }) => ({
    name,
    dsl: await readFile(join(dirname(path), name), 'utf8'),
  }));
  return { kind: 'modules', modules: await Promise.all(modules) };
}
