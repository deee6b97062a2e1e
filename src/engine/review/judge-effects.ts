import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import { findContributions } from '../../model/find-contributions.ts';
import { type Model, permissionsOf, type Relation } from '../../model/model.ts';
import { isPermissionName } from '../../model/names.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { problem } from '../../model/problem.ts';
import { isNamedAsSet } from '../../model/roles.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import type { SubjectRef } from '../../model/subject-ref.ts';
import { conditionHolds } from '../check/expand.ts';
import type { Edge, ReviewableSnapshot } from '../ports.ts';
import { type ContainedObjects, findContainedOfEach } from './find-contained-objects.ts';
import type { GrantEffect, IneffectiveReason } from './grant-effect.ts';
import { type RelationDecisions, WithAndWithout } from './with-and-without.ts';

/** A role that is given to a subject on an object over these relationships, of which the last names the subject. */
export interface JudgedGrant {
  readonly object: ObjectRef;
  readonly role: Relation;
  readonly subject: SubjectRef;
  readonly edges: readonly Edge[];
  /** When they begin, those that have a beginning. */
  readonly beginnings: readonly (Date | undefined)[];
  /** The model does not admit the last relationship. */
  readonly isIgnored: boolean;
}

/** Relationships that are followed to find what belongs to the objects of a page. */
const maxFollowed = 2_000;
/** Of what belongs to an object, so many are asked about: a few for every grant, and more where those change nothing. */
const partsAtFirst = 4;
const maxParts = 200;
/** So many of them for one page. */
const maxPartsOfPage = 2_000;

/**
 * What each grant of a page is good for: the check is asked about every relation of the object as things are, and as if the
 * relationship that names the subject were not there.
 *
 * A difference in a permission is an effect; so is one in a relation that other objects may name as a subject set. Where only
 * roles differ, what belongs to the object is asked about. Where nothing does, the reason is looked for. All grants are asked
 * about together, so the number of statements does not grow with the page.
 */
export async function judgeEffects(
  snapshot: ReviewableSnapshot,
  grants: readonly JudgedGrant[],
): Promise<readonly JudgedEffect[]> {
  const worlds = new WithAndWithout(snapshot);
  const compared = await worlds.compare(grants.map((grant) => ({ ...grant, missing: grant.edges.at(-1) })));
  const judged = zip(grants, compared).map(([grant, { before, changed }]): Judged => {
    const effect = grant.isIgnored ? none('IGNORED') : changeOf(snapshot.prepared.model, changed);
    return { grant, before, changed, effect };
  });
  await judgeContained(snapshot, worlds, judged);
  return judged.map((one): JudgedEffect => {
    const decision = one.before.get(one.grant.role);
    invariant(decision !== undefined, 'a role is one of the relations that are decided');
    return { decision, effect: one.effect ?? reasonOf(snapshot, one) };
  });
}

export interface JudgedEffect {
  /** Whether the subject holds the role now, in whatever way. */
  readonly decision: Decision;
  readonly effect: GrantEffect;
}

interface Judged {
  readonly grant: JudgedGrant;
  /** Every relation of the object, as things are. */
  readonly before: RelationDecisions;
  readonly changed: readonly Change[];
  /** Undefined as long as nothing was found that would change. */
  effect: GrantEffect | undefined;
}

interface Change {
  readonly relation: Relation;
  readonly before: Decision;
  readonly after: Decision;
}

/** What a change of relations means: what cannot be decided with the grant is no effect of it, and no lack of one. */
function changeOf(model: Model, changed: readonly Change[]): GrantEffect | undefined {
  const telling = changed.filter(({ relation }) => isPermissionName(relation.name) || isNamedAsSet(model, relation));
  const open = telling.flatMap(({ before, after }) => [before, after].filter(({ kind }) => kind === 'undecided'));
  if (telling.some(({ before, after }) => before.kind !== 'undecided' && after.kind !== 'undecided')) return effective;
  const [first] = open;
  return first?.kind === 'undecided' ? { kind: 'undecided', problem: first.problem } : undefined;
}

/** Asks about what belongs to the objects of those grants that change a role, and no permission so far. */
async function judgeContained(
  snapshot: ReviewableSnapshot,
  worlds: WithAndWithout,
  judged: readonly Judged[],
): Promise<void> {
  const open = judged.filter(({ effect, changed }) => effect === undefined && changed.length > 0);
  if (open.length === 0) return;
  const containers = [...new Map(open.map(({ grant }) => [formatObjectRef(grant.object), grant.object])).values()];
  const contained = await findContainedOfEach(snapshot, containers, maxFollowed);
  const partsOf = new Map(zip(containers, contained).map(([object, parts]) => [formatObjectRef(object), parts]));
  let left = maxPartsOfPage;
  for (const [start, end] of [
    [0, partsAtFirst],
    [partsAtFirst, maxParts],
  ] as const) {
    const asked = open.flatMap((one) => {
      const { objects = [] } = partsOf.get(formatObjectRef(one.grant.object)) ?? {};
      const parts = one.effect === undefined ? objects.slice(1 + start, 1 + end) : [];
      if (parts.length > left) one.effect = tooMuch(one.grant.object);
      else left -= parts.length;
      return one.effect === undefined ? parts.map((object) => ({ one, object })) : [];
    });
    const compared = await worlds.compare(
      asked.map(({ one: { grant }, object }) => ({ object, subject: grant.subject, missing: grant.edges.at(-1) })),
    );
    for (const [{ one }, { changed }] of zip(asked, compared)) {
      one.effect ??= changeOf(snapshot.prepared.model, changed.filter(isAboutPermission));
    }
  }
  for (const one of open)
    if (!isWhole(partsOf.get(formatObjectRef(one.grant.object)))) one.effect ??= tooMuch(one.grant.object);
}

function isAboutPermission({ relation }: Change): boolean {
  return isPermissionName(relation.name);
}

function isWhole(contained: ContainedObjects | undefined): boolean {
  return contained?.isComplete === true && contained.objects.length <= 1 + maxParts;
}

/** Why nothing would change. */
function reasonOf(snapshot: ReviewableSnapshot, { grant, before, changed }: Judged): GrantEffect {
  if (grant.beginnings.some((start) => start !== undefined && start > snapshot.now)) return none('NOT_BEGUN');
  const failing = conditionOf(snapshot, grant.edges);
  if (failing !== undefined) return failing;
  const held = before.get(grant.role);
  if (held?.kind === 'undecided') return { kind: 'undecided', problem: held.problem };
  if (held?.kind !== 'allowed') return none('BLOCKED');
  if (!changed.some(({ relation }) => relation === grant.role)) return none('COVERED');
  const given = permissionsFrom(snapshot.prepared.model, grant.role).flatMap(
    (permission) => before.get(permission) ?? [],
  );
  if (given.length === 0) return none('NO_PERMISSION');
  const open = given.find((decision) => decision.kind === 'undecided');
  if (open?.kind === 'undecided') return { kind: 'undecided', problem: open.problem };
  return none(given.some(({ kind }) => kind === 'allowed') ? 'COVERED' : 'BLOCKED');
}

/** The first condition of the relationships that does not hold, or cannot be evaluated. */
function conditionOf({ now, prepared }: ReviewableSnapshot, edges: readonly Edge[]): GrantEffect | undefined {
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

/** The permissions of the role's type that are computed from it. */
function permissionsFrom(model: Model, role: Relation): readonly Relation[] {
  const type = model.types.get(role.type);
  const all = type === undefined ? [] : permissionsOf(type);
  return all.filter((permission) => findContributions(model, [permission], 'all').relations.has(role));
}

const effective: GrantEffect = { kind: 'effective' };

function none(reason: IneffectiveReason): GrantEffect {
  return { kind: 'none', reason };
}

function tooMuch(object: ObjectRef): GrantEffect {
  const message = `Too much belongs to "${formatObjectRef(object)}" to say what would change there.`;
  return { kind: 'undecided', problem: problem('RESOLUTION_TOO_COMPLEX', message) };
}
