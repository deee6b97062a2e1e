import { isDeepStrictEqual } from 'node:util';
import type { ScratchDatabase } from '../src/cli/store-file/scratch-database.ts';
import { check } from '../src/engine/check/check.ts';
import type { Decision } from '../src/model/decision.ts';
import type { Model } from '../src/model/model.ts';
import type { ModelSource } from '../src/model/model-source.ts';
import type { Relationship } from '../src/model/relationship.ts';
import type { Postern } from '../src/operations/postern.ts';
import { recordOf } from '../src/operations/relationship-record.ts';
import { maxRelationshipsPerWrite, writeRelationships } from '../src/operations/relationships/write-relationships.ts';
import { generateCreators } from './generate-creators.ts';
import { assertDistinct, loadCreators } from './load-creators.ts';
import { checksOf, makePages, pageOf10x10 } from './make-pages.ts';
import { benchActor, openPostern, publishExample } from './open-postern.ts';
import { createRandom } from './random.ts';

const sample = { relationships: 2000, seed: 7 };

/**
 * A bench on data that the product could not have written would measure nothing: the same small data is loaded past
 * the operation and written by it, and must give the same rows and the same decisions. Leaves the database empty.
 */
export async function verifyLoad(database: ScratchDatabase, source: ModelSource, model: Model): Promise<number> {
  const data = generateCreators(sample);
  assertDistinct(data.relationships);
  const checks = makePages(data, model, pageOf10x10, 8, createRandom(1)).flatMap(checksOf);
  const observe = async (fill: (postern: Postern) => Promise<void>) => {
    const postern = openPostern(database.url);
    try {
      await publishExample(postern, source);
      await fill(postern);
      const { decisions } = await check(postern.store.reader, { checks, contextual: [] });
      return { decisions, rows: await readAll(postern) };
    } finally {
      await postern.store.close();
      await database.empty();
    }
  };
  const loaded = await observe(() => loadCreators(database.url, data.relationships, () => {}));
  const written = await observe((postern) => writeAll(postern, data.relationships));
  if (!isDeepStrictEqual(loaded.decisions, written.decisions)) throw new Error('Loaded data decides differently.');
  if (!isDeepStrictEqual(loaded.rows, written.rows)) throw new Error('Loaded rows differ from written ones.');
  assertVaried(loaded.decisions);
  return checks.length;
}

async function writeAll(postern: Postern, relationships: readonly Relationship[]): Promise<void> {
  const options = { deletes: [], onDuplicate: 'ERROR', onMissing: 'ERROR', reason: undefined } as const;
  for (let start = 0; start < relationships.length; start += maxRelationshipsPerWrite) {
    const writes = relationships.slice(start, start + maxRelationshipsPerWrite);
    const written = await writeRelationships(postern, benchActor, { ...options, writes, idempotency: undefined });
    if (!written.ok) throw new Error(`The operation refused generated data: ${JSON.stringify(written.problem)}`);
  }
}

/** Everything that is stored, by its names and in the order of its numbers; not when it was written. */
async function readAll({ store }: Postern): Promise<readonly unknown[]> {
  const { relationships } = await store.readRelationships({}, sample.relationships, undefined);
  return relationships.map(({ relationship }) => recordOf(relationship));
}

/** Answers that are all the same would prove nothing. */
function assertVaried(decisions: readonly Decision[]): void {
  for (const kind of ['allowed', 'denied'] as const) {
    const share = decisions.filter((decision) => decision.kind === kind).length / decisions.length;
    if (share < 0.05) throw new Error(`Only ${Math.round(share * 100)} % of the sample's decisions are "${kind}".`);
  }
}
