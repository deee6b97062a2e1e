import { quote } from '../../base/text-problem.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { isNamedAsSet } from '../../model/roles.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { type AccessFinding, deletionOf, type FoundFindings, keyOf, makeFinding } from './access-finding.ts';
import type { FindingScope, Grant } from './finding-scope.ts';
import { permissionsGivenBy } from './giving-roles.ts';

/** Peers that a group must have for one of them to stand out, and the share of them up to which a grant does: one in five. */
const leastPeers = 5;
const oneIn = 5;

/**
 * What few of a group have by a grant of their own. A group is a relation that subject sets are made of, and its peers are those who are
 * written for it themselves. It is a count, and says nothing of whether it is right.
 */
export function findPeerOutliers({ snapshot, grants }: FindingScope): FoundFindings {
  const { model } = snapshot.prepared;
  const plain = grants.filter(({ relationship }) => relationship.subject.kind === 'object');
  const ofSubject = Map.groupBy(plain, ({ relationship }) => formatSubjectRef(relationship.subject));
  const groups = Map.groupBy(
    plain.filter(({ role }) => isNamedAsSet(model, role)),
    sourceOf,
  );
  const findings = [...groups].flatMap(([group, peers]) => {
    if (peers.length < leastPeers) return [];
    const held = peers.flatMap(({ relationship }) => ofSubject.get(formatSubjectRef(relationship.subject)) ?? []);
    return [...Map.groupBy(held, sourceOf)].flatMap(([source, own]) => {
      if (source === group || own.length * oneIn > peers.length) return [];
      return own.map((grant) =>
        outlierOf(snapshot.prepared.model, grant, { group, peers: peers.length, have: own.length }),
      );
    });
  });
  return { findings, notExamined: [] };
}

interface Share {
  readonly group: string;
  readonly peers: number;
  readonly have: number;
}

function outlierOf(
  model: FindingScope['snapshot']['prepared']['model'],
  { relationship, role }: Grant,
  { group, peers, have }: Share,
): AccessFinding {
  const { subject, object } = relationship;
  const what = `${quote(role.name)} of ${quote(formatObjectRef(object))}`;
  return makeFinding({
    kind: 'peerOutlier',
    key: [group, keyOf(relationship)],
    weight: permissionsGivenBy(model, role),
    subject,
    object,
    relationships: [relationship],
    count: have,
    of: peers,
    text: `${have} of ${peers} in ${quote(group)} ${have === 1 ? 'has' : 'have'} ${what} by a grant of their own: ${quote(formatRelationship(relationship))}.`,
    change: deletionOf([relationship]),
  });
}

function sourceOf({ relationship: { object, relation } }: Grant): string {
  return `${formatObjectRef(object)}#${relation}`;
}
