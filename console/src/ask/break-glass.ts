import type { AccessConditionInput, BreakGlassQuery } from './__generated__/operations.ts';
import { BreakGlassDocument } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import type { ObjectRole, RoleCondition } from './object-roles.ts';
import { usePages } from './use-pages.ts';

/** What counts only by break-glass: what is read by it leaves an event in the audit log. */
export const breakGlass = 'break_glass';

export type Glass = BreakGlassQuery['accessRelationships']['edges'][number]['node'];

/** Who may go through in an emergency; to be refused would be an event in the audit log. */
export function useGlasses(mayRead: boolean) {
  const list = usePages({
    question: ['break-glass'],
    isEnabled: mayRead,
    read: async (after) => {
      const page = (await ask(BreakGlassDocument, { condition: breakGlass, after })).accessRelationships;
      return { ...page, isCutShort: false };
    },
  });
  return { ...list, glasses: list.pages.flatMap(({ edges }) => edges.map(({ node }) => node)) };
}

/** The condition of a role that is for emergencies, by which the server knows them as well. */
export function glassConditionOf({ subjects }: ObjectRole): RoleCondition | undefined {
  const found = subjects.find(({ condition }) => condition?.startsWith(breakGlass));
  return found?.condition == null ? undefined : { name: found.condition, parameters: found.parameters };
}

/** From when until when somebody may go through. */
export interface Opening {
  readonly from: string;
  readonly to: string;
}

/** A clock that is a little ahead of the server's opens no later for that. */
const aheadMs = 60_000;

export function openingOf(hours: number, nowMs: number): Opening {
  const fromMs = nowMs - aheadMs;
  return { from: new Date(fromMs).toISOString(), to: new Date(fromMs + hours * 60 * 60_000).toISOString() };
}

/**
 * The condition with the opening as its values: times of which one is called an end, and at most another one, the beginning. Undefined where it
 * wants something else.
 */
export function fillOpening(
  { name, parameters }: RoleCondition,
  { from, to }: Opening,
): AccessConditionInput | undefined {
  const ends = parameters.filter((one) => /^(?:expire|end|until)/.test(one.name));
  const isFit = ends.length === 1 && parameters.length <= 2 && parameters.every(({ type }) => type === 'timestamp');
  if (!isFit) return undefined;
  return { name, context: Object.fromEntries(parameters.map((one) => [one.name, ends.includes(one) ? to : from])) };
}

/** When it ends: by itself, or by the last time among the values of its condition. */
export function endOfGlass({ expiresAt, condition }: Glass): string | undefined {
  const values = Object.values(condition?.context ?? {});
  const times = [expiresAt, ...values].filter((one): one is string => typeof one === 'string' && isInstant(one));
  const written = times.toSorted((a, b) => Date.parse(b) - Date.parse(a));
  return expiresAt ?? written[0];
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));
}
