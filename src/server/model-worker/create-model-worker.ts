import type { Config } from '../config.ts';
import { readStaticSchema } from '../read-static-schema.ts';
import { ModelWorker } from './model-worker.ts';

/** What reads models for a server, or a command, with this configuration; its thread starts when it is needed. */
export async function createModelWorker({ entities }: Pick<Config, 'entities'>): Promise<ModelWorker> {
  return new ModelWorker({ staticSdl: await readStaticSchema(), entities });
}
