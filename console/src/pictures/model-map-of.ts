import type { Flow } from './model-flows.ts';

/** Types as boxes in columns: rights flow from left to right, wherever they do not go round. */
export interface MapPicture {
  readonly boxes: readonly TypeBox[];
  readonly arrows: readonly Flow[];
  readonly columns: number;
  readonly rows: number;
}

export interface TypeBox {
  readonly type: string;
  readonly column: number;
  readonly row: number;
  /** Whether rights flow from one of its objects to another. */
  readonly isRound: boolean;
}

export function modelMapOf(flows: readonly Flow[]): MapPicture {
  const arrows = flows.filter(({ from, to }) => from !== to);
  const round = new Set(flows.filter(({ from, to }) => from === to).map(({ from }) => from));
  const types = [...new Set(flows.flatMap(({ from, to }) => [from, to]))];
  const columns = columnsOf(types, arrows);
  const byColumn = [...Map.groupBy(types, (type) => columns.get(type) ?? 0)].toSorted(([a], [b]) => a - b);
  const rows = new Map<string, number>();
  for (const [, inColumn] of byColumn) {
    for (const [row, type] of byRowsBefore(inColumn, arrows, rows).entries()) rows.set(type, row);
  }
  const boxes = types.map((type): TypeBox => {
    return { type, column: columns.get(type) ?? 0, row: rows.get(type) ?? 0, isRound: round.has(type) };
  });
  return {
    boxes,
    arrows,
    columns: Math.max(-1, ...boxes.map(({ column }) => column)) + 1,
    rows: Math.max(-1, ...boxes.map(({ row }) => row)) + 1,
  };
}

/** A type stands right of all that its rights come from; a way that leads back to where it began counts for nothing. */
function columnsOf(types: readonly string[], arrows: readonly Flow[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const columnOf = (type: string, path: ReadonlySet<string>): number => {
    const known = columns.get(type);
    if (known !== undefined) return known;
    const here = new Set([...path, type]);
    const before = arrows.filter(({ from, to }) => to === type && !here.has(from));
    const column = Math.max(-1, ...before.map(({ from }) => columnOf(from, here))) + 1;
    columns.set(type, column);
    return column;
  };
  for (const type of types) columnOf(type, new Set());
  return columns;
}

/** Beside what they come from, so that few arrows cross. */
function byRowsBefore(
  types: readonly string[],
  arrows: readonly Flow[],
  rows: ReadonlyMap<string, number>,
): readonly string[] {
  const middle = (type: string) => {
    const known = arrows.flatMap(({ from, to }) => (to === type ? (rows.get(from) ?? []) : []));
    return known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length;
  };
  return types.toSorted((left, right) => middle(left) - middle(right));
}
