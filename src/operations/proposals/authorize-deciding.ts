import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { authorizeRead, decideGrants } from '../authorize.ts';
import { authorizeOnPlatform } from '../authorize-on-platform.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { changeOf, type Proposal } from './proposal.ts';

/** What a proposal needs the right to. */
export type Decidable = Pick<Proposal, 'writes' | 'deletes' | 'model'>;

/** Rights of one actor to give and take roles, in one state: each is asked once, however many proposals need it. */
export class DecidingRights {
  readonly #postern: Postern;
  readonly #audited: AuditedActor;
  readonly #snapshot: DecidingSnapshot;
  readonly #grants = new Map<string, Decision>();
  #writer: Promise<Result<undefined, Refusal>> | undefined;
  #publisher: Promise<Result<undefined, Refusal>> | undefined;

  constructor(postern: Postern, audited: AuditedActor, snapshot: DecidingSnapshot) {
    this.#postern = postern;
    this.#audited = audited;
    this.#snapshot = snapshot;
  }

  /** Asks together what these proposals need. */
  async prepare(proposals: readonly Decidable[]): Promise<void> {
    const named = proposals.flatMap((one) => relationshipsOf(one)).map((one) => [keyOf(one), one] as const);
    const open = [...new Map(named)].filter(([key]) => !this.#grants.has(key));
    const decisions = await decideGrants(
      this.#snapshot,
      this.#audited,
      open.map(([, one]) => one),
    );
    for (const [[key], decision] of zip(open, decisions)) this.#grants.set(key, decision);
  }

  /**
   * Whether the actor could make the change itself: with the right to give and take each role of it, or, for those that it has not,
   * as whoever may write any relationship; for a model, as whoever may publish one.
   */
  async mayDecide(proposal: Decidable): Promise<Result<undefined, Refusal>> {
    if (proposal.model !== null) return this.#mayPublish();
    await this.prepare([proposal]);
    const relationships = relationshipsOf(proposal);
    invariant(relationships.length > 0, 'a proposal without a model changes relationships');
    const missing = relationships.filter((one) => this.#grants.get(keyOf(one))?.kind !== 'allowed');
    if (missing.length === 0) return ok(undefined);
    const writer = await this.#mayWrite();
    if (writer.ok) return authorizeOnPlatform(this.#postern, this.#audited, this.#snapshot, missing);
    const unknown = missing.map((one) => this.#grants.get(keyOf(one))).find((one) => one?.kind === 'undecided');
    // What could not be decided must not look like a no.
    if (unknown?.kind === 'undecided') return failed({ kind: 'undecided', problem: unknown.problem });
    if (writer.problem.kind === 'undecided') return writer;
    return failed({ kind: 'forbidden', message: 'This needs the right to give or take each role of the proposal.' });
  }

  #mayWrite(): Promise<Result<undefined, Refusal>> {
    this.#writer ??= this.#onPlatform('can_write_relationships');
    return this.#writer;
  }

  #mayPublish(): Promise<Result<undefined, Refusal>> {
    this.#publisher ??= this.#onPlatform('can_publish_model');
    return this.#publisher;
  }

  #onPlatform(permission: string): Promise<Result<undefined, Refusal>> {
    return authorizeRead(this.#snapshot, this.#audited, permission, this.#postern.platform);
  }
}

/** The objects that a state must know to decide about a proposal. */
export function objectsOf(proposal: Decidable): readonly ObjectRef[] {
  return [...new Map(relationshipsOf(proposal).map(({ object }) => [formatObjectRef(object), object])).values()];
}

function relationshipsOf(proposal: Decidable): readonly Relationship[] {
  const { writes, deletes } = changeOf(proposal);
  return [...deletes, ...writes];
}

function keyOf({ object, relation }: Relationship): string {
  return JSON.stringify([formatObjectRef(object), relation]);
}
