/** A value, or what is wrong, in one sentence that says what to write instead. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string };

export function ok<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function wrong(problem: string): Result<never> {
  return { ok: false, problem };
}
