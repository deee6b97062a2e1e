import { countOf } from '../../base/count-of.ts';
import { quote } from '../../base/text-problem.ts';
import { AccessDifferenceBuilder } from '../../engine/impact/access-differences.ts';
import { compareWritten } from '../../engine/impact/compare-written.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { limits } from '../../model/limits.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { validateRelationship } from '../../model/validate-relationship.ts';
import type { AccessChange } from './access-change.ts';
import { type AccessFinding, type FoundFindings, makeFinding } from './access-finding.ts';
import { permissionsReachedBy, statesAfter } from './compare-without.ts';
import { findRectangles, type Rectangle } from './find-rectangles.ts';
import { isKept } from './find-redundant-grants.ts';
import type { FindingScope, Grant } from './finding-scope.ts';
import { findGroups, type Group } from './groups.ts';

/** Groups that are tried, and rectangles that are told of. */
const mostTried = 100;
const mostRectangles = 20;
const maxReached = 20_000;

/**
 * Where single grants could be fewer that say the same. A group whose members each have the same roles by grants of their own could have
 * them instead: that change is tried, and told of only where it gains and loses nothing. Where there is no such group, it is told that the
 * same subjects have the same grants; somebody would have to name a group for them. Equivalent, and not the fewest there could be.
 */
export async function findRoleSets(scope: FindingScope, budget: ImpactBudget): Promise<FoundFindings> {
  const plain = scope.grants.filter((grant) => isReplaceable(scope, grant));
  const [findings, replaced]: [AccessFinding[], Set<Grant>] = [[], new Set()];
  const tried = findGroups(scope).flatMap((group) => replacementBy(scope, group, plain) ?? []);
  let open = Math.max(0, tried.length - mostTried);
  for (const { group, grants, writes } of tried.toSorted(compareReplacements).slice(0, mostTried)) {
    if (grants.some((grant) => replaced.has(grant))) continue;
    const change = { writes, deletes: grants.map(({ relationship }) => relationship) };
    const verdict = await isSame(scope, grants, change, budget);
    if (verdict === undefined) open += 1;
    if (verdict !== true) continue;
    for (const grant of grants) replaced.add(grant);
    findings.push(replacementFinding(group, grants, change));
  }
  const left = plain.filter((grant) => !replaced.has(grant));
  const { rectangles, isWhole } = await findRectangles(left, mostRectangles, scope.snapshot.meter);
  return {
    findings: [...findings, ...rectangles.map(rectangleFinding)],
    notExamined: [
      ...(open === 0 ? [] : [`Whether ${countOf(open, 'group')} could replace single grants is not known: there is too much to compare.`]), // biome-ignore format: one
      ...(isWhole ? [] : ['Not everybody who has the same grants was looked for: there are too many subjects.']),
    ],
  };
}

/** One that says nothing but its three names. */
function isReplaceable(scope: FindingScope, grant: Grant): boolean {
  const { subject, condition, startsAt, expiresAt } = grant.relationship;
  const isPlain = condition === undefined && startsAt === undefined && expiresAt === undefined;
  return isPlain && subject.kind === 'object' && !isKept(scope, grant);
}

interface Replacement {
  readonly group: Group;
  readonly grants: readonly Grant[];
  readonly writes: readonly Relationship[];
}

/** What all members of a group have by grants of their own, and the group has not, as far as it fits into one change. */
function replacementBy(
  { snapshot, grants: all }: FindingScope,
  group: Group,
  plain: readonly Grant[],
): Replacement | undefined {
  const written = new Set(all.map(({ relationship }) => formatRelationship(relationship)));
  const ofPlace = Map.groupBy(
    plain.filter(({ relationship }) => group.members.has(formatSubjectRef(relationship.subject))),
    ({ edge }) => JSON.stringify([edge.object, edge.relation]),
  );
  const [grants, writes]: [Grant[], Relationship[]] = [[], []];
  for (const own of ofPlace.values()) {
    const [first] = own;
    if (first === undefined || own.length < group.members.size || own.some(({ edge }) => edge.object === group.node)) continue; // biome-ignore format: one
    const { object, relation } = first.relationship;
    const write = { object, relation, subject: group.set, condition: undefined, startsAt: undefined, expiresAt: undefined }; // biome-ignore format: one
    if (written.has(formatRelationship(write)) || !validateRelationship(snapshot.prepared.model, write).ok) continue;
    if (grants.length + own.length + writes.length + 1 > limits.simulatedChanges.most) break;
    grants.push(...own);
    writes.push(write);
  }
  return writes.length === 0 ? undefined : { group, grants, writes };
}

/** Those that save most first; of as many, by name. */
function compareReplacements(left: Replacement, right: Replacement): number {
  const saved = ({ grants, writes }: Replacement) => grants.length - writes.length;
  const [a, b] = [formatSubjectRef(left.group.set), formatSubjectRef(right.group.set)];
  return saved(right) - saved(left) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Whether everybody may do the same, wherever the change reaches; undefined where not everything was compared. */
async function isSame(
  { snapshot }: FindingScope,
  grants: readonly Grant[],
  change: AccessChange,
  budget: ImpactBudget,
): Promise<boolean | undefined> {
  if (!budget.spend(0)) return undefined;
  const states = await statesAfter(snapshot, change);
  const asked = await permissionsReachedBy(states, grants, maxReached);
  if (asked === undefined) return undefined;
  const found = new AccessDifferenceBuilder(states.after);
  const roles = new Map(grants.map(({ role }) => [JSON.stringify([role.type, role.name]), role]));
  const written = [...change.writes, ...change.deletes].map(({ object, relation, subject }) => {
    return { relation: roles.get(JSON.stringify([object.type, relation])), subject };
  });
  const isWhole = await compareWritten(states, written, asked, budget, ({ name }) => found.of(name));
  if (!isWhole) return undefined;
  const { gained, lost, becameUndecided } = found.finish();
  return gained.count + lost.count + becameUndecided.count === 0;
}

function replacementFinding({ set, members }: Group, grants: readonly Grant[], change: AccessChange): AccessFinding {
  const { writes } = change;
  const relationships = grants.map(({ relationship }) => relationship);
  return makeFinding({
    kind: 'roleSet',
    key: [formatSubjectRef(set), relationships.map(formatRelationship).toSorted()],
    weight: grants.length - writes.length,
    subject: set,
    relationships,
    count: writes.length,
    of: grants.length,
    text: `${quote(formatSubjectRef(set))} could have ${countOf(writes.length, 'role')} that each of its ${members.size} members has by a grant of their own: ${countOf(writes.length, 'grant')} instead of ${grants.length}, and nobody could do anything else.`,
    change,
  });
}

function rectangleFinding({ subjects, places, grants }: Rectangle): AccessFinding {
  const relationships = grants.map(({ relationship }) => relationship);
  const needed = subjects + places;
  return makeFinding({
    kind: 'roleSet',
    key: [null, relationships.map(formatRelationship).toSorted()],
    weight: grants.length - needed,
    relationships,
    count: needed,
    of: grants.length,
    text: `${subjects} subjects have the same ${places} roles by grants of their own: with a group for them, it would be ${needed} relationships instead of ${grants.length}.`,
  });
}
