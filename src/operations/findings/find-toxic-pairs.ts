import { quote } from '../../base/text-problem.ts';
import type { Check } from '../../engine/check/check.ts';
import { decideWithin } from '../../engine/findings/decide-within.ts';
import { findPairHolders, type PairHolder } from '../../engine/findings/find-pair-holders.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { formatObjectRef, isSameObject } from '../../model/object-ref.ts';
import { emptyContext } from '../../model/relationship.ts';
import { formatSubjectRef, isSameSubject } from '../../model/subject-ref.ts';
import { formatTypePermission, linkToxicPair, type RelationPair, type ToxicPair } from '../../model/toxic-pair.ts';
import { type AccessFinding, deletionOf, type FoundFindings, makeFinding } from './access-finding.ts';
import type { FindingScope, Grant } from './finding-scope.ts';
import { describeOpen } from './opened-pairs.ts';

/** Who has two permissions together that nobody should. */
export async function findToxicPairs(
  scope: FindingScope,
  pairs: readonly ToxicPair[],
  budget: ImpactBudget,
): Promise<FoundFindings> {
  const findings: AccessFinding[] = [];
  const notExamined: string[] = pairs.length > 0 ? [] : ['No permissions are named that nobody should have together.'];
  for (const pair of pairs) {
    const linked = linkToxicPair(scope.snapshot.prepared.model, pair);
    if (!linked.ok) {
      notExamined.push(linked.problem.message);
      continue;
    }
    const { holders, ...ends } = await findPairHolders(scope.snapshot, linked.value, scope.objects, budget);
    for (const holder of holders) findings.push(await findingOf(scope, linked.value, pair, holder, budget));
    notExamined.push(...describeOpen(pair, ends));
  }
  return { findings, notExamined };
}

async function findingOf(
  scope: FindingScope,
  linked: RelationPair,
  pair: ToxicPair,
  holder: PairHolder,
  budget: ImpactBudget,
): Promise<AccessFinding> {
  const { subject, first, second } = holder;
  const one = formatTypePermission(pair.first);
  const other = formatTypePermission(pair.second);
  const own = scope.grants.filter(({ relationship: given }) => isSameSubject(given.subject, subject));
  const ending = await findEnding(scope, linked, holder, own.slice(0, mostTried), budget);
  const where = isSameObject(first, second)
    ? `${quote(one)} and ${quote(other)} on ${quote(formatObjectRef(first))}`
    : `${quote(one)} on ${quote(formatObjectRef(first))} and ${quote(other)} on ${quote(formatObjectRef(second))}`;
  const at = pair.scope === 'object' ? formatObjectRef(first) : null;
  return makeFinding({
    kind: 'toxicPair',
    key: [one, other, pair.scope, formatSubjectRef(subject), at],
    weight: own.length,
    subject,
    object: first,
    relationships: own.slice(0, mostTried).map(({ relationship }) => relationship),
    text: `${quote(formatSubjectRef(subject))} has ${where}.`,
    ...(ending && { change: deletionOf([ending.relationship]) }),
  });
}

/** Grants to one subject that are tried. */
const mostTried = 20;

/** The first grant to the subject without which it would not have both there. */
async function findEnding(
  { snapshot }: FindingScope,
  { first, second, scope }: RelationPair,
  holder: PairHolder,
  own: readonly Grant[],
  budget: ImpactBudget,
): Promise<Grant | undefined> {
  // Anywhere, it may have either somewhere else as well.
  if (scope === 'anywhere') return undefined;
  const checks = own.flatMap(({ edge }) =>
    [first, second].map(({ name }): Check => {
      return { subject: holder.subject, object: holder.first, relation: name, context: emptyContext, without: edge };
    }),
  );
  const decided = (await decideWithin(snapshot, checks, budget)) ?? [];
  return own.find((_, index) => decided.slice(2 * index, 2 * index + 2).some(([, { kind }]) => kind === 'denied'));
}
