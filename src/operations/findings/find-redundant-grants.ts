import { countOf } from '../../base/count-of.ts';
import { quote } from '../../base/text-problem.ts';
import { zip } from '../../base/zip.ts';
import type { Check } from '../../engine/check/check.ts';
import { decideWithin } from '../../engine/findings/decide-within.ts';
import type { AskedPermissions, TwoStates } from '../../engine/impact/compare-each.ts';
import type { FoundDecisions } from '../../engine/impact/compare-page.ts';
import { compareWritten } from '../../engine/impact/compare-written.ts';
import { findAffected } from '../../engine/impact/find-affected-permissions.ts';
import { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import type { Decision } from '../../model/decision.ts';
import { keptRoleOf } from '../../model/declarations.ts';
import { permissionsOf } from '../../model/model.ts';
import { emptyContext, formatRelationship } from '../../model/relationship.ts';
import { type AccessFinding, deletionOf, type FoundFindings, keyOf, makeFinding } from './access-finding.ts';
import { permissionsReachedBy, statesWithout } from './compare-without.ts';
import type { FindingScope, Grant } from './finding-scope.ts';
import { permissionsGivenBy } from './giving-roles.ts';

/** Grants that are looked at as a whole: those that seem redundant on their own object. */
const mostExamined = 200;
/** Relations of objects that one of them is followed to, and checks that are made for it. */
const maxReached = 2_000;
const maxChecksOfOne = 5_000;

/**
 * Grants without which every decision would be the same: on their object, and wherever they reach, for everybody, by the check without any
 * context but the time. Only those are meant whose subject has something that they give; what gives nothing at all at the moment may be
 * meant for later.
 */
export async function findRedundantGrants(scope: FindingScope, budget: ImpactBudget): Promise<FoundFindings> {
  const notExamined: string[] = [];
  const plain = scope.grants.filter((grant) => grant.relationship.condition === undefined && !isKept(scope, grant));
  const candidates = await withoutDifferenceAtHome(scope, plain, budget);
  if (candidates === undefined)
    return {
      findings: [],
      notExamined: ['Whether grants are redundant was not examined: there is too much to compare.'],
    };
  const examined = candidates.slice(0, mostExamined);
  const [findings, open]: [AccessFinding[], Map<string, number>] = [[], new Map()];
  const skip = (why: string) => open.set(why, (open.get(why) ?? 0) + 1);
  for (const grant of examined) {
    const verdict = await examine(scope, grant, budget);
    if (verdict === 'redundant') findings.push(findingOf(scope, grant));
    if (verdict === 'too far') skip('reach too far to be compared');
    if (verdict === 'undecided') skip('depend on the context of requests');
  }
  if (candidates.length > examined.length)
    open.set('are more than are compared at once', candidates.length - examined.length);
  const conditional = scope.grants.filter(({ relationship }) => relationship.condition !== undefined).length;
  if (conditional > 0) open.set('have a condition', conditional);
  for (const [why, count] of open)
    notExamined.push(
      `Whether ${countOf(count, 'grant')} ${count === 1 ? 'is' : 'are'} redundant is not known: they ${why}.`,
    );
  return { findings, notExamined };
}

/** What an object must keep somebody in is no grant too many, whoever else there is. */
export function isKept({ snapshot }: FindingScope, { role }: Grant): boolean {
  const type = snapshot.prepared.model.types.get(role.type);
  const kept = type && keptRoleOf(type);
  return kept?.role === role.name;
}

/** Those that make no difference on their own object to the subject that they name: a batch of checks for all of them. */
async function withoutDifferenceAtHome(
  { snapshot }: FindingScope,
  grants: readonly Grant[],
  budget: ImpactBudget,
): Promise<readonly Grant[] | undefined> {
  const { model } = snapshot.prepared;
  const asked = grants.flatMap((grant) => {
    // What a wildcard gives is asked of those who are written nowhere, in the state without it.
    if (grant.relationship.subject.kind === 'wildcard') return [];
    const type = model.types.get(grant.role.type);
    const affected = findAffected(model, (relation) => relation === grant.role);
    const permissions = type === undefined ? [] : permissionsOf(type).filter((one) => affected.has(one));
    return permissions.map((permission) => ({ grant, permission }));
  });
  const checks = asked.map(({ grant, permission }) => {
    const { subject, object } = grant.relationship;
    return { grant, subject, object, relation: permission.name, context: emptyContext };
  });
  const present = await decideWithin(snapshot, checks, budget);
  const absent = await decideWithin(
    snapshot,
    checks.map((one) => ({ ...one, without: one.grant.edge })),
    budget,
  );
  if (present === undefined || absent === undefined) return undefined;
  const differing = new Set<Grant>();
  for (const [[{ grant }, was], [, is]] of zip(present, absent)) if (was.kind !== is.kind) differing.add(grant);
  return grants.filter((grant) => !differing.has(grant));
}

type Verdict = 'redundant' | 'needed' | 'undecided' | 'too far';

async function examine({ snapshot }: FindingScope, grant: Grant, budget: ImpactBudget): Promise<Verdict> {
  if (!budget.spend(0)) return 'too far';
  const states = await statesWithout(snapshot, [grant]);
  const asked = await permissionsReachedBy(states, [grant], maxReached);
  if (asked === undefined) return 'too far';
  const same = new SameDecisions();
  const own = new ImpactBudget(maxChecksOfOne, () => same.isDifferent || !budget.spend(0));
  const written = [{ relation: grant.role, subject: grant.relationship.subject }];
  const isWhole = await compareWritten(states, written, asked, own, () => same);
  budget.spend(own.checks);
  const isAsked = isWhole && !same.isDifferent && (await compareItself(states, grant, asked, same, budget));
  if (same.isDifferent) return 'needed';
  if (!isAsked) return 'too far';
  if (same.isUndecided) return 'undecided';
  return same.isHeld ? 'redundant' : 'needed';
}

/** Whether two states decide alike, and what of it the subject of the grant has. */
class SameDecisions implements FoundDecisions {
  isDifferent = false;
  isUndecided = false;
  /** Whether the subject of the grant is allowed something. */
  isHeld = false;

  add(_question: unknown, before: Decision, after: Decision): void {
    if (before.kind !== after.kind) this.isDifferent = true;
    if (before.kind === 'undecided') this.isUndecided = true;
  }

  async takeExamples(): Promise<void> {}
}

/** Of a set, whoever comes into it later would miss what it gives: it is a subject itself. False where that is too much to ask. */
async function compareItself(
  { before, after }: TwoStates,
  { relationship: { subject } }: Grant,
  asked: AskedPermissions,
  same: SameDecisions,
  budget: ImpactBudget,
): Promise<boolean> {
  const checks = [...asked].flatMap(([permission, objects]) =>
    objects.map(({ object }): Check => ({ subject, object, relation: permission.name, context: emptyContext })),
  );
  const [was, is] = [await decideWithin(before, checks, budget), await decideWithin(after, checks, budget)];
  if (was === undefined || is === undefined) return false;
  for (const [[, one], [, other]] of zip(was, is)) {
    same.add(undefined, one, other);
    if (one.kind === 'allowed') same.isHeld = true;
  }
  return true;
}

function findingOf({ snapshot }: FindingScope, { relationship, role }: Grant): AccessFinding {
  return makeFinding({
    kind: 'redundantGrant',
    key: [keyOf(relationship)],
    weight: permissionsGivenBy(snapshot.prepared.model, role),
    subject: relationship.subject,
    object: relationship.object,
    relationships: [relationship],
    text: `Without ${quote(formatRelationship(relationship))}, everybody could do now what they can with it.`,
    change: deletionOf([relationship]),
  });
}
