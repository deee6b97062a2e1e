import type { AccessConditionInput, BreakGlassQuery } from './__generated__/operations.ts';
import { BreakGlassDocument, GlassConditionsDocument } from './__generated__/operations.ts';
import { ask } from './ask.ts';
import type { ObjectRole, RoleCondition } from './object-roles.ts';
import { usePages } from './use-pages.ts';

/** Conditions whose names begin so are for emergencies, to the server as well: what is read by them leaves an event in the audit log. */
export const breakGlass = 'break_glass';

export type Glass = BreakGlassQuery['accessRelationships']['edges'][number]['node'];

/**
 * Who may go through in an emergency; to be refused would be an event in the audit log. Without a right to the model only the condition
 * that is named just so is known.
 */
export function useGlasses(mayRead: boolean, mayReadModel: boolean) {
  const list = usePages({
    question: ['break-glass', mayReadModel],
    isEnabled: mayRead,
    read: async (after) => readGlasses(mayReadModel ? await glassConditions() : [breakGlass], after),
  });
  return { ...list, glasses: list.pages.flatMap(({ glasses }) => glasses) };
}

async function glassConditions(): Promise<readonly string[]> {
  const { authorizationModel } = await ask(GlassConditionsDocument, {});
  return (authorizationModel?.conditions ?? []).map(({ name }) => name).filter((name) => name.startsWith(breakGlass));
}

/** One condition after the other, until one has more than a page. */
async function readGlasses(conditions: readonly string[], after: string | undefined) {
  const at = after === undefined ? -1 : after.indexOf(' ');
  let cursor = after?.slice(at + 1);
  const glasses: Glass[] = [];
  const from = after === undefined ? 0 : Math.max(0, conditions.indexOf(after.slice(0, at)));
  for (const condition of conditions.slice(from)) {
    const { edges, pageInfo } = (await ask(BreakGlassDocument, { condition, after: cursor })).accessRelationships;
    glasses.push(...edges.map(({ node }) => node));
    if (pageInfo.hasNextPage) {
      const more = { hasNextPage: true, endCursor: `${condition} ${pageInfo.endCursor}` };
      return { glasses, pageInfo: more, isCutShort: false };
    }
    cursor = undefined;
  }
  return { glasses, pageInfo: { hasNextPage: false, endCursor: null }, isCutShort: false };
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
  const ends = parameters.filter((one) => isEnd(one.name));
  const isFit = ends.length === 1 && parameters.length <= 2 && parameters.every(({ type }) => type === 'timestamp');
  if (!isFit) return undefined;
  return { name, context: Object.fromEntries(parameters.map((one) => [one.name, ends.includes(one) ? to : from])) };
}

/** When it ends: by itself, or by the one value of its condition that is called an end. Other times say something else. */
export function endOfGlass({ expiresAt, condition }: Pick<Glass, 'expiresAt' | 'condition'>): string | undefined {
  const [end, ...others] = Object.entries(condition?.context ?? {}).filter(([name]) => isEnd(name));
  const written = others.length === 0 ? end?.[1] : undefined;
  const times = [expiresAt, written].filter((one): one is string => typeof one === 'string' && isInstant(one));
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0];
}

function isEnd(name: string): boolean {
  return /^(?:expire|end|until)/.test(name);
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));
}
