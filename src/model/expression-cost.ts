import type { Expr, Expr_Comprehension as Loop } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';

/** How large the values are that an expression will see. */
export interface ValueSizes {
  /** Of each parameter. */
  readonly of: ReadonlyMap<string, number>;
  /** Of the largest value, however deep it lies in the others. */
  readonly largest: number;
  /** Of the largest value inside of another one. */
  readonly largestInside: number;
}

/** Characters of text that are looked at in the time of one element of a list. */
const charactersPerStep = 16;

/** The sizes of the parameters of an expression, and of what is in them. */
export function sizesOf(bindings: Readonly<Record<string, unknown>>): ValueSizes {
  const of = new Map(Object.entries(bindings).map(([name, value]) => [name, sizeOfValue(value)]));
  const largestInside = Object.values(bindings).reduce<number>((most, value) => Math.max(most, largestIn(value)), 1);
  return { of, largestInside, largest: Math.max(largestInside, ...of.values()) };
}

function largestIn(value: unknown): number {
  let most = 1;
  for (const part of partsOf(value)) most = Math.max(most, sizeOfValue(part), largestIn(part));
  return most;
}

function partsOf(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return value.values();
  return [];
}

/** The elements of a list or a map; text by its length; everything else is one. */
export function sizeOfValue(value: unknown): number {
  if (typeof value === 'string') return Math.ceil(value.length / charactersPerStep);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return value.size;
  if (value instanceof Uint8Array) return Math.ceil(value.length / charactersPerStep);
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 1;
}

/**
 * The most steps that an expression can take over values of these sizes: a loop costs its body for each element, and a call
 * looks at all of its arguments once. What has no size of its own, such as the result of a call, counts as the largest value.
 */
export function expressionCost(expression: Expr | undefined, sizes: ValueSizes): number {
  const kind = expression?.exprKind;
  const sum = (parts: readonly (Expr | undefined)[]) =>
    parts.reduce((total, part) => total + expressionCost(part, sizes), 0);
  switch (kind?.case) {
    case 'selectExpr':
      return 1 + sum([kind.value.operand]);
    case 'callExpr': {
      const parts = [kind.value.target, ...kind.value.args].filter((part) => part !== undefined);
      const looked = kind.value.function === index ? [] : parts;
      return 1 + sum(parts) + looked.reduce((total, part) => total + sizeOfResult(part, sizes), 0);
    }
    case 'listExpr':
      return 1 + sum(kind.value.elements);
    case 'structExpr':
      return 1 + sum(kind.value.entries.map(({ value }) => value));
    case 'comprehensionExpr':
      return loopCost(kind.value, sizes);
    default:
      return 1;
  }
}

function loopCost(loop: Loop, sizes: ValueSizes): number {
  const { iterRange, iterVar, iterVar2, accuInit, accuVar, loopCondition, loopStep, result } = loop;
  const accumulated = accuInit?.exprKind.case === 'constExpr' ? 1 : sizes.largest;
  const names = [iterVar, iterVar2].map((name) => [name, sizes.largestInside] as const);
  const inside = { ...sizes, of: new Map([...sizes.of, ...names, [accuVar, accumulated]]) };
  const rounds = iterRange === undefined ? 0 : sizeOfResult(iterRange, sizes);
  const round = expressionCost(loopCondition, inside) + expressionCost(loopStep, inside);
  const around = expressionCost(iterRange, sizes) + expressionCost(accuInit, sizes) + expressionCost(result, inside);
  return around + rounds * round;
}

function sizeOfResult({ exprKind }: Expr, { of, largest, largestInside }: ValueSizes): number {
  switch (exprKind.case) {
    case 'constExpr':
      return sizeOfValue(exprKind.value.constantKind.value);
    case 'listExpr':
      return exprKind.value.elements.length;
    case 'structExpr':
      return exprKind.value.entries.length;
    case 'identExpr':
      return of.get(exprKind.value.name) ?? largest;
    case 'callExpr':
      if (exprKind.value.function === index) return largestInside;
      return small.has(exprKind.value.function) ? 1 : largest;
    default:
      return largest;
  }
}

/** Finds an element without looking at the others. */
const index = '_[_]';

/** Operators and functions whose results have no size; `_+_` also joins texts and lists. */
const small: ReadonlySet<string> = new Set([
  ...['_&&_', '_||_', '!_', '_==_', '_!=_', '_<_', '_<=_', '_>_', '_>=_', '@in', '_-_', '_*_', '_/_', '_%_'],
  ...[
    'matches',
    'contains',
    'startsWith',
    'endsWith',
    'in_cidr',
    'size',
    'timestamp',
    'duration',
    'int',
    'uint',
    'double',
  ],
]);
