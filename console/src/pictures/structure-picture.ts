import type { Tie } from '../ask/structure.ts';
import type { Arrow, Box, Picture } from './picture-of.ts';

const mostInColumn = 6;

/** An object between what it belongs to, on the left, and what belongs to it, on the right. */
export function structurePicture(object: string, above: readonly Tie[], below: readonly Tie[]): Picture {
  const others = (ties: readonly Tie[]) => ties.filter((one) => one.object !== object);
  const [left, right] = [others(above).slice(0, mostInColumn), others(below).slice(0, mostInColumn)];
  const known = new Set(left.map((one) => one.object));
  const onlyRight = right.filter((one) => !known.has(one.object));
  const middle = left.length > 0 ? 1 : 0;
  const boxIn =
    (column: number) =>
    (one: Tie, row: number): Box => ({ name: one.object, kind: 'object', column, row });
  const boxes = [
    ...left.map(boxIn(0)),
    boxIn(middle)({ object, relations: [] }, 0),
    ...onlyRight.map(boxIn(middle + 1)),
  ];
  const arrows = [
    ...left.map(({ object: from, relations }): Arrow => ({ from, to: object, relations, kind: 'counts' })),
    ...onlyRight.map(({ object: to, relations }): Arrow => ({ from: object, to, relations, kind: 'counts' })),
  ];
  return {
    boxes,
    arrows,
    columns: Math.max(...boxes.map(({ column }) => column)) + 1,
    rows: Math.max(...boxes.map(({ row }) => row)) + 1,
    leftOut: above.length + below.length - left.length - onlyRight.length,
  };
}
