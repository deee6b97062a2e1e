import { countOf } from '../../base/count-of.ts';
import { quote } from '../../base/text-problem.ts';
import { AccessDifferenceBuilder, type AccessDifferences } from '../../engine/impact/access-differences.ts';
import { compareWritten } from '../../engine/impact/compare-written.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { limits } from '../../model/limits.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { type AccessFinding, deletionOf, type FoundFindings, keyOf, makeFinding } from './access-finding.ts';
import { permissionsReachedBy, statesWithout } from './compare-without.ts';
import type { FindingScope, Grant } from './finding-scope.ts';

/** Grants, and sets, that are looked at. */
const mostGrants = 200;
const mostSets = 50;
const maxReached = 20_000;

/** How many decisions on these objects hang on a grant, or on all grants to one set: those that would be others without. */
export async function findBlastRadius(scope: FindingScope, budget: ImpactBudget): Promise<FoundFindings> {
  const sets = Map.groupBy(
    scope.grants.filter(({ relationship }) => relationship.subject.kind === 'set'),
    ({ relationship }) => formatSubjectRef(relationship.subject),
  );
  const several = [...sets].filter(([, grants]) => grants.length > 1);
  const [findings, notExamined]: [AccessFinding[], string[]] = [[], []];
  const parts = [
    ...scope.grants
      .slice(0, mostGrants)
      .map((grant) => ({ name: formatRelationship(grant.relationship), grants: [grant] })),
    ...several.slice(0, mostSets).map(([set, grants]) => ({ name: set, grants })),
  ];
  let open = scope.grants.length + several.length - parts.length;
  for (const { name, grants } of parts) {
    const lost = await compareWithout(scope, grants, budget);
    if (lost === undefined) open += 1;
    else if (lost.lost.count + lost.gained.count + lost.becameUndecided.count > 0)
      findings.push(findingOf(name, grants, lost));
  }
  if (open > 0)
    notExamined.push(
      `How much hangs on ${countOf(open, 'grant or set')} was not examined: there is too much to compare.`,
    );
  return { findings, notExamined };
}

/** What would differ on the objects of the scope; undefined where not everything was compared. */
async function compareWithout(
  { snapshot, objects }: FindingScope,
  grants: readonly Grant[],
  budget: ImpactBudget,
): Promise<AccessDifferences | undefined> {
  if (!budget.spend(0)) return undefined;
  const states = await statesWithout(snapshot, grants);
  const among = new Map(objects.map((one) => [one.node, one]));
  const asked = await permissionsReachedBy(states, grants, maxReached, among);
  if (asked === undefined) return undefined;
  const found = new AccessDifferenceBuilder(states.after);
  const written = grants.map(({ role, relationship: { subject } }) => ({ relation: role, subject }));
  const isWhole = await compareWritten(states, written, asked, budget, ({ name }) => found.of(name));
  return isWhole ? found.finish() : undefined;
}

function findingOf(
  name: string,
  grants: readonly Grant[],
  { lost, gained, becameUndecided }: AccessDifferences,
): AccessFinding {
  const all = grants.map(({ relationship }) => relationship);
  const [first] = all;
  const rest = [
    ...(gained.count > 0 ? [`${gained.count} gained`] : []),
    ...(becameUndecided.count > 0 ? [`${becameUndecided.count} undecided without a context`] : []),
  ];
  const of = all.length === 1 ? quote(name) : `the ${countOf(all.length, 'grant')} to ${quote(name)}`;
  return makeFinding({
    kind: 'blastRadius',
    key: all.length === 1 ? [name] : [name, all.map(keyOf)],
    weight: lost.count,
    ...(first && { subject: first.subject }),
    ...(first && all.length === 1 && { object: first.object }),
    relationships: all.slice(0, limits.simulatedChanges.most),
    count: lost.count,
    text: `Without ${of}, ${countOf(lost.count, 'permission')} on single objects would be lost${rest.length === 0 ? '' : `, ${rest.join(' and ')}`}.`,
    // What is more than one change takes is for several.
    ...(all.length <= limits.simulatedChanges.most && { change: deletionOf(all) }),
  });
}
