import { emptyContext, isThereAt, type Relationship } from '../../../src/model/relationship.ts';
import type { SubjectRef } from '../../../src/model/subject-ref.ts';
import type { StoredRelationship } from '../../../src/store/stored-relationship.ts';
import type { ChangeKind } from '../../../src/store/write-constraint.ts';
import type { RelationshipWriter } from '../../../src/store/write-transaction.ts';
import { keyOf } from './memory-state.ts';
import type { MemoryWrite } from './memory-write.ts';

/** Writes relationships, and what each write of them changed. */
export class MemoryRelationshipWriter implements RelationshipWriter {
  readonly #write: MemoryWrite;
  readonly #see: (kind: ChangeKind, relationships: readonly Relationship[]) => Promise<void>;

  constructor(write: MemoryWrite, see: (kind: ChangeKind, relationships: readonly Relationship[]) => Promise<void>) {
    this.#write = write;
    this.#see = see;
  }

  async write(relationships: readonly Relationship[], actor: SubjectRef | undefined) {
    if (relationships.length === 0) return [];
    await this.#see('write', relationships);
    const existing = this.#there(relationships);
    const known = new Set(existing.map(keyOf));
    for (const relationship of relationships) if (!known.has(keyOf(relationship))) this.#put(relationship, actor);
    return existing;
  }

  async replace(relationship: Relationship, actor: SubjectRef | undefined): Promise<void> {
    await this.#see('replace', [relationship]);
    this.#put(relationship, actor);
  }

  async find(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    return this.#there(relationships);
  }

  async delete(relationships: readonly Relationship[]): Promise<readonly StoredRelationship[]> {
    if (relationships.length === 0) return [];
    await this.#see('delete', relationships);
    return this.#remove(this.#there(relationships));
  }

  async removeExpired(relationships: readonly Relationship[], endedForMs: number) {
    const { state, time } = this.#write;
    const ended = relationships.flatMap((relationship) => {
      const stored = state.rows.get(keyOf(relationship))?.relationship;
      const end = stored?.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
      return stored !== undefined && end < time.getTime() - endedForMs ? [stored] : [];
    });
    return this.#remove(ended);
  }

  #remove(existing: readonly StoredRelationship[]): readonly StoredRelationship[] {
    for (const relationship of existing) {
      const node = this.#write.state.nodeOf(relationship.object);
      if (node === undefined) throw new Error('A stored relationship has an object without a number.');
      this.#write.change({ revision: this.#write.next, operation: 'delete', relationship, node });
    }
    for (const relationship of existing) this.#write.state.remove(relationship);
    return existing;
  }

  #put(relationship: Relationship, createdBy: SubjectRef | undefined): void {
    const kept = { ...asKept(relationship), createdAt: this.#write.time, createdBy };
    const { object: node } = this.#write.state.put(kept);
    this.#write.change({ revision: this.#write.next, operation: 'write', relationship: kept, node });
  }

  #there(relationships: readonly Relationship[]): readonly StoredRelationship[] {
    const { state, time } = this.#write;
    return relationships.flatMap((relationship) => {
      const stored = state.rows.get(keyOf(relationship))?.relationship;
      return stored !== undefined && isThereAt(stored, time) ? [stored] : [];
    });
  }
}

/** As JSON brings it back, which is how a store keeps a context. */
function asKept({ object, relation, subject, condition, startsAt, expiresAt }: Relationship): Relationship {
  const values: Record<string, unknown> = JSON.parse(
    JSON.stringify(Object.fromEntries(condition?.context ?? emptyContext)),
  );
  const kept = condition && { name: condition.name, context: new Map(Object.entries(values)) };
  return { object, relation, subject, condition: kept, startsAt, expiresAt };
}
