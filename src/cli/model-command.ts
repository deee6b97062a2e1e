import { activateModel } from '../operations/activate-model.ts';
import type { Actor } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import { publishModel } from '../operations/publish-model.ts';
import { describeRefusal } from '../operations/refusal.ts';
import { importStore } from './import-store.ts';
import { readModelFile } from './read-model-file.ts';

type Print = (line: string) => void;

const actor = (command: string): Actor => ({ kind: 'console', command: `postern ${command}` });

/** `postern model publish PATH`: a `.fga` file or an `fga.mod`. */
export async function publishModelFile(
  postern: Postern,
  path: string,
  options: { readonly activate: boolean; readonly dryRun: boolean },
  print: Print,
): Promise<void> {
  const source = await readModelFile(path);
  const published = await publishModel(postern, actor('model publish'), { source, ...options, reason: undefined });
  if (!published.ok) throw new Error(`The model "${path}" was refused.\n${describeRefusal(published.problem)}`);
  const { id } = published.value.outcome;
  if (id === undefined) return print(`The model "${path}" is valid; nothing was stored.`);
  print(
    options.activate
      ? `Model ${id} is active.`
      : `Model ${id} is published. Next: npm run postern -- model activate ${id}`,
  );
  if (options.activate) print('Servers that run show its types and permissions in their schema after a restart.');
}

export async function activatePublishedModel(postern: Postern, id: number, print: Print): Promise<void> {
  const activated = await activateModel(postern, actor('model activate'), { id, reason: undefined });
  if (!activated.ok) throw new Error(describeRefusal(activated.problem));
  print(`Model ${id} is active.`);
}

export async function showModel(postern: Postern, id: number | undefined, print: Print): Promise<void> {
  const model = await postern.store.readModel(id);
  if (model === undefined) throw new Error(id === undefined ? 'No model is active.' : `There is no model "${id}".`);
  print(`# model ${model.id}, published ${model.createdAt.toISOString()}${model.active ? ', active' : ''}`);
  print(model.dsl);
}

export async function importStoreFile(postern: Postern, path: string, print: Print): Promise<void> {
  const count = await importStore(postern, actor('import'), path);
  print(`Published and activated the model of "${path}" and wrote its ${count} relationships.`);
}
