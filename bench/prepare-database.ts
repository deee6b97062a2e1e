import { fileURLToPath } from 'node:url';
import { readModelFile } from '../src/cli/read-model-file.ts';
import { createScratchDatabase } from '../src/cli/store-file/scratch-database.ts';
import type { Model } from '../src/model/model.ts';
import { parseModel } from '../src/model/parse-model.ts';
import type { CreatorsData } from './creators-data.ts';
import { type GenerateOptions, generateCreators } from './generate-creators.ts';
import { loadCreators } from './load-creators.ts';
import { openPostern, publishExample } from './open-postern.ts';
import { verifyLoad } from './verify-load.ts';

/** A database of its own with the example's model and generated data in it. */
export interface PreparedDatabase {
  readonly url: string;
  readonly model: Model;
  readonly data: CreatorsData;
  drop(): Promise<void>;
}

const modelFile = fileURLToPath(new URL('../examples/creators/fga.mod', import.meta.url));

/** On the server of `databaseUrl`, or on a PostgreSQL that is started for it and gone afterwards. */
export async function prepareDatabase(
  databaseUrl: string | undefined,
  options: GenerateOptions,
  onProgress: (sentence: string) => void,
): Promise<PreparedDatabase> {
  const source = await readModelFile(modelFile);
  const parsed = parseModel(source);
  if (!parsed.ok) throw new Error('The model of the examples is not valid.');
  const { model } = parsed.value;
  onProgress(databaseUrl === undefined ? 'Starting PostgreSQL …' : 'Making a database of its own …');
  const database = await createScratchDatabase(databaseUrl);
  try {
    const checks = await verifyLoad(database, source, model);
    onProgress(`Loaded data equals written data, in its rows and in ${checks} checks.`);
    const data = generateCreators(options);
    const postern = openPostern(database.url);
    await publishExample(postern, source).finally(() => postern.store.close());
    await loadCreators(database.url, data.relationships, onProgress);
    return { url: database.url, model, data, drop: database.drop };
  } catch (error) {
    await database.drop();
    throw error;
  }
}
