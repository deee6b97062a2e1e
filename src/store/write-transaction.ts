import type { HistoryMark } from '../model/history-mark.ts';
import type { Model } from '../model/model.ts';
import type { ModelModule } from '../model/model-source.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Relationship } from '../model/relationship.ts';
import type { SubjectRef } from '../model/subject-ref.ts';
import type { AuditRecord } from './audit-event.ts';
import type { DecidingSnapshot } from './deciding-snapshot.ts';
import type { ModelRecord } from './model-history.ts';
import type { StoreSnapshot } from './store-snapshot.ts';
import type { StoredModel } from './stored-model.ts';
import type { NewProposal, ProposalEnd, StoredProposal } from './stored-proposal.ts';
import type { StoredRelationship } from './stored-relationship.ts';

/** One write on its way: sees all writes before it, and nobody sees it before it commits. */
export interface WriteTransaction extends RelationshipTransaction {
  openSnapshot(objects: readonly ObjectRef[]): Promise<StoreSnapshot>;
  readonly relationships: RelationshipWriter;
  readonly models: ModelWriter;
  readonly audit: AuditWriter;
  readonly outcomes: OutcomeWriter;
  readonly proposals: ProposalWriter;
}

/** As much of a write as changes relationships, and can be tried without doing it: see `Trial`. */
export interface RelationshipTransaction extends WriteState {
  readonly relationships: Omit<RelationshipWriter, 'removeExpired'>;
}

/** The state that a write is decided on: all writes before it, what it has written itself, and nothing else. */
export interface WriteState {
  openSnapshot(objects: readonly ObjectRef[]): Promise<DecidingSnapshot>;
  /** The model that decides. */
  loadPresentModel(): Promise<Model>;
  /** What of some relationships is there at this moment of the write. */
  readonly relationships: Pick<RelationshipWriter, 'find'>;
}

/** Relationships of one write. What has expired does not count as being there. */
export interface RelationshipWriter {
  /** Writes relationships that are valid for the active model, and returns those that were there already, as they are. */
  write(relationships: readonly Relationship[], actor: SubjectRef | undefined): Promise<readonly StoredRelationship[]>;
  /** Writes a relationship that is valid for the active model, whatever was there with the same key. */
  replace(relationship: Relationship, actor: SubjectRef | undefined): Promise<void>;
  /** Those of the relationships that are there, as they are. */
  find(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]>;
  /** Deletes relationships and returns those that were there, as they were. */
  delete(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]>;
  /**
   * Removes those of the relationships that ended longer ago than that, and returns them as they were. They decide nothing any more,
   * so there is no rule that could refuse it.
   */
  removeExpired(relationships: readonly Relationship[], endedForMs: number): Promise<readonly StoredRelationship[]>;
}

/** Models of one write. */
export interface ModelWriter {
  /** The model that decides at this moment of the write; undefined when there is none. */
  readonly activeId: number | undefined;
  /** A model that was published before this write; undefined when there is none with this id. */
  load(id: number): Promise<Model | undefined>;
  /** The model that was active before this write; undefined as well when it cannot be compiled, so that another can follow. */
  loadActive(): Promise<Model | undefined>;
  /** A published model as it was written; undefined when there is none with this id. */
  read(id: number): Promise<StoredModel | undefined>;
  /** Stores a model that was parsed; it decides nothing before it is activated. */
  add(model: NewModel, actor: SubjectRef | undefined): Promise<{ readonly id: number; readonly createdAt: Date }>;
  /** Makes a published model the one that decides; false when there is no such model. */
  activate(id: number): Promise<boolean>;
  /** A model as audit events name it: whoever changes its text past the log is found. */
  recordOf(id: number): Promise<ModelRecord>;
}

export interface NewModel {
  readonly model: Model;
  /** The one text of it, for modules as well. */
  readonly dsl: string;
  readonly modules: readonly ModelModule[] | undefined;
}

/** The audit log, as far as one write may touch it. */
export interface AuditWriter {
  /** Appends to the log: what is recorded exists if and only if the write does. */
  record(record: AuditRecord): Promise<void>;
}

/** Proposals, as far as one write may touch them: all but how they end stays as it is. */
export interface ProposalWriter {
  /** How many proposals of somebody are open. */
  countOpen(proposer: string): Promise<number>;
  find(id: number): Promise<StoredProposal | undefined>;
  add(proposal: NewProposal): Promise<StoredProposal>;
  /** Ends a proposal that is open; undefined where somebody has ended it before. */
  end(id: number, end: ProposalEnd): Promise<StoredProposal | undefined>;
}

/** What a write with an idempotency key leaves for its repetitions. */
export interface OutcomeWriter {
  /** The outcome that was stored under a key of this actor, if it was used before. */
  find(actor: string, key: string): Promise<KeptOutcome | undefined>;
  /** Keeps the outcome of this write; called after its last change. */
  store(actor: string, key: string, requestHash: string, outcome: unknown): Promise<void>;
}

export interface KeptOutcome {
  readonly requestHash: string;
  readonly revision: number;
  /** The last event of the history when the outcome was kept; undefined where that is not known. */
  readonly mark: HistoryMark | undefined;
  readonly outcome: unknown;
}
