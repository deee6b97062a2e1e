/** Closes a discriminated union: a new variant that nobody handles is a type error here. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled variant ${JSON.stringify(value)}.`);
}
