import { afterAll, beforeAll } from 'vitest';
import { createDatabase, type TestDatabase } from '../../support/database.ts';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { startPosternServer } from '../../support/postern-server.ts';
import { busyOffice } from './busy-office.ts';
import { PlannedFaults } from './planned-faults.ts';
import type { Place } from './walk.ts';

/** A server on a database of its own, where something happens. The getter works from the first test on. */
export function usePlace(environment: Readonly<Record<string, string>> = {}): () => Place {
  let place: Place | undefined;
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createDatabase();
    const faults = new PlannedFaults();
    const server = await startPosternServer({
      databaseUrl: database.url,
      store: busyOffice,
      faults,
      environment: { POSTERN_REQUEST_TIMEOUT_MS: '500', ...environment },
    });
    const { url: databaseUrl } = database;
    place = { server, faults, databaseUrl, owner: connectAsOwner(databaseUrl), happened: new Set() };
  });
  afterAll(async () => {
    place?.faults.lift();
    await place?.server.stop();
    await place?.owner.end();
    await database?.drop();
  });
  return () => {
    if (place === undefined) throw new Error('The place exists only inside tests and hooks.');
    return place;
  };
}
