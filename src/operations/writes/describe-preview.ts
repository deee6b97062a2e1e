import { countOf } from '../../base/count-of.ts';
import { quote } from '../../base/text-problem.ts';
import {
  type AccessDifferenceKind,
  type AccessDifferences,
  accessDifferenceKinds,
} from '../../engine/impact/access-differences.ts';
import { formatObjectRef, isSameObject, type ObjectRef } from '../../model/object-ref.ts';
import { formatSubjectRef, isSameSubject } from '../../model/subject-ref.ts';
import type { ConcernedSubject } from './concerned-subjects.ts';
import type { KeptWay } from './kept-ways.ts';

/** What is described. */
interface Preview extends AccessDifferences {
  readonly subjects: readonly ConcernedSubject[];
  readonly remainsThrough: readonly KeptWay[];
  readonly notShown: readonly ObjectRef[];
  readonly isComplete: boolean;
}

/** A preview in sentences, one a line. */
export function describePreview(preview: Preview): string {
  const { subjects, remainsThrough, notShown, isComplete } = preview;
  const lines = subjects.map((one) => describeSubject(one, remainsThrough));
  const hidden = notShown.map(
    (object) => `Who has access to ${quote(formatObjectRef(object))} is not yours to see, and nothing is said of it.`,
  );
  const cut =
    isComplete || notShown.length > 0 ? [] : ['Not everything was compared: there is more than is said here.'];
  return [...lines, ...describeAll(preview), ...hidden, ...cut].join('\n');
}

const verbs: Readonly<Record<AccessDifferenceKind, string>> = {
  gained: 'gains',
  lost: 'loses',
  becameUndecided: 'has only in some contexts',
};

function describeSubject(one: ConcernedSubject, ways: readonly KeptWay[]): string {
  const { subject, object, permissions, below } = one;
  const who = formatSubjectRef(subject);
  const on = formatObjectRef(object.object);
  const parts = accessDifferenceKinds.flatMap((kind) => {
    const here = permissions[kind].length;
    const there = below.filter((other) => other[kind] > 0).map((other) => countOf(other[kind], other.type));
    if (here === 0 && there.length === 0) return [];
    const places = [...(here === 0 ? [] : [on]), ...there.map((text) => (here === 0 ? `${text} below ${on}` : text))];
    const what = here === 0 ? 'permissions' : countOf(here, 'permission');
    return [`${verbs[kind]} ${what} on ${listOf(places)}`];
  });
  const change = parts.length === 0 ? `For ${who}, nothing changes on ${on}` : `${who} ${listOf(parts)}`;
  const own = ways.filter((way) => isSameSubject(way.subject, subject) && isSameObject(way.object, object.object));
  return [change, ...own.map(describeWay)].join('; ').concat('.');
}

function describeWay(way: KeptWay): string {
  const what = listOf(way.permissions);
  const through = placeOf(way);
  return way.isAfter ? `it keeps ${what} ${through}` : `it has ${what} already ${through}`;
}

/** What the way begins with, seen from the object. */
function placeOf({ relationships, subject, isWhole }: KeptWay): string {
  const [first] = relationships;
  if (first === undefined) return 'in a way that is not yours to see';
  const { relation, object, subject: by } = first.relationship;
  const rest = isWhole ? '' : ', and more that is not yours to see';
  if (by === formatSubjectRef(subject)) return `as ${relation} of ${object}${rest}`;
  return `through ${by}, ${relation} of ${object}${rest}`;
}

/** How much changes for everybody. */
export function describeAll({ gained, lost, becameUndecided }: AccessDifferences): readonly string[] {
  const parts = [
    `${gained.count} gained`,
    `${lost.count} lost`,
    ...(becameUndecided.count === 0 ? [] : [`${becameUndecided.count} become undecided without a context`]),
  ];
  return [`Of all subjects together, permissions on single objects: ${listOf(parts)}.`];
}

function listOf(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
