import type { GraphQLResolveInfo } from 'graphql';
import { keepPromises } from './promises-at-hand.ts';

/** One call of a field, as its resolver gets it. */
export interface FieldCall {
  readonly source: unknown;
  readonly args: unknown;
  readonly context: unknown;
  readonly info: GraphQLResolveInfo;
  /** Where the source is in the answer, when it is an item of the field's list and not the object that has the field. */
  readonly at?: GraphQLResolveInfo['path'];
}

export type PromiseOr<Value> = Value | PromiseLike<Value>;

/** Finds what a guard is about: every value that the path leads to. A value that is missing is undefined, never left out. */
export type Pointer = (call: FieldCall) => PromiseOr<readonly unknown[]>;

/** A list of values that must not grow without end; what it throws becomes the error of the field. */
export interface Found {
  readonly values: unknown[];
  add(value: unknown): void;
}

export type OpenFound = () => Found;

/** At a property of an argument, which GraphQL has checked already; lists are followed, each item on its own. */
export function argsPointer(path: readonly string[], open: OpenFound): Pointer {
  return ({ args }) => {
    const found = open();
    follow(args, path, 0, found);
    return found.values;
  };
}

/** What a path leads to in each of several inputs; one in which it leads to nothing names no object. */
export function followIn(inputs: readonly unknown[], path: readonly string[], found: Found): readonly unknown[] {
  for (const input of inputs) {
    const before = found.values.length;
    follow(input, path, 0, found);
    if (found.values.length === before) found.add(undefined);
  }
  return found.values;
}

function follow(value: unknown, path: readonly string[], depth: number, found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value) follow(item, path, depth, found);
    return;
  }
  const name = path[depth];
  if (name === undefined) found.add(value);
  else if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) found.add(undefined);
  else follow(Reflect.get(value, name), path, depth + 1, found);
}

type Path = GraphQLResolveInfo['path'] | undefined;

/** One field on the way from an object at a place to what a guard is about: it answers as if it had no guard of its own. */
export interface Step {
  /** How many lists are around what the field is of. */
  readonly lists: number;
  resolve(source: unknown, call: FieldCall, at: Path): { readonly value: unknown; readonly at: Path };
}

/** At a field of the object that the guarded field belongs to. */
export function thisPointer(steps: readonly Step[], open: OpenFound): Pointer {
  return (call) => {
    const found = open();
    const start = { depth: 0, lists: 0, at: call.at ?? call.info.path.prev };
    const done = walk(call.source, { steps, call, found }, start);
    return isPromiseLike(done) ? done.then(() => found.values) : found.values;
  };
}

interface FollowedPointer {
  readonly steps: readonly Step[];
  readonly call: FieldCall;
  readonly found: Found;
}

/** Before which step a value is, and in how many lists what the step is asked of. */
interface Progress {
  readonly depth: number;
  readonly lists: number;
  readonly at: Path;
}

/** Waits only where a resolver does: most pointers are a property that is there. */
function walk(value: unknown, pointer: FollowedPointer, progress: Progress): PromiseOr<void> {
  if (isPromiseLike(value)) return value.then((settled) => walk(settled, pointer, progress));
  if (value instanceof Error) throw value;
  // What is no list by its type is none, and be it iterable: an object that knows its parts, a text that is an object.
  if (progress.lists > 0 && isList(value)) return walkAll(value, pointer, progress);
  const step = pointer.steps[progress.depth];
  if (step === undefined || value === null || value === undefined) {
    pointer.found.add(step === undefined ? plainOf(value) : undefined);
    return;
  }
  const { value: next, at } = step.resolve(value, pointer.call, progress.at);
  return walk(next, pointer, { depth: progress.depth + 1, lists: step.lists, at });
}

async function walkAll(
  items: Iterable<unknown>,
  pointer: FollowedPointer,
  { depth, lists, at }: Progress,
): Promise<void> {
  keepPromises(items);
  let index = 0;
  for (const item of items) {
    await walk(item, pointer, { depth, lists: lists - 1, at: { prev: at, key: index++, typename: undefined } });
  }
}

/** As GraphQL writes ids and texts: drivers of databases have objects for them, which say what they stand for. */
function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  // A representation that somebody else sent can have anything under these names, but no function.
  const own: unknown = typeof value.valueOf === 'function' ? value.valueOf() : value;
  if (typeof own !== 'object') return own;
  return 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : undefined;
}

/** What GraphQL takes for a list: every iterable object. */
export function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

export function isPromiseLike<Value>(value: PromiseOr<Value>): value is PromiseLike<Value> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
