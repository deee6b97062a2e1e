import { deleteRelationships } from './delete-relationships.ts';
import { findExpired } from './find-expired.ts';
import { findNumbers, numberObjects } from './object-numbers.ts';
import { ping } from './ping.ts';
import { readBeginnings } from './read-beginnings.ts';
import { readRevisions } from './read-changes.ts';
import { readEdges } from './read-edges.ts';
import { readExcerptOfNodes } from './read-excerpt.ts';
import { readHeader } from './read-header.ts';
import { readHoldings, readWritten } from './read-holdings.ts';
import { readEdgePage } from './read-loading.ts';
import { readEdgesFrom, readEdgesTo, readOrigins, readSubjects } from './read-neighbours.ts';
import { readNodes } from './read-nodes.ts';
import { readPermanentHolders } from './read-permanent-holders.ts';
import { readProbe } from './read-probe.ts';
import { readRelationships, readRelationshipsAt } from './read-relationships.ts';
import { readLooseEnds, readRelationshipTexts } from './read-replay.ts';
import { readGrants, readParts } from './read-review.ts';
import type { Shapes } from './shapes.ts';
import { upsertRelationships } from './upsert-relationships.ts';

const inState: Shapes['inState'] = (connections, kind, work) =>
  connections.transaction(kind, 'isolation level repeatable read read only', work);

/** Where all is on one server: its own snapshots are states, and each question is the statement that costs the least. */
export const plainShapes: Shapes = {
  hasExcerpts: true,
  inState,
  inLongState: inState,
  inOneStatement: (connections, kind, work) => connections.read(kind, work),
  inQuietState: inState,
  beginWrite: async () => {},
  endWrite: async () => {},
  endRemoval: async () => {},
  readHeader,
  readNodes,
  readEdges,
  readExcerptOfNodes,
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
