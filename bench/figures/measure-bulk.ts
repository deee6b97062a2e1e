import { describeRefusal } from '../../src/operations/refusal.ts';
import {
  maxRelationshipsPerWrite,
  writeRelationships,
} from '../../src/operations/relationships/write-relationships.ts';
import { benchActor, openPostern } from '../open-postern.ts';
import { named, relate } from '../relate.ts';
import type { Bulk } from './figures-report.ts';

/** As many relationships as a write may have, in writes one after the other, each with its audit event. */
export async function measureBulk(url: string, seconds: number): Promise<Bulk> {
  const postern = openPostern(url);
  let written = 0;
  const write = async () => {
    const writes = Array.from({ length: maxRelationshipsPerWrite }, (_, index) =>
      relate(named('track', `bulk-${written + index}`), 'payee', named('user', `bulk-${(written + index) % 5000}`)),
    );
    const options = { deletes: [], onDuplicate: 'ERROR', onMissing: 'ERROR', reason: undefined } as const;
    const done = await writeRelationships(postern, benchActor, { writes, ...options, idempotency: undefined });
    if (!done.ok) throw new Error(describeRefusal(done.problem));
    written += writes.length;
  };
  try {
    await write();
    const [startedAt, before] = [performance.now(), written];
    do await write();
    while (performance.now() < startedAt + seconds * 1000);
    const relationshipsPerSecond = ((written - before) * 1000) / (performance.now() - startedAt);
    return { perWrite: maxRelationshipsPerWrite, relationshipsPerSecond };
  } finally {
    await postern.store.close();
  }
}
