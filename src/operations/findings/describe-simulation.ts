import { countOf } from '../../base/count-of.ts';
import { quote } from '../../base/text-problem.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef } from '../../model/subject-ref.ts';
import { formatTypePermission } from '../../model/toxic-pair.ts';
import { describeAll } from '../writes/describe-preview.ts';
import type { ChangeEffect } from './change-effect.ts';
import type { OpenedEscalation } from './escalations.ts';
import type { OpenedPair } from './opened-pairs.ts';

/** What a change means, in sentences, one a line. */
export function describeSimulation(effect: ChangeEffect): string {
  const { changed, escalations, toxicPairs, problems, notExamined } = effect;
  const more = toxicPairs.count - toxicPairs.examples.length;
  const rest = escalations.count - escalations.examples.length;
  return [
    `The change makes ${countOf(changed, 'difference')} among relationships.`,
    ...describeAll(effect),
    ...escalations.examples.map(describeEscalation),
    ...(rest > 0 ? [`${countOf(rest, 'more right')} to give something would be gained.`] : []),
    ...toxicPairs.examples.map(describePair),
    ...(more > 0 ? [`${countOf(more, 'more pair')} of such permissions would come together.`] : []),
    ...problems.map(({ message }) => message),
    ...notExamined,
  ].join('\n');
}

function describeEscalation({ subject, object, permission, relations }: OpenedEscalation): string {
  const roles = relations.map(quote).join(', ');
  return `${quote(formatSubjectRef(subject))} would be able to give ${roles} on ${quote(formatObjectRef(object))}, by ${quote(permission)}.`;
}

function describePair({ subject, first, second, pair }: OpenedPair): string {
  const one = `${quote(formatTypePermission(pair.first))} on ${quote(formatObjectRef(first))}`;
  const other = `${quote(formatTypePermission(pair.second))} on ${quote(formatObjectRef(second))}`;
  return `${quote(formatSubjectRef(subject))} would have both ${one} and ${other}.`;
}
