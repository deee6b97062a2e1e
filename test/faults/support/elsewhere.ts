import { distributedStatements, type FaultPoint } from '../../../src/base/fault-points.ts';

function names<Table extends object>(table: Table): readonly (keyof Table)[] {
  return Object.keys(table) as (keyof Table)[];
}

/** What no operation of the schema comes to by itself, and who does. */
export const elsewhere: ReadonlyMap<FaultPoint, string> = new Map<FaultPoint, string>([
  ['waitForSession', 'many at once'],
  ['waitForPlace', 'many at once'],
  ['savepoint', 'many at once'],
  ['rollbackToSavepoint', 'many at once'],
  ['fetchKeys', 'issuers of others: test/server/key-rotation.test.ts'],
  ['nextChange', 'whoever follows, where nothing comes meanwhile: test/store/change-feed.test.ts'],
  ['readSupergraph', 'routers: test/server/coprocessor.test.ts'],
  ['listen', 'whoever listens listens again: test/store/change-feed.test.ts'],
  ['readEdgesFrom', 'not tried: contextual relationships of much'],
  ['numberTerms', 'names that a model has lost: test/store/term-numbers.test.ts'],
  ['findNodes', 'what is deleted and not there: test/store/writes.test.ts'],
  ['readHashes', 'tokens of states that are not the last: test/store/history-line.test.ts'],
  ['readSeenState', 'models that were not asked for lately: test/store/models.test.ts'],
  ['readHistoryProof', 'names that a replica reads late: test/store/replica'],
  ['readNodes', 'replicas that meet names late: test/store/replica'],
  ...names({
    joinUse: 0,
    addGrantUse: 0,
    addSubjectUse: 0,
    tellUse: 0,
    readCoverage: 0,
    readUsedGrants: 0,
    readUsedSubjects: 0,
    removeUse: 0,
  }).map((point): [FaultPoint, string] => [point, 'servers that measure use: test/operations/uses.test.ts']),
  ['readActiveModel', 'commands.test.ts'],
  ['readCursorKey', 'commands.test.ts'],
  ['readStateHead', 'commands.test.ts'],
  ['loadEdges', 'commands.test.ts'],
  ['loadTypes', 'commands.test.ts'],
  ['readAuditChain', 'commands.test.ts'],
  ['readAuditStrays', 'commands.test.ts'],
  ['readModelHistory', 'commands.test.ts'],
  ['readReplaySteps', 'commands.test.ts'],
  ['readRelationshipTexts', 'commands.test.ts'],
  ['readLooseEnds', 'commands.test.ts'],
  ['readClock', 'commands.test.ts'],
  ['findExpired', 'commands.test.ts'],
  ['removeOutcomes', 'commands.test.ts'],
  ['removeChanges', 'commands.test.ts'],
  ['findOldEvents', 'commands.test.ts'],
  ['removeEvents', 'commands.test.ts'],
  ...names(distributedStatements).map((name) => [name, 'stores of several servers: test/store/distributed'] as const),
]);
