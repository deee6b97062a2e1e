import { countOf } from '../../base/count-of.ts';
import { quote } from '../../base/text-problem.ts';
import {
  addCovered,
  findHolding,
  type HolderKey,
  type Holding,
  nameHolders,
} from '../../engine/findings/find-holding.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import type { NamedNode } from '../../engine/ports.ts';
import { compareText } from '../../engine/review/grant-paths.ts';
import type { Relation } from '../../model/model.ts';
import { permissionsOf } from '../../model/model.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatRelationship, type Relationship } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import { type AccessFinding, deletionOf, type FoundFindings, makeFinding } from './access-finding.ts';
import { type Climb, climb } from './climb.ts';
import { findRoot } from './climb-root.ts';
import type { GrantRight } from './climb-step.ts';
import { relationsGrantedBy } from './escalations.ts';
import type { FindingScope, Grant } from './finding-scope.ts';

/** Subjects that are looked at. */
const mostSubjects = 100;

/**
 * Who could give roles to themselves, and by those others, until they can do something on these objects that they cannot now, in at most
 * so many steps: see `climb`.
 */
export async function findEscalations(
  scope: FindingScope,
  steps: number,
  budget: ImpactBudget,
): Promise<FoundFindings> {
  const { rights, notExamined } = await findRights(scope, budget);
  const names = await nameHolders(scope.snapshot, [...rights.keys()]);
  const named = [...names].map(([key, subject]) => ({ subject, rights: rights.get(key) ?? [] }));
  const plain = named
    .filter(({ subject }) => subject.kind === 'object')
    .toSorted((a, b) => compareText(formatSubjectRef(a.subject), formatSubjectRef(b.subject)));
  const everybody = named.filter(({ subject }) => subject.kind === 'wildcard');
  const findings: AccessFinding[] = [];
  let open = Math.max(plain.length - mostSubjects, 0);
  let [taking, undecided] = [0, 0];
  for (const { subject, rights: own } of plain.slice(0, mostSubjects)) {
    const found = await climb(scope, subject, own, steps, budget);
    if (found === undefined) open += 1;
    else {
      if (found.leavesOut) taking += 1;
      if (found.isUndecided) undecided += 1;
      if (found.gained.count > 0) findings.push(await findingOf(scope, subject, own, found, budget));
    }
  }
  const said = [
    ...(open === 0
      ? []
      : [`What ${countOf(open, 'subject')} could give to themselves was not examined: there is too much to compare.`]),
    ...(taking === 0
      ? []
      : [
          `Of what ${countOf(taking, 'subject')} could give to themselves, roles that may also take something away, or lead on to others, were left out.`,
        ]),
    ...(undecided === 0
      ? []
      : [`What ${countOf(undecided, 'subject')} could come to depends, in part, on the context of requests.`]),
    ...everybody.map(
      ({ subject }) =>
        `What everybody could give to themselves who is in ${quote(formatSubjectRef(subject))} was not examined.`,
    ),
  ];
  return { findings, notExamined: [...notExamined, ...said] };
}

/** Who may write which relations where. */
async function findRights(scope: FindingScope, budget: ImpactBudget) {
  const { model } = scope.snapshot.prepared;
  const types = new Set(scope.objects.map(({ object }) => object.type));
  const permissions = [...types].flatMap((name) => {
    const type = model.types.get(name);
    const all = type === undefined ? [] : permissionsOf(type);
    return all.filter((permission) => relationsGrantedBy(model, permission).length > 0);
  });
  const holdings: Holding[] = [];
  for (const permission of permissions) {
    holdings.push(await findHolding(scope.snapshot, permission, scope.objects, budget));
  }
  // Whoever may give something by name may give besides what everybody may.
  const keys = [...new Set(holdings.flatMap(({ places }) => [...places.keys()]))];
  for (const holding of holdings) await addCovered(scope.snapshot, holding, keys, budget);
  const rights = new Map<HolderKey, GrantRight[]>();
  for (const { relation, places } of holdings) {
    for (const [key, objects] of places) rights.set(key, [...(rights.get(key) ?? []), ...rightsOn(relation, objects)]);
  }
  const notExamined = holdings.flatMap(({ relation, isCut, isUndecided }) => {
    const name = `"${relation.type}#${relation.name}"`;
    return [
      ...(isCut ? [`Not everybody was found who has ${name}.`] : []),
      ...(isUndecided ? [`Of somebody, only a context says whether they have ${name}.`] : []),
    ];
  });
  return { rights, notExamined };
}

function rightsOn(permission: Relation, objects: readonly NamedNode[]): readonly GrantRight[] {
  return objects.map((object) => ({ object, permission }));
}

async function findingOf(
  scope: FindingScope,
  subject: SubjectRef,
  rights: readonly GrantRight[],
  { gained, path, target, stepsTaken }: Climb,
  budget: ImpactBudget,
): Promise<AccessFinding> {
  const who = quote(formatSubjectRef(subject));
  const root: Grant | undefined = await findRoot(scope, subject, rights, budget);
  const what =
    target === undefined
      ? ''
      : `, first ${quote(target.permission.name)} on ${quote(formatObjectRef(target.object.object))}`;
  const by =
    path === undefined
      ? ''
      : ` by writing ${path.map((one: Relationship) => quote(formatRelationship(one))).join(', then ')}`;
  return makeFinding({
    kind: 'escalation',
    key: [formatSubjectRef(subject)],
    weight: gained.count,
    subject,
    ...(target && { object: target.object.object }),
    relationships: root === undefined ? [] : [root.relationship],
    count: gained.count,
    text: `${who} could give itself ${countOf(gained.count, 'permission')} on single objects in ${countOf(stepsTaken, 'step')}${what}${by}.`,
    ...(root && { change: deletionOf([root.relationship]) }),
  });
}
