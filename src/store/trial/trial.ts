import { zip } from '../../base/zip.ts';
import type { Model } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, isThereAt, type Relationship } from '../../model/relationship.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import type { DecidingSnapshot } from '../deciding-snapshot.ts';
import type { StoreSnapshot } from '../store-snapshot.ts';
import type { StoredRelationship } from '../stored-relationship.ts';
import type { Constrain, WriteConstraint } from '../write-constraint.ts';
import type { RelationshipTransaction } from '../write-transaction.ts';
import { ChangedSnapshot } from './changed-snapshot.ts';
import { type TrialChange, TrialChanges } from './trial-changes.ts';
import { edgesOf } from './trial-edges.ts';
import { TrialNodes } from './trial-nodes.ts';

/**
 * A write that is never done: it reads one committed state, and what it writes is seen by what it asks afterwards and by nobody else.
 * It takes no lock and waits for none, and leaves nothing behind, however it ends.
 */
export class Trial<Problem> implements RelationshipTransaction {
  readonly relationships: RelationshipTransaction['relationships'];
  readonly #base: StoreSnapshot;
  readonly #nodes: TrialNodes;
  readonly #constraint: WriteConstraint<Problem>;
  readonly #changes = new Map<string, TrialChange>();

  constructor(base: StoreSnapshot, constrain: Constrain<Problem>) {
    this.#base = base;
    this.#nodes = new TrialNodes(base);
    this.relationships = {
      write: (relationships, actor) => this.#write(relationships, actor),
      replace: (relationship, actor) => this.#replace(relationship, actor),
      find: (relationships) => this.#find(relationships),
      delete: (relationships) => this.#delete(relationships),
    };
    this.#constraint = constrain(this);
  }

  /** The state as it is at this moment of the write. */
  async openSnapshot(objects: readonly ObjectRef[]): Promise<DecidingSnapshot> {
    await this.#base.resolve(objects);
    return this.#changes.size === 0 ? this.#base : this.states.after;
  }

  async loadPresentModel(): Promise<Model> {
    return this.#base.prepared.model;
  }

  /** What the write broke of what must hold for it. */
  findProblem(): Promise<Problem | undefined> {
    return this.#constraint.findProblem();
  }

  /** What it did, each relationship once. */
  get changes(): readonly TrialChange[] {
    return [...this.#changes.values()];
  }

  /** The state without what it did, and with all of it; nodes are the same in both. */
  get states(): { readonly before: DecidingSnapshot; readonly after: DecidingSnapshot } {
    const [none, all] = [[], this.changes].map((changes) => new TrialChanges(changes, this.#base.now));
    return { before: this.#changed(none), after: this.#changed(all) };
  }

  #changed(changes = new TrialChanges([], this.#base.now)): DecidingSnapshot {
    return new ChangedSnapshot(this.#base, this.#nodes, changes);
  }

  async #write(relationships: readonly Relationship[], actor: SubjectRef | undefined) {
    if (relationships.length === 0) return [];
    await this.#constraint.see('write', relationships);
    const existing = await this.#find(relationships);
    const there = new Set(existing.map(formatRelationship));
    const missing = relationships.filter((one) => !there.has(formatRelationship(one)));
    await this.#change(missing, this.#writtenBy(actor));
    return existing;
  }

  async #replace(relationship: Relationship, actor: SubjectRef | undefined): Promise<void> {
    await this.#constraint.see('replace', [relationship]);
    await this.#change([relationship], this.#writtenBy(actor));
  }

  async #delete(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    await this.#constraint.see('delete', relationships);
    const existing = await this.#find(relationships);
    await this.#change(existing, () => undefined);
    return existing;
  }

  /** What has ended does not count as being there. */
  async #find(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    const stored = await this.#base.findRelationships(relationships);
    const known = new Map(stored.map((one) => [formatRelationship(one), one]));
    return relationships.flatMap((one) => {
      const text = formatRelationship(one);
      const change = this.#changes.get(text);
      const present = change === undefined ? known.get(text) : change.stored;
      return present !== undefined && isThereAt(present, this.#base.now) ? [present] : [];
    });
  }

  #writtenBy(createdBy: SubjectRef | undefined): (one: Relationship) => StoredRelationship {
    return (one) => ({ ...one, createdAt: this.#base.now, createdBy });
  }

  async #change(
    relationships: readonly Relationship[],
    storedOf: (one: Relationship) => StoredRelationship | undefined,
  ): Promise<void> {
    for (const [relationship, edge] of zip(relationships, await edgesOf(this.#nodes, relationships))) {
      this.#changes.set(formatRelationship(relationship), { relationship, edge, stored: storedOf(relationship) });
    }
  }
}
