import { countOf } from '../../base/count-of.ts';
import type { ModelComparison } from '../../engine/impact/compare-models.ts';
import type { ComparedPermission } from '../../engine/impact/compare-permission.ts';
import type { Difference } from '../../engine/impact/differences.ts';
import type { IgnoredRelationships } from '../../engine/impact/find-ignored-relationships.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';

/** The impact of a model in sentences, line by line, with examples below each. */
export function describeImpact(comparison: ModelComparison): readonly string[] {
  const { permissions, ignored, notCompared, isComplete } = comparison;
  const lines = [...permissions.flatMap(describePermission), ...ignored.flatMap(describeIgnored)];
  const nothing = isComplete ? ['Nobody loses or gains a permission.'] : [];
  const open = notCompared.map(({ type, permission }) => `${type}#${permission}`).join(', ');
  return [
    ...(lines.length === 0 ? nothing : lines),
    ...(open === '' ? [] : [`Not everything was compared; these permissions are not, or only in part: ${open}.`]),
  ];
}

function describePermission(compared: ComparedPermission): readonly string[] {
  const { type, permission, lost, gained, becameUndecided, wasUndecided, isComplete } = compared;
  const least = isComplete ? '' : 'at least ';
  const describe = (found: Difference, sentence: (who: string, isOne: boolean, on: string) => string) => {
    if (found.objects === 0) return [];
    const { who, isOne } = subjectsOf(found, least);
    const text = sentence(who, isOne, `${permission} on ${least}${countOf(found.objects, type)}`);
    const examples = found.examples.map(
      (one) => `  ${formatSubjectRef(one.subject)} on ${formatObjectRef(one.object)}`,
    );
    return [text.charAt(0).toUpperCase() + text.slice(1), ...examples];
  };
  return [
    ...describe(lost, (who, isOne, on) => `${who} ${isOne ? 'loses' : 'lose'} ${on}.`),
    ...describe(gained, (who, isOne, on) => `${who} ${isOne ? 'gains' : 'gain'} ${on}.`),
    ...describe(becameUndecided, (who, _, on) => `for ${who}, ${on} becomes undecided without a context.`),
    ...describe(
      wasUndecided,
      (who, _, on) => `for ${who}, ${on} is undecided without a context: it may change or not.`,
    ),
  ];
}

function subjectsOf({ subjects, everybodyOf }: Difference, least: string) {
  const other = subjects === 0 ? '' : 'else ';
  const named = subjects === 0 ? [] : [`${least}${countOf(subjects, 'subject')}`];
  const everybody = everybodyOf.map((type) => `everybody ${other}of type ${type}`);
  return { who: [...named, ...everybody].join(' and '), isOne: subjects + everybody.length === 1 };
}

function describeIgnored({ type, relation, count, examples, isComplete }: IgnoredRelationships): readonly string[] {
  const least = isComplete ? '' : 'At least ';
  const verb = count === 1 ? 'is' : 'are';
  const head = `${least}${countOf(count, 'relationship')} of ${type}#${relation} ${verb} ignored while the model is active, and back after a roll-back.`;
  return [
    head,
    ...examples.map(({ object, subject }) => `  ${formatObjectRef(object)}#${relation}@${formatSubjectRef(subject)}`),
  ];
}
