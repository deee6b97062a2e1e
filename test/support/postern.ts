import { afterAll, beforeAll } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import type { ConsistencyToken } from '../../src/model/consistency-token.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import type { Actor } from '../../src/operations/actor.ts';
import type { AuditQuestion } from '../../src/operations/audit/audit-question.ts';
import { activateModel } from '../../src/operations/models/activate-model.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { describeRefusal, type Refusal } from '../../src/operations/refusal.ts';
import {
  type WriteRelationshipsInput,
  writeRelationships,
} from '../../src/operations/relationships/write-relationships.ts';
import type { ReplicaStore } from '../../src/store/replica/open-replica-store.ts';
import { noteRefused, throwIfRefused } from './citus-refusals.ts';
import { useDatabase } from './database.ts';
import { localParser } from './local-parser.ts';
import { openMemoryStore } from './memory-store.ts';
import { openReplica } from './open-replica.ts';
import { openStore, type StoreOptions } from './open-store.ts';
import { context, object, relationship, subject } from './parse.ts';
import { playCitus, playsCitus } from './play-citus.ts';
import { noteStatement, throwIfUnnamed } from './unnamed-statements.ts';

/** The question about the audit log that leaves nothing out. */
export const everyEvent: AuditQuestion = {
  object: undefined,
  subject: undefined,
  actor: undefined,
  action: undefined,
  outcome: undefined,
  from: undefined,
  to: undefined,
};

/** Somebody at the server's own console. */
export const operator: Actor = { kind: 'console', command: 'test' };

/** A subject with a verified token. */
export function signedIn(text: string, values: Readonly<Record<string, unknown>> = {}): Actor {
  return {
    kind: 'subject',
    subject: subject(text),
    context: context(values),
    requestId: 'request-1',
    delegate: undefined,
  };
}

/** An open store for the calling test file, with `platform:main`. The getter works from the first test on. */
export function usePostern(databaseUrl: () => string, options: Partial<StoreOptions> = {}): () => Postern {
  let postern: Postern | undefined;
  beforeAll(async () => {
    const isPlayed = options.playsCitus ?? playsCitus;
    if (isPlayed) await playCitus(databaseUrl());
    const onStatement: StoreOptions['onStatement'] = (text, parameters) => {
      noteStatement(text);
      if (isPlayed) noteRefused(text);
      options.onStatement?.(text, parameters);
    };
    const all = { connections: 8, statementTimeoutMs: 20_000, ...options, onStatement };
    const store = openStore(databaseUrl(), all, localParser);
    postern = { store, platform: object('platform:main'), report: rethrow };
  });
  afterAll(async () => {
    await postern?.store.close();
    throwIfUnnamed();
    throwIfRefused();
  });
  return () => {
    if (postern === undefined) throw new Error('The store is open only inside tests and hooks.');
    return postern;
  };
}

/** The same with a replica, which is loaded when the first test begins. */
export function useReplica(databaseUrl: () => string): () => Postern & { readonly store: ReplicaStore } {
  let postern: (Postern & { readonly store: ReplicaStore }) | undefined;
  beforeAll(async () => {
    const { store } = openReplica(databaseUrl());
    postern = { store, platform: object('platform:main'), report: rethrow };
    await store.replica.whenLoaded();
  });
  afterAll(() => postern?.store.close());
  return () => {
    if (postern === undefined) throw new Error('The store is open only inside tests and hooks.');
    return postern;
  };
}

/** `distributed` is a database that plays several servers. */
export type StoreKind = 'memory' | 'postgres' | 'distributed' | 'replica';

/** Where what is not about Postgres runs as well: what differs is a fault of one of them. */
export const everyStore: readonly StoreKind[] =
  process.env.TEST_REPLICA === undefined ? ['memory', 'postgres'] : ['memory', 'postgres', 'replica'];

/** The same for a portion of it, where a replica takes the place of its database in every run. */
export const memoryAndReplica: readonly StoreKind[] = everyStore.length > 2 ? everyStore : ['memory', 'replica'];

/** An open store of a kind for the describing block, with `platform:main`. */
export function usePosternOn(kind: StoreKind): () => Postern {
  if (kind === 'postgres') return usePostern(useDatabase());
  if (kind === 'distributed') return usePostern(useDatabase(), { playsCitus: true });
  if (kind === 'replica') return useReplica(useDatabase());
  const postern = { store: openMemoryStore(), platform: object('platform:main'), report: rethrow };
  return () => postern;
}

/** What no test expects must not look like an outcome. */
function rethrow(_message: string, error: unknown): never {
  throw error;
}

/** Publishes and activates a model; its id. */
export async function publish(postern: Postern, dsl: string): Promise<number> {
  const input = { source: { kind: 'dsl', dsl }, activate: true, dryRun: false, reason: undefined } as const;
  const { outcome } = done(await publishModel(postern, operator, input));
  if (outcome.id === undefined) throw new Error('A published model has an id.');
  return outcome.id;
}

export async function activate(postern: Postern, id: number): Promise<void> {
  done(await activateModel(postern, operator, { id, reason: undefined }));
}

type Given = readonly (string | Relationship)[];

export function relationships(list: Given): readonly Relationship[] {
  return list.map((one) => (typeof one === 'string' ? relationship(one) : one));
}

/** The input of a write, with everything that a test does not care about. */
export function writing(
  writes: Given,
  deletes: Given = [],
  options: Partial<WriteRelationshipsInput> = {},
): WriteRelationshipsInput {
  const usual = { onDuplicate: 'ERROR', onMissing: 'ERROR', reason: undefined, idempotency: undefined } as const;
  return { ...usual, writes: relationships(writes), deletes: relationships(deletes), ...options };
}

/** Writes and deletes at the console, which may write anything that the model admits. */
export async function write(postern: Postern, writes: Given, deletes: Given = []): Promise<ConsistencyToken> {
  return done(await writeRelationships(postern, operator, writing(writes, deletes))).token;
}

/** The value of an operation that must succeed. */
export function done<Value>(result: Result<Value, Refusal>): Value {
  if (result.ok) return result.value;
  throw new Error(describeRefusal(result.problem));
}
