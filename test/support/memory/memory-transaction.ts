import type { Model } from '../../../src/model/model.ts';
import {
  type AuditEvent,
  type AuditRecord,
  asStored,
  hashOfEvent,
  mentionsOf,
} from '../../../src/store/audit-event.ts';
import type { Seat } from '../../../src/store/lanes.ts';
import type { StoreSnapshot } from '../../../src/store/store-snapshot.ts';
import type { Constrain, WriteConstraint } from '../../../src/store/write-constraint.ts';
import type {
  AuditWriter,
  ModelWriter,
  OutcomeWriter,
  ProposalWriter,
  RelationshipWriter,
  WriteTransaction,
} from '../../../src/store/write-transaction.ts';
import { MemoryModelWriter } from './memory-model-writer.ts';
import type { MemoryModels } from './memory-models.ts';
import { memoryProposalWriter } from './memory-proposals.ts';
import { openMemorySnapshot } from './memory-reader.ts';
import { MemoryRelationshipWriter } from './memory-relationship-writer.ts';
import { textOf } from './memory-state.ts';
import type { MemoryWrite } from './memory-write.ts';

/** The writers of one write. */
export class MemoryTransaction<Problem> implements WriteTransaction {
  readonly relationships: RelationshipWriter;
  readonly models: ModelWriter;
  readonly audit: AuditWriter;
  readonly outcomes: OutcomeWriter;
  readonly proposals: ProposalWriter;
  readonly #write: MemoryWrite;
  readonly #models: MemoryModels;
  readonly #seat: Seat;
  readonly #constraint: WriteConstraint<Problem>;

  constructor(write: MemoryWrite, models: MemoryModels, seat: Seat, constrain: Constrain<Problem>) {
    this.#write = write;
    this.#models = models;
    this.#seat = seat;
    const constraint = constrain(this);
    this.#constraint = constraint;
    this.relationships = new MemoryRelationshipWriter(write, (kind, changed) => constraint.see(kind, changed));
    this.models = new MemoryModelWriter(write, models);
    this.audit = { record: async (record) => recordIn(write, record) };
    this.outcomes = outcomesOf(write);
    this.proposals = memoryProposalWriter(write.state);
  }

  async openSnapshot(): Promise<StoreSnapshot> {
    const snapshot = await openMemorySnapshot(this.#write.state, this.#models, this.#seat);
    this.#write.decideAt(snapshot.now);
    return snapshot;
  }

  async loadPresentModel(): Promise<Model> {
    return (await this.openSnapshot()).prepared.model;
  }

  findProblem(): Promise<Problem | undefined> {
    return this.#constraint.findProblem();
  }
}

function recordIn({ state, revision, time }: MemoryWrite, record: AuditRecord): void {
  const { hash: previous = '', event: last } = state.events.at(-1) ?? {};
  const id = (last?.id ?? 0) + 1;
  const event: AuditEvent = { ...asStored(record), id, revision, at: textOf(time), model: state.activeModel };
  state.events.push({ event, hash: hashOfEvent(previous, event), mentions: mentionsOf(event) });
}

function outcomesOf(write: MemoryWrite): OutcomeWriter {
  const { outcomes } = write.state;
  return {
    find: async (actor, key) => {
      const kept = outcomes.get(JSON.stringify([actor, key]));
      return kept && { ...kept, mark: undefined, outcome: JSON.parse(kept.outcome) };
    },
    store: async (actor, key, requestHash, outcome) => {
      const kept = { requestHash, revision: write.revision, outcome: JSON.stringify(outcome) };
      outcomes.set(JSON.stringify([actor, key]), kept);
    },
  };
}
