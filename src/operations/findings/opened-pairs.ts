import { canonicalJson } from '../../base/canonical-json.ts';
import { quote } from '../../base/text-problem.ts';
import { findPairHolders, type PairHolder, type PairHolders } from '../../engine/findings/find-pair-holders.ts';
import type { AskedPermissions, TwoStates } from '../../engine/impact/compare-each.ts';
import type { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import type { NamedNode } from '../../engine/ports.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { formatTypePermission, linkToxicPair, type RelationPair, type ToxicPair } from '../../model/toxic-pair.ts';

/** Somebody who comes to have both permissions of a pair. */
export interface OpenedPair extends PairHolder {
  readonly pair: ToxicPair;
}

export interface OpenedPairs {
  readonly count: number;
  /** The first of them, pair by pair in the order of their objects and names. */
  readonly examples: readonly OpenedPair[];
}

/** Most of them that are told of one by one. */
const maxPairExamples = 20;

export interface FoundPairs extends OpenedPairs {
  /** Why some pairs were not looked at, or not at everybody; in sentences. */
  readonly notExamined: readonly string[];
}

/** Who has both permissions of a pair after a write, and had not before. */
export async function findOpenedPairs(
  states: TwoStates,
  pairs: readonly ToxicPair[],
  asked: AskedPermissions,
  objects: readonly NamedNode[],
  budget: ImpactBudget,
): Promise<FoundPairs> {
  const opened: OpenedPair[] = [];
  const notExamined: string[] = [];
  for (const pair of pairs) {
    const linked = linkToxicPair(states.before.prepared.model, pair);
    if (!linked.ok) {
      notExamined.push(linked.problem.message);
      continue;
    }
    const all = objectsOf(linked.value, asked, objects);
    if (all.length === 0) continue;
    const before = await findPairHolders(states.before, linked.value, all, budget);
    const after = await findPairHolders(states.after, linked.value, all, budget);
    const known = new Set(before.holders.map((one) => keyOf(pair, one)));
    // Whoever was not asked before may have had both before.
    const news = before.isCut ? [] : after.holders.filter((one) => !known.has(keyOf(pair, one)));
    opened.push(...news.map((one) => ({ ...one, pair })));
    notExamined.push(...describeOpen(pair, { isCut: before.isCut || after.isCut, isUndecided: after.isUndecided }));
  }
  return { count: opened.length, examples: opened.slice(0, maxPairExamples), notExamined };
}

/** Why it is not known of everybody whether they have a pair. */
export function describeOpen(
  { first, second }: ToxicPair,
  { isCut, isUndecided }: Pick<PairHolders, 'isCut' | 'isUndecided'>,
): readonly string[] {
  const names = `${quote(formatTypePermission(first))} and ${quote(formatTypePermission(second))}`;
  return [
    ...(isCut ? [`Not everybody was asked about ${names}: there was too much to compare.`] : []),
    ...(isUndecided ? [`Of somebody, only the context of a request says whether they have ${names}.`] : []),
  ];
}

/** Those that the write can change it on; anywhere, all of them count. */
function objectsOf(
  { first, second, scope }: RelationPair,
  asked: AskedPermissions,
  objects: readonly NamedNode[],
): readonly NamedNode[] {
  const [one, other] = [asked.get(first) ?? [], asked.get(second) ?? []];
  if (one.length + other.length === 0) return [];
  if (scope === 'anywhere') return objects;
  return [...new Map([...one, ...other].map((object) => [object.node, object])).values()];
}

/** Who has a pair anywhere has it, wherever that is. */
function keyOf({ scope }: ToxicPair, { subject, first }: PairHolder): string {
  return canonicalJson([formatSubjectRef(subject), scope === 'object' ? formatObjectRef(first) : null]);
}
