import { fileURLToPath } from 'node:url';
import { readModelFile } from '../src/cli/read-model-file.ts';
import { createScratchDatabase } from '../src/cli/store-file/scratch-database.ts';
import type { Model } from '../src/model/model.ts';
import { parseModel } from '../src/model/parse-model.ts';
import type { Relationship } from '../src/model/relationship.ts';
import type { CreatorsData } from './creators-data.ts';
import { type GenerateOptions, generateCreators } from './generate-creators.ts';
import { loadCreators } from './load-creators.ts';
import { openPostern, publishExample } from './open-postern.ts';
import { startPostgres } from './start-postgres.ts';
import { verifyLoad } from './verify-load.ts';

/** A database of its own with the example's model and generated data in it. */
export interface PreparedDatabase {
  readonly url: string;
  readonly model: Model;
  readonly data: CreatorsData;
  /** What is stored besides. */
  readonly more: readonly Relationship[];
  drop(): Promise<void>;
}

export const modelFile = fileURLToPath(new URL('../examples/creators/fga.mod', import.meta.url));

export interface PrepareOptions extends GenerateOptions {
  /** Relationships of scenarios that have data of their own. */
  readonly more?: readonly Relationship[];
}

/** On the server of `databaseUrl`, or on a PostgreSQL that is started for it and gone afterwards. */
export async function prepareDatabase(
  databaseUrl: string | undefined,
  { relationships, seed, more = [] }: PrepareOptions,
  onProgress: (sentence: string) => void,
): Promise<PreparedDatabase> {
  const source = await readModelFile(modelFile);
  const parsed = parseModel(source);
  if (!parsed.ok) throw new Error('The model of the examples is not valid.');
  const { model } = parsed.value;
  onProgress(databaseUrl === undefined ? 'Starting PostgreSQL …' : 'Making a database of its own …');
  const server = await startPostgres(databaseUrl);
  const drops = [server.stop];
  const drop = async () => {
    for (let next = drops.pop(); next !== undefined; next = drops.pop()) await next();
  };
  try {
    const database = await createScratchDatabase(server.url);
    drops.push(database.drop);
    const checks = await verifyLoad(database, source, model);
    onProgress(`Loaded data equals written data, in its rows and in ${checks} checks.`);
    const data = generateCreators({ relationships, seed });
    const postern = openPostern(database.url);
    await publishExample(postern, source).finally(() => postern.store.close());
    await loadCreators(database.url, [...data.relationships, ...more], onProgress);
    return { url: database.url, model, data, more, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}
