/**
 * Counts what the platform does by itself, in one call of ours: items that it goes through, such as those of `includes` or of
 * a spread, and characters, such as those that a pattern is held against. No count of pieces of code sees them.
 */
export interface NativeWork {
  readonly items: number;
  readonly characters: number;
}

type Method = (this: unknown, ...given: unknown[]) => unknown;

interface Call {
  /** How long what the method belongs to was; of a pattern, where it was to begin. */
  readonly before: number;
  readonly self: unknown;
  readonly given: readonly unknown[];
  readonly result: unknown;
}

/** How much one call has gone through. */
type Size = (call: Call) => number;

let items = 0;
let characters = 0;
const addItems = (count: number) => {
  items += count;
};
const addCharacters = (count: number) => {
  characters += count;
};

const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array ? value.length : 0;
const startOf = (pattern: RegExp): number => (pattern.global || pattern.sticky ? pattern.lastIndex : 0);

const ofSelf: Size = ({ before }) => before;
const ofFirst: Size = ({ given }) => lengthOf(given[0]);
const ofResult: Size = ({ result }) => lengthOf(result);
const ofBoth: Size = ({ before, given }) => before + lengthOf(given[0]);
const untilFound: Size = ({ before, given, result }) => {
  const [, from] = given;
  const start = typeof from === 'number' && from > 0 ? Math.min(from, before) : 0;
  return typeof result === 'number' && result >= 0 ? result + 1 - start : before - start;
};
const one: Size = () => 1;
const ofSets: Size = ({ self, given }) => (self as Set<unknown>).size + (given[0] as Set<unknown>).size;
const untilMatch: Size = ({ before, self, given, result }) => {
  const match = result as RegExpExecArray | null;
  if (match !== null) return match.index + (match[0]?.length ?? 0) - before;
  // Such a pattern is tried in one place only.
  return (self as RegExp).sticky ? 1 : lengthOf(given[0]) - before;
};

const iteratorOf = (iterable: Iterable<unknown>): object =>
  Object.getPrototypeOf(iterable[Symbol.iterator]()) as object;

const named = (names: readonly string[], size: Size) => names.map((name) => [name, size] as const);

const itemCalls: readonly (readonly [owner: object, calls: readonly (readonly [string, Size])[]])[] = [
  [
    Array.prototype,
    [
      ...named(['indexOf'], untilFound),
      ...named(['includes', 'lastIndexOf', 'shift', 'unshift', 'splice', 'reverse', 'fill', 'sort', 'join'], ofSelf),
      ...named(['toSorted', 'toReversed', 'toSpliced', 'with', 'slice', 'concat', 'flat', 'filter', 'map'], ofResult),
    ],
  ],
  [Set.prototype, named(['union', 'difference', 'intersection', 'isSubsetOf', 'isDisjointFrom'], ofSets)],
  [Object, named(['keys', 'values', 'entries'], ofResult)],
  [Object, named(['fromEntries'], ofFirst)],
  [iteratorOf([]), named(['next'], one)],
  [iteratorOf(new Map()), named(['next'], one)],
  [iteratorOf(new Set()), named(['next'], one)],
];

const characterCalls: typeof itemCalls = [
  [
    String.prototype,
    [
      ...named(['indexOf'], untilFound),
      ...named(['includes', 'lastIndexOf', 'split', 'replace', 'replaceAll', 'toLowerCase', 'toUpperCase'], ofSelf),
      ...named(['normalize', 'isWellFormed', 'localeCompare'], ofSelf),
      ...named(['repeat', 'padEnd', 'padStart'], ofResult),
    ],
  ],
  [RegExp.prototype, named(['exec'], untilMatch)],
  [JSON, [...named(['parse'], ofFirst), ...named(['stringify'], ofResult)]],
  // Not `concat`: how often the driver of the database joins what arrives is the network's to say.
  [Buffer, named(['from', 'byteLength', 'compare'], ofFirst)],
  [Buffer.prototype, [...named(['compare', 'equals'], ofBoth), ...named(['indexOf'], untilFound)]],
];

/** Counts while `run` is under way, in everything that this thread does. */
export async function countNative(run: () => Promise<unknown>): Promise<NativeWork> {
  [items, characters] = [0, 0];
  const restore = [...watchAll(itemCalls, addItems), ...watchAll(characterCalls, addCharacters)];
  try {
    await run();
  } finally {
    for (let index = 0; index < restore.length; index += 1) restore[index]?.();
  }
  return { items, characters };
}

function watchAll(all: typeof itemCalls, add: (count: number) => void): readonly (() => void)[] {
  return all.flatMap(([owner, calls]) => calls.map(([name, size]) => watch(owner, name, size, add)));
}

/** Loops here would be counted by themselves. */
function watch(owner: object, name: string, size: Size, add: (count: number) => void): () => void {
  const original = Object.getOwnPropertyDescriptor(owner, name);
  const method = original?.value as Method | undefined;
  if (original === undefined || method === undefined) throw new Error(`There is no "${name}".`);
  const value: Method = function (...given) {
    const before = this instanceof RegExp ? startOf(this) : lengthOf(this);
    const result = Reflect.apply(method, this, given);
    add(size({ before, self: this, given, result }));
    return result;
  };
  Object.defineProperty(owner, name, { ...original, value });
  return () => Object.defineProperty(owner, name, original);
}
