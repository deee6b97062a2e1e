import type { Guard } from './guard.ts';

/**
 * Arguments of which nobody else has what guards look at. An object that came in a variable is one and the same in all fields that
 * use it, so another field's resolver could change it between the question and the answer.
 */
export function ownArguments<Args>(args: Args, paths: readonly (readonly string[])[]): Args {
  return paths.length === 0 ? args : paths.reduce((own, path) => copyAlong(own, path, 0), args);
}

/** Where guards look in the arguments of their field. */
export function argumentsOf(guards: readonly Guard[]): readonly (readonly string[])[] {
  return guards.flatMap(({ argument }) => (argument === undefined ? [] : [argument]));
}

function copyAlong<Value>(value: Value, path: readonly string[], depth: number): Value;
function copyAlong(value: unknown, path: readonly string[], depth: number): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => copyAlong(item, path, depth));
  const name = path[depth];
  if (name === undefined || typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  const copy = Object.assign(Object.create(Object.getPrototypeOf(value)), value);
  copy[name] = copyAlong(copy[name], path, depth + 1);
  return copy;
}
