import { quote } from '../../base/text-problem.ts';
import type { Model } from '../../model/model.ts';
import { formatRelationship } from '../../model/relationship.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import { deletionOf, type FoundFindings, keyOf, makeFinding } from './access-finding.ts';
import type { FindingScope, Grant } from './finding-scope.ts';
import { permissionsGivenBy } from './giving-roles.ts';

/** Grants that nothing ends: they do not expire, and no condition of theirs knows the clock. */
export function findWithoutEnd({ snapshot, grants }: FindingScope): FoundFindings {
  const { model } = snapshot.prepared;
  const findings = grants
    .filter((grant) => !hasEnd(model, grant))
    .map(({ relationship, role }) =>
      makeFinding({
        kind: 'withoutEnd',
        key: [keyOf(relationship)],
        weight: permissionsGivenBy(model, role),
        subject: relationship.subject,
        object: relationship.object,
        relationships: [relationship],
        text: `${quote(formatRelationship(relationship))} has no end.`,
        change: deletionOf([relationship]),
      }),
    );
  return { findings, notExamined: [] };
}

function hasEnd({ conditions }: Model, { relationship: { expiresAt, condition } }: Grant): boolean {
  if (expiresAt !== undefined) return true;
  return conditions.get(condition?.name ?? '')?.parameters.has(currentTimeParameter) === true;
}
