import type { Actor } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import { publishModel } from '../operations/publish-model.ts';
import { describeRefusal } from '../operations/refusal.ts';
import { maxRelationshipsPerWrite, writeRelationships } from '../operations/write-relationships.ts';
import { parseRawRelationship } from './test/raw-relationship.ts';
import { readStoreData } from './test/read-store-file.ts';

/** Publishes and activates the model of an OpenFGA store file and writes its relationships; returns how many. */
export async function importStore(postern: Postern, actor: Actor, path: string): Promise<number> {
  const { model, relationships } = await readStoreData(path);
  const published = await publishModel(postern, actor, {
    source: model,
    activate: true,
    dryRun: false,
    reason: undefined,
  });
  if (!published.ok) throw new Error(`The model of "${path}" was refused. ${describeRefusal(published.problem)}`);
  const parsed = relationships.map((raw) => {
    const relationship = parseRawRelationship(raw);
    if (!relationship.ok) throw new Error(`"${path}" has a relationship that is not valid. ${relationship.problem}`);
    return relationship.value;
  });
  for (let start = 0; start < parsed.length; start += maxRelationshipsPerWrite) {
    const writes = parsed.slice(start, start + maxRelationshipsPerWrite);
    const options = {
      deletes: [],
      onDuplicate: 'IGNORE',
      onMissing: 'ERROR',
      reason: undefined,
      idempotency: undefined,
    } as const;
    const written = await writeRelationships(postern, actor, { writes, ...options });
    if (!written.ok) throw new Error(`A relationship of "${path}" was refused. ${describeRefusal(written.problem)}`);
  }
  return parsed.length;
}
