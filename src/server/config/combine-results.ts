import { failed, ok, type Result } from '../../base/result.ts';

/** One value of many, or the problems of all of them, in the order of the fields. */
export function combineResults<Values extends object>(
  results: {
    readonly [Name in keyof Values]: Result<Values[Name], readonly string[]>;
  },
): Result<Values, readonly string[]> {
  const values = new Map<string, unknown>();
  const problems: string[] = [];
  for (const [name, result] of Object.entries<Result<unknown, readonly string[]>>(results)) {
    if (result.ok) values.set(name, result.value);
    else problems.push(...result.problem);
  }
  return problems.length > 0 ? failed(problems) : ok(Object.fromEntries(values) as Values);
}
