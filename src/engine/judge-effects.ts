import type { Decision } from '../model/decision.ts';
import { findContributions } from '../model/find-contributions.ts';
import { permissionsOf, type Relation } from '../model/model.ts';
import { isPermissionName } from '../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../model/object-ref.ts';
import { problem } from '../model/problem.ts';
import { emptyContext } from '../model/relationship.ts';
import { isNamedAsSet } from '../model/roles.ts';
import { currentTimeParameter } from '../model/runtime-parameters.ts';
import { formatSubjectRef, type SubjectRef } from '../model/subject-ref.ts';
import { type Check, checkInSnapshot } from './check.ts';
import { EdgeMemory } from './edge-memory.ts';
import { conditionHolds } from './expand.ts';
import { type ContainedObjects, findContainedObjects } from './find-contained-objects.ts';
import type { GrantEffect, IneffectiveReason } from './grant-effect.ts';
import { TooComplex } from './meter.ts';
import type { Edge, ReviewableSnapshot } from './ports.ts';

/** A role that is given to a subject on an object over these relationships, of which the last names the subject. */
export interface JudgedGrant {
  readonly object: ObjectRef;
  readonly role: Relation;
  readonly subject: SubjectRef;
  readonly edges: readonly Edge[];
  /** The model does not admit the last relationship. */
  readonly isIgnored: boolean;
}

/** What belongs to one object is asked about as far as this. */
const maxContained = 200;
/** So many of them for one page. */
const maxContainedOfPage = 1_000;

/**
 * What each grant of a page is good for: the check is asked about every relation of the object as things are, and again as if
 * the relationship that names the subject were not there.
 *
 * A difference in a permission is an effect; so is one in a relation that other objects name as a subject set. Where only roles
 * differ, what belongs to the object is asked about. Where nothing does, the reason is looked for.
 */
export async function judgeEffects(
  snapshot: ReviewableSnapshot,
  grants: readonly JudgedGrant[],
): Promise<readonly GrantEffect[]> {
  const judge = new EffectJudge(snapshot);
  const effects: GrantEffect[] = [];
  for (const grant of grants) effects.push(await judge.judge(grant));
  return effects;
}

type Decisions = ReadonlyMap<Relation, Decision>;

const nothing: Decisions = new Map();

class EffectJudge {
  readonly #snapshot: ReviewableSnapshot;
  readonly #memory: EdgeMemory;
  readonly #present = new Map<string, Map<string, Decisions>>();
  readonly #contained = new Map<string, ContainedObjects>();
  readonly #uses = new Map<Relation, readonly Relation[]>();
  #partsLeft = maxContainedOfPage;

  constructor(snapshot: ReviewableSnapshot) {
    this.#snapshot = snapshot;
    this.#memory = new EdgeMemory(snapshot);
  }

  async judge(grant: JudgedGrant): Promise<GrantEffect> {
    if (grant.isIgnored) return none('IGNORED');
    try {
      return await this.#compare(grant);
    } catch (error) {
      if (error instanceof TooComplex) return { kind: 'undecided', problem: error.problem };
      throw error;
    }
  }

  async #compare(grant: JudgedGrant): Promise<GrantEffect> {
    const { object, role, subject } = grant;
    const missing = grant.edges.at(-1);
    const [before = nothing] = await this.#decide([object], subject, undefined);
    const [after = nothing] = await this.#decide([object], subject, missing);
    const changed = differences(before, after);
    const { model } = this.#snapshot.prepared;
    if (changed.some((one) => isPermissionName(one.name) || isNamedAsSet(model, one))) return effective;
    const below = changed.length === 0 ? undefined : await this.#compareContained(grant, missing);
    return below ?? this.#reasonOf(grant, before, changed.includes(role));
  }

  /** Whether a permission on something that belongs to the object would change; undefined when none would. */
  async #compareContained(
    { object, subject }: JudgedGrant,
    missing: Edge | undefined,
  ): Promise<GrantEffect | undefined> {
    const { objects, isComplete } = await this.#containedIn(object);
    const parts = objects.slice(1, 1 + maxContained);
    if (parts.length > this.#partsLeft) return tooMuch(object);
    this.#partsLeft -= parts.length;
    const before = await this.#decide(parts, subject, undefined);
    const after = await this.#decide(parts, subject, missing);
    const isChanged = before.some((present, index) =>
      differences(present, after[index] ?? nothing).some(({ name }) => isPermissionName(name)),
    );
    if (isChanged) return effective;
    return isComplete && objects.length === 1 + parts.length ? undefined : tooMuch(object);
  }

  /** Why nothing would change. */
  #reasonOf({ role, edges }: JudgedGrant, before: Decisions, isOnlyWay: boolean): GrantEffect {
    const failing = this.#conditionOf(edges);
    if (failing !== undefined) return failing;
    const held = before.get(role);
    if (held?.kind === 'undecided') return { kind: 'undecided', problem: held.problem };
    if (held?.kind !== 'allowed') return none('BLOCKED');
    if (!isOnlyWay) return none('COVERED');
    const given = this.#permissionsFrom(role).flatMap((permission) => before.get(permission) ?? []);
    if (given.length === 0) return none('NO_PERMISSION');
    const open = given.find((decision) => decision.kind === 'undecided');
    if (open?.kind === 'undecided') return { kind: 'undecided', problem: open.problem };
    return none(given.some(({ kind }) => kind === 'allowed') ? 'COVERED' : 'BLOCKED');
  }

  /** The first condition of the relationships that does not hold, or cannot be evaluated. */
  #conditionOf(edges: readonly Edge[]): GrantEffect | undefined {
    const { now, prepared } = this.#snapshot;
    const context = new Map([[currentTimeParameter, now.toISOString()]]);
    for (const edge of edges) {
      const holds = conditionHolds(prepared.model, context, edge);
      if (!holds.ok) return { kind: 'undecided', problem: holds.problem };
      if (holds.value) continue;
      const condition = prepared.model.conditions.get(edge.condition?.name ?? '');
      return none(condition?.parameters.has(currentTimeParameter) ? 'EXPIRED' : 'CONDITION');
    }
    return undefined;
  }

  /** Every relation of each object, for this subject; as things are, what was asked is not asked again. */
  async #decide(
    objects: readonly ObjectRef[],
    subject: SubjectRef,
    missing: Edge | undefined,
  ): Promise<readonly Decisions[]> {
    if (missing !== undefined) return this.#ask(objects, subject, missing);
    const name = formatSubjectRef(subject);
    const known = this.#present.get(name) ?? new Map<string, Decisions>();
    this.#present.set(name, known);
    const open = objects.filter((object) => !known.has(formatObjectRef(object)));
    const decided = await this.#ask(open, subject, undefined);
    for (const [index, object] of open.entries()) known.set(formatObjectRef(object), decided[index] ?? nothing);
    return objects.map((object) => known.get(formatObjectRef(object)) ?? nothing);
  }

  async #ask(
    objects: readonly ObjectRef[],
    subject: SubjectRef,
    missing: Edge | undefined,
  ): Promise<readonly Decisions[]> {
    const { types } = this.#snapshot.prepared.model;
    const relations = objects.map((object) => [...(types.get(object.type)?.relations.values() ?? [])]);
    const checks = objects.flatMap((object, index) =>
      (relations[index] ?? []).map(({ name }): Check => ({ object, subject, relation: name, context: emptyContext })),
    );
    const { decisions } = await checkInSnapshot(this.#memory.without(missing), { checks, contextual: [] });
    let next = 0;
    return relations.map((ofObject) => new Map(ofObject.map((relation) => [relation, decided(decisions[next++])])));
  }

  async #containedIn(object: ObjectRef): Promise<ContainedObjects> {
    const name = formatObjectRef(object);
    const known = this.#contained.get(name) ?? (await findContainedObjects(this.#snapshot, object, maxContained + 1));
    this.#contained.set(name, known);
    return known;
  }

  /** The permissions of the role's type that are computed from it. */
  #permissionsFrom(role: Relation): readonly Relation[] {
    const known = this.#uses.get(role);
    if (known !== undefined) return known;
    const { model } = this.#snapshot.prepared;
    const type = model.types.get(role.type);
    const found = (type === undefined ? [] : permissionsOf(type)).filter((permission) =>
      findContributions(model, [permission], 'all').relations.has(role),
    );
    this.#uses.set(role, found);
    return found;
  }
}

const effective: GrantEffect = { kind: 'effective' };

function none(reason: IneffectiveReason): GrantEffect {
  return { kind: 'none', reason };
}

function tooMuch(object: ObjectRef): GrantEffect {
  const message = `Too much belongs to "${formatObjectRef(object)}" to say what would change there.`;
  return { kind: 'undecided', problem: problem('RESOLUTION_TOO_COMPLEX', message) };
}

function decided(decision: Decision | undefined): Decision {
  if (decision === undefined) throw new Error('A relation was not decided.');
  return decision;
}

function differences(before: Decisions, after: Decisions): readonly Relation[] {
  return [...before].flatMap(([relation, { kind }]) => (after.get(relation)?.kind === kind ? [] : relation));
}
