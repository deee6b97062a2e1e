import { countOf } from '../../base/count-of.ts';
import { quote } from '../../base/text-problem.ts';
import { zip } from '../../base/zip.ts';
import type { NodeId } from '../../engine/ports.ts';
import { limits } from '../../model/limits.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { type AccessFinding, deletionOf, type FoundFindings, makeFinding } from './access-finding.ts';
import type { FindingScope, Grant } from './finding-scope.ts';
import { isOlder, type UseWindow } from './use-window.ts';

/**
 * Subjects with grants of their own that were allowed nothing that somebody enforces for some days, anywhere; of days in which everything
 * that was enforced is counted. Whoever has had a grant here for less is not meant.
 */
export async function findDormantSubjects(scope: FindingScope, window: UseWindow): Promise<FoundFindings> {
  if (window.kind === 'uncovered')
    return { findings: [], notExamined: [`Who is dormant is not known: ${window.why}.`] };
  const ofSubject = new Map<NodeId, Grant[]>();
  for (const grant of scope.grants) {
    const { subject } = grant.edge;
    if (subject.kind !== 'object') continue;
    const known = ofSubject.get(subject.node) ?? [];
    ofSubject.set(subject.node, known);
    known.push(grant);
  }
  const old = [...ofSubject].filter(([, grants]) => grants.some(({ relationship }) => isOlder(window, relationship)));
  const used = await window.log.readUsedSubjects(old.map(([node]) => node), window.days); // biome-ignore format: one
  const findings = zip(old, used).flatMap(([[, grants], isUsed]) => (isUsed ? [] : findingOf(grants, window.days)));
  return { findings, notExamined: [] };
}

function findingOf(grants: readonly Grant[], days: number): readonly AccessFinding[] {
  const relationships = grants.map(({ relationship }) => relationship);
  const [first] = relationships;
  if (first === undefined) return [];
  const { subject } = first;
  const name = formatSubjectRef(subject);
  return [
    makeFinding({
      kind: 'dormantSubject',
      key: [name],
      weight: grants.length,
      subject,
      relationships,
      count: grants.length,
      text: `In ${countOf(days, 'day')}, ${quote(name)} was allowed nothing that is enforced; it has ${countOf(grants.length, 'grant')} here.`,
      // More than fits into one change is for whoever off-boards.
      ...(grants.length <= limits.simulatedChanges.most && { change: deletionOf(relationships) }),
    }),
  ];
}
