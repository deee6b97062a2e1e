import { formatSubjectRef, type SubjectRef } from '../model/subject-ref.ts';
import {
  type AccessFinding,
  type FindingKind,
  findingKinds,
  usualKinds,
} from '../operations/findings/access-finding.ts';
import type { FindingsQuestion } from '../operations/findings/findings-question.ts';
import { recordOf } from '../operations/relationship-record.ts';
import type { AccessFindingKind } from './__generated__/resolver-types.ts';
import { relationshipParentOf } from './access-relationship.ts';
import { badInput } from './errors.ts';

const names: Readonly<Record<FindingKind, AccessFindingKind>> = {
  toxicPair: 'TOXIC_PAIR',
  escalation: 'ESCALATION',
  outsider: 'OUTSIDER',
  dormantSubject: 'DORMANT_SUBJECT',
  unusedGrant: 'UNUSED_GRANT',
  roleSet: 'ROLE_SET',
  redundantGrant: 'REDUNDANT_GRANT',
  peerOutlier: 'PEER_OUTLIER',
  withoutEnd: 'WITHOUT_END',
  blastRadius: 'BLAST_RADIUS',
};

/** What to look for: everything usual where nobody says. */
export function findingKindsOf(kinds: readonly AccessFindingKind[] | null | undefined): readonly FindingKind[] {
  return kinds ? findingKinds.filter((kind) => kinds.includes(names[kind])) : usualKinds;
}

/** Who is inside has to be a set. */
export function insidersOf(subject: SubjectRef | null | undefined): FindingsQuestion['insiders'] {
  if (subject === null || subject === undefined) return undefined;
  if (subject.kind === 'set') return { object: subject.object, relation: subject.relation };
  throw badInput(
    `"${formatSubjectRef(subject)}" is no subject set: "insiders" is one like "organization:acme#member".`,
  );
}

/** What the fields of `AccessFinding` are. */
export function accessFindingOf({ kind, relationships, change, subject, object, count, of, ...rest }: AccessFinding) {
  const { writes, deletes } = change;
  const isKnown = writes.length + deletes.length > 0;
  return {
    ...rest,
    subject: subject ?? null,
    object: object ?? null,
    count: count ?? null,
    of: of ?? null,
    kind: names[kind],
    relationships: relationships.map(relationshipParentOf),
    change: isKnown ? { writes: writes.map(recordOf), deletes: deletes.map(recordOf) } : null,
  };
}
