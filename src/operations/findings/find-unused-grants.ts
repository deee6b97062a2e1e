import { countOf } from '../../base/count-of.ts';
import { quote } from '../../base/text-problem.ts';
import { zip } from '../../base/zip.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { findTakingRelations } from '../../model/taking-relations.ts';
import { type AccessFinding, deletionOf, type FoundFindings, keyOf, makeFinding } from './access-finding.ts';
import { isKept } from './find-redundant-grants.ts';
import type { FindingScope, Grant } from './finding-scope.ts';
import { permissionsGivenBy } from './giving-roles.ts';
import { isOlder, type UseWindow } from './use-window.ts';

/**
 * Grants that no enforced check has rested on for some days: without any one of them, each check that somebody enforced would have been
 * allowed all the same. That is said only of days in which everything that was enforced is counted.
 */
export async function findUnusedGrants(scope: FindingScope, window: UseWindow): Promise<FoundFindings> {
  if (window.kind === 'uncovered')
    return { findings: [], notExamined: [`Which grants are unused is not known: ${window.why}.`] };
  const taking = findTakingRelations(scope.snapshot.prepared.model);
  const old = scope.grants.filter((grant) => isOlder(window, grant.relationship) && !isKept(scope, grant));
  // Without what takes something away from what takes away, others would not have been allowed.
  const examined = old.filter(({ role }) => !taking.has(role));
  const used = await window.log.readUsedGrants(examined.map(({ edge }) => edge), window.days); // biome-ignore format: one
  const findings = zip(examined, used).flatMap(([grant, isUsed]) => (isUsed ? [] : [findingOf(scope, grant, window.days)])); // biome-ignore format: one
  const left = old.length - examined.length;
  return { findings, notExamined: left === 0 ? [] : [notKnown(left)] };
}

function notKnown(count: number): string {
  return `Whether ${countOf(count, 'grant')} ${count === 1 ? 'is' : 'are'} unused is not known: something is taken away by ${count === 1 ? 'it' : 'them'}.`;
}

function findingOf({ snapshot }: FindingScope, { relationship, role }: Grant, days: number): AccessFinding {
  return makeFinding({
    kind: 'unusedGrant',
    key: [keyOf(relationship)],
    weight: permissionsGivenBy(snapshot.prepared.model, role),
    subject: relationship.subject,
    object: relationship.object,
    relationships: [relationship],
    text: `In ${countOf(days, 'day')}, no enforced check has rested on ${quote(formatRelationship(relationship))}.`,
    change: deletionOf([relationship]),
  });
}
