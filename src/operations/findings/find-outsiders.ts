import { quote } from '../../base/text-problem.ts';
import { decideWithin } from '../../engine/findings/decide-within.ts';
import { findHolders } from '../../engine/findings/find-holding.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import type { Decision } from '../../model/decision.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import { emptyContext, formatRelationship } from '../../model/relationship.ts';
import { formatSubjectRef, type SubjectRef } from '../../model/subject-ref.ts';
import { type AccessFinding, deletionOf, type FoundFindings, keyOf, makeFinding } from './access-finding.ts';
import type { FindingScope, Grant } from './finding-scope.ts';
import { permissionsGivenBy } from './giving-roles.ts';

/** A set: whoever is not in it is an outsider. */
export interface Insiders {
  readonly object: ObjectRef;
  readonly relation: string;
}

/**
 * Grants to those who are not inside: the subject of the grant does not hold the relation that says who is. A set is looked into: it is
 * inside where it holds the relation itself, or all of those who are in it do.
 */
export async function findOutsiders(
  scope: FindingScope,
  insiders: Insiders | undefined,
  budget: ImpactBudget,
): Promise<FoundFindings> {
  if (insiders === undefined) {
    const why = `${quote(formatObjectRef(scope.container))} has no relation "member", and no other set was named.`;
    return { findings: [], notExamined: [`Nobody can say who is an outsider: ${why}`] };
  }
  const grants = scope.grants.filter(({ relationship }) => !isOf(insiders, relationship));
  const named = distinctSubjects(grants.map(({ relationship }) => relationship.subject));
  const decided = await decide(scope, insiders, named, budget);
  if (decided === undefined)
    return {
      findings: [],
      notExamined: ['Not everybody was asked whether they are inside: there was too much to ask.'],
    };
  const notExamined: string[] = [];
  const outside = new Map<string, Outside>();
  for (const [subject, { kind }] of decided) {
    const text = formatSubjectRef(subject);
    if (kind === 'undecided') notExamined.push(`Only the context of a request says whether ${quote(text)} is inside.`);
    if (kind !== 'denied') continue;
    const found = subject.kind === 'set' ? await outsideOfSet(scope, insiders, subject, budget) : alone;
    if (found === 'not examined')
      notExamined.push(`Not everybody in ${quote(text)} was asked whether they are inside.`);
    else if (found !== undefined) outside.set(text, found);
  }
  const findings = grants.flatMap((grant) => {
    const found = outside.get(formatSubjectRef(grant.relationship.subject));
    return found === undefined ? [] : [findingOf(scope, insiders, grant, found)];
  });
  return { findings, notExamined };
}

/** Of a subject that is no insider: how many of how many in it are none. */
interface Outside {
  readonly count: number;
  readonly of: number;
}

const alone: Outside = { count: 1, of: 1 };

/** Whoever is given the relation itself is inside by that. */
function isOf({ object, relation }: Insiders, one: Grant['relationship']): boolean {
  return one.relation === relation && formatObjectRef(one.object) === formatObjectRef(object);
}

function distinctSubjects(subjects: readonly SubjectRef[]): readonly SubjectRef[] {
  return [...new Map(subjects.map((subject) => [formatSubjectRef(subject), subject])).values()];
}

async function decide(
  { snapshot }: FindingScope,
  { object, relation }: Insiders,
  subjects: readonly SubjectRef[],
  budget: ImpactBudget,
): Promise<readonly (readonly [SubjectRef, Decision])[] | undefined> {
  const checks = subjects.map((subject) => ({ subject, relation, object, context: emptyContext }));
  const decided = await decideWithin(snapshot, checks, budget);
  return decided?.map(([{ subject }, decision]) => [subject, decision] as const);
}

/** Undefined where everybody in it is inside, or nobody is in it. */
async function outsideOfSet(
  scope: FindingScope,
  insiders: Insiders,
  set: Extract<SubjectRef, { kind: 'set' }>,
  budget: ImpactBudget,
): Promise<Outside | 'not examined' | undefined> {
  const relation = scope.snapshot.prepared.model.types.get(set.object.type)?.relations.get(set.relation);
  const [node] = await scope.snapshot.resolve([set.object]);
  if (relation === undefined || node === undefined) return undefined;
  const members = await findHolders(scope.snapshot, relation, [{ object: set.object, node }], budget);
  if (members.isCut || members.isUndecided) return 'not examined';
  const decided = await decide(scope, insiders, members.subjects, budget);
  if (decided === undefined || decided.some(([, { kind }]) => kind === 'undecided')) return 'not examined';
  const count = decided.filter(([, { kind }]) => kind === 'denied').length;
  return count === 0 ? undefined : { count, of: decided.length };
}

function findingOf(
  { snapshot }: FindingScope,
  { object, relation }: Insiders,
  { relationship, role }: Grant,
  { count, of }: Outside,
): AccessFinding {
  const inside = `${formatObjectRef(object)}#${relation}`;
  const { subject } = relationship;
  const who =
    subject.kind === 'set'
      ? `${count} of ${of} in ${quote(formatSubjectRef(subject))}`
      : quote(formatSubjectRef(subject));
  return makeFinding({
    kind: 'outsider',
    key: [inside, keyOf(relationship)],
    weight: permissionsGivenBy(snapshot.prepared.model, role),
    subject,
    object: relationship.object,
    relationships: [relationship],
    count,
    of,
    text: `${who} ${count === 1 ? 'is' : 'are'} not in ${quote(inside)}, and ${count === 1 ? 'has' : 'have'} a role by ${quote(formatRelationship(relationship))}.`,
    change: deletionOf([relationship]),
  });
}
