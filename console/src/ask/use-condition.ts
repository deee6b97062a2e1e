import type { AccessConditionInput } from './__generated__/operations.ts';
import type { RoleCondition } from './object-roles.ts';
import { readValue } from './parameter-value.ts';
import { useDraft } from './use-draft.ts';

/** The condition that somebody fills in, of those with which a role can be given. */
export interface ConditionDraft {
  /** Null for none. */
  readonly choices: readonly (RoleCondition | null)[];
  readonly chosen: RoleCondition | null;
  readonly choose: (name: string) => void;
  /** What was typed, by parameters. */
  readonly texts: ReadonlyMap<string, string>;
  readonly type: (parameter: string, text: string) => void;
  /** Null for none, and undefined as long as its values cannot be read. */
  readonly condition: AccessConditionInput | null | undefined;
}

export function useCondition(choices: readonly (RoleCondition | null)[]): ConditionDraft {
  const [name, choose] = useDraft('condition');
  const [values, setValues] = useDraft('values', '{}');
  // What was filled in for another role or another kind of subjects counts no more.
  const usual = choices.includes(null) ? null : (choices[0] ?? null);
  const chosen = choices.find((one) => one?.name === name) ?? usual;
  const texts = new Map(Object.entries<string>(JSON.parse(values)));
  const type = (parameter: string, text: string) =>
    setValues(JSON.stringify(Object.fromEntries([...texts, [parameter, text]])));
  return { choices, chosen, choose, texts, type, condition: readCondition(chosen, texts) };
}

/** What is left empty is not written. */
function readCondition(
  condition: RoleCondition | null,
  texts: ReadonlyMap<string, string>,
): AccessConditionInput | null | undefined {
  if (condition === null) return null;
  const read = condition.parameters.map(({ name, type }) => [name, readValue(type, texts.get(name) ?? '')] as const);
  if (read.some(([, { kind }]) => kind === 'wrong')) return undefined;
  const given = read.flatMap(([name, one]) => (one.kind === 'value' ? [[name, one.value] as const] : []));
  return { name: condition.name, ...(given.length > 0 && { context: Object.fromEntries(given) }) };
}
