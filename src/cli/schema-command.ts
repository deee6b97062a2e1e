import type { Postern } from '../operations/postern.ts';
import { buildFromStore } from '../server/answering-server.ts';
import type { Config } from '../server/config.ts';

/** `postern schema`: the subgraph for the active model; without one there would be no entities in it, which nobody publishes. */
export async function printSchema({ store }: Postern, config: Config, print: (line: string) => void): Promise<void> {
  if ((await store.loadActiveModel()) === undefined) {
    throw new Error(
      'No model is active, so there is no schema to print. Next: npm run postern -- model publish PATH --activate',
    );
  }
  print((await buildFromStore(store, config)).sdl);
}
