import { invariant } from './invariant.ts';

/** What belongs together by its place: an answer for each question. One that is missing is our bug, and nobody's denial. */
export function zip<Left, Right>(left: readonly Left[], right: readonly Right[]): readonly (readonly [Left, Right])[] {
  invariant(left.length === right.length, 'there is one for each');
  const rest = right.values();
  return left.map((one) => {
    const next = rest.next();
    invariant(!next.done, 'there is one for each');
    return [one, next.value] as const;
  });
}
