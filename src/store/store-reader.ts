import type { ExcerptReader, SnapshotOptions, SnapshotReader } from '../engine/ports.ts';
import type { PreparedModel } from '../engine/prepared-model.ts';
import type { Position } from '../model/consistency-token.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { AuditFilter, AuditPage } from './audit-page.ts';
import type { RelationshipCursor, RelationshipFilter, RelationshipPage } from './relationship-page.ts';
import type { StoreSnapshot } from './store-snapshot.ts';
import type { StoredModel } from './stored-model.ts';
import type { ProposalFilter, StoredProposal } from './stored-proposal.ts';

/** Opens snapshots: each is one committed state to its end, and is closed when `use` ends, however it ends. */
export interface StoreReader extends SnapshotReader, ExcerptReader {
  /**
   * A snapshot under the active model, or under the published one that is named. Objects that are named before need no read
   * of their own. Throws `NoModel` and `UnreadableModel`: then nothing can be decided.
   */
  withSnapshot<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot) => Promise<Answer>,
    options?: SnapshotOptions,
  ): Promise<Answer>;
  /**
   * A snapshot of the last committed state under the active model that can be asked under every published one as well: see
   * `underModel`. Undefined as long as none is active.
   */
  withModels<Answer>(
    objects: readonly ObjectRef[],
    use: (snapshot: StoreSnapshot, models: PublishedModels) => Promise<Answer>,
  ): Promise<Answer | undefined>;
  /** The last committed state for as long as `use` looks at it; without a model as well. */
  withState<Answer>(use: (state: ReadState) => Promise<Answer>): Promise<Answer>;
  /** How long a snapshot may be used. */
  readonly timeoutMs: number;
}

/** The models that were published before a snapshot. */
export interface PublishedModels {
  readonly newest: Pick<StoredModel, 'id'>;
  /** The model with this id; undefined when there is none. */
  load(id: number): Promise<PreparedModel | undefined>;
}

/** The database's own state: snapshots are opened in it as they are needed, and it has what no snapshot knows. */
export interface ReadState {
  open(objects: readonly ObjectRef[]): Promise<StoreSnapshot>;
  /** Whether a write of this actor was kept under this idempotency key. */
  hasOutcome(actor: string, key: string): Promise<boolean>;
  position(): Promise<TimedPosition>;
  /** One page of relationships after a place in the order of the filter. */
  readRelationships(
    filter: RelationshipFilter,
    first: number,
    after: RelationshipCursor | undefined,
  ): Promise<RelationshipPage>;
  /** One page of the audit log, newest first, of the events below `before`. */
  readAuditEvents(filter: AuditFilter, first: number, before: number | undefined): Promise<AuditPage>;
  /** A published model; the active one without an id. */
  readModel(id: number | undefined): Promise<StoredModel | undefined>;
  /** Published models, the newest first; at most `first`, of those below `before`. */
  readModels(first: number, before: number | undefined): Promise<readonly StoredModel[]>;
  readProposal(id: number): Promise<StoredProposal | undefined>;
  /** Proposals, the newest first; at most `first`, of those below `before`. */
  readProposals(filter: ProposalFilter, first: number, before: number | undefined): Promise<readonly StoredProposal[]>;
}

/** A state's place in the history of its database, and the store's clock when it was asked. */
export interface TimedPosition extends Position {
  readonly now: Date;
}
