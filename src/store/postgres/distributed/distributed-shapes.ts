import type { Shapes } from '../shapes.ts';
import { readBeginnings } from './beginnings.ts';
import { readProbe, readRevisions } from './changes.ts';
import { readEdges, readEdgesFrom, readEdgesTo, readOrigins, readSubjects } from './edges.ts';
import { readHoldings, readPermanentHolders, readWritten } from './holdings.ts';
import { findNumbers, numberObjects, readHeader, readNodes } from './objects.ts';
import { readRelationships } from './pages.ts';
import { readGrants, readParts } from './reviews.ts';
import { readRelationshipsAt } from './rows-at.ts';
import { findExpired, ping, readEdgePage, readLooseEnds, readRelationshipTexts } from './scans.ts';
import { stateShapes } from './shared-state.ts';
import { deleteRelationships, upsertRelationships } from './writes.ts';

/** So many rows of `shard_revision` stand for shards where a server plays several. */
export const playedShards = 3;

/** Where `relationship` is on several servers, shared out by `object`. */
export function distributedShapes(heldMs: number): Shapes {
  return shapesWith(
    `(select count(*)::int4 from pg_catalog.pg_dist_shard where logicalrelid = 'relationship'::regclass)`,
    heldMs,
  );
}

/** The same where one server plays them. */
export function playedShapes(heldMs: number): Shapes {
  return shapesWith(`${playedShards}::int4`, heldMs);
}

function shapesWith(countShards: string, heldMs: number): Shapes {
  return {
    hasExcerpts: false,
    ...stateShapes(countShards, heldMs),
    readHeader,
    readNodes,
    readEdges,
    // Levels follow each other, and no statement follows them from server to server.
    readExcerptOfNodes: async () => undefined,
    readEdgesFrom,
    readEdgesTo,
    readSubjects,
    readOrigins,
    readParts,
    readGrants,
    readHoldings,
    readWritten,
    readPermanentHolders,
    readRelationships,
    readRelationshipsAt,
    readRevisions,
    readBeginnings,
    readProbe,
    readEdgePage,
    readRelationshipTexts,
    readLooseEnds,
    findExpired,
    findNumbers,
    numberObjects,
    upsertRelationships,
    deleteRelationships,
    ping,
  };
}
