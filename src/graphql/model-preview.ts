import type { ComparedPermission } from '../engine/impact/compare-permission.ts';
import type { Difference } from '../engine/impact/differences.ts';
import { formatModelChange, type ModelChange, type ModelDiff } from '../model/diff-models.ts';
import { describeImpact } from '../operations/models/describe-impact.ts';
import type { ModelImpact } from '../operations/models/model-impact.ts';
import type { ModelPreview } from '../operations/models/preview-model-write.ts';
import type {
  AuthorizationImpactCount,
  AuthorizationModelChange,
  AuthorizationModelChangeKind,
  AuthorizationModelDiff,
  AuthorizationModelImpact,
  AuthorizationPermissionImpact,
} from './__generated__/resolver-types.ts';

/** What the payloads of both model mutations say about the difference between two models. */
export function previewOf({ diff, impact }: ModelPreview) {
  return { diff: diff === undefined ? null : diffOf(diff), impact: impact === undefined ? null : impactOf(impact) };
}

function diffOf(diff: ModelDiff): AuthorizationModelDiff {
  return { changes: diff.map(changeOf), text: diff.map(formatModelChange).join('\n') };
}

const changeKinds = { added: 'ADDED', removed: 'REMOVED', changed: 'CHANGED' } satisfies Record<
  ModelChange['change'],
  AuthorizationModelChangeKind
>;

function changeOf(change: ModelChange): AuthorizationModelChange {
  const ofRelation = change.what === 'relation' ? change : undefined;
  return {
    change: changeKinds[change.change],
    type: change.what === 'condition' ? null : change.type,
    relation: ofRelation?.relation ?? null,
    condition: change.what === 'condition' ? change.condition : null,
    before: (change.what === 'type' ? undefined : change.before) ?? null,
    after: (change.what === 'type' ? undefined : change.after) ?? null,
    addedSubjects: ofRelation?.addedSubjects ?? [],
    removedSubjects: ofRelation?.removedSubjects ?? [],
    text: formatModelChange(change),
  };
}

function impactOf(impact: ModelImpact): AuthorizationModelImpact {
  const { hasExamples } = impact;
  return {
    isComplete: impact.isComplete,
    permissions: impact.permissions.filter(hasDifference).map((one) => permissionOf(one, hasExamples)),
    ignoredRelationships: impact.ignored.map((one) => ({ ...one, examples: hasExamples ? one.examples : null })),
    notCompared: impact.notCompared,
    text: describeImpact(impact).join('\n'),
  };
}

function hasDifference({ lost, gained, becameUndecided, wasUndecided }: ComparedPermission): boolean {
  return [lost, gained, becameUndecided, wasUndecided].some(({ objects }) => objects > 0);
}

function permissionOf(compared: ComparedPermission, hasExamples: boolean): AuthorizationPermissionImpact {
  const { type, permission, isComplete } = compared;
  const countOf = (found: Difference): AuthorizationImpactCount => {
    return { ...found, examples: hasExamples ? found.examples : null };
  };
  return {
    type,
    permission,
    lost: countOf(compared.lost),
    gained: countOf(compared.gained),
    becameUndecided: countOf(compared.becameUndecided),
    wasUndecided: countOf(compared.wasUndecided),
    isComplete,
  };
}
