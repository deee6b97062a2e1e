import { invariant } from '../../base/invariant.ts';
import { zip } from '../../base/zip.ts';
import type { Decision } from '../../model/decision.ts';
import type { Relation } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import { emptyContext } from '../../model/relationship.ts';
import type { Check } from '../check/check.ts';
import { checkTogetherInSnapshot, watchingNone } from '../check/check-together.ts';
import type { TwoStates } from '../impact/compare-each.ts';
import type { Source } from '../lists/find-sources.ts';
import { computedFrom, ReachedSources, readBeyond, type Towards } from './find-reach.ts';

/** Somebody who is asked about, with what a token says of them. */
export type Asked = Pick<Check, 'subject' | 'facts'>;

export interface GainQuestion {
  /** What is written otherwise: relations of objects, and what is taken along links that are. */
  readonly starts: readonly Source[];
  readonly asked: readonly Asked[];
  /** The relations that decide over what must not be gained, with those themselves. */
  readonly towards: Towards;
  readonly isKept: (relation: Relation, object: ObjectRef) => boolean;
}

export type Gain =
  | { readonly kind: 'none' }
  | { readonly kind: 'gained'; readonly relation: Relation; readonly object: ObjectRef }
  /** Of something that must not be gained, nobody knows whether it was. */
  | { readonly kind: 'undecided'; readonly problem: Problem }
  | { readonly kind: 'too far' };

/** Most steps from what is written to what must not be gained. */
const maxLevels = 100;

/**
 * Whether somebody holds something after a write that they must not come to hold by it, and did not before.
 *
 * From what was written otherwise it goes to what is computed from that, and on only where one of those who are asked about holds another
 * thing than before: what is decided as before changes nothing that is computed from it.
 */
export async function findGain(states: TwoStates, question: GainQuestion, limit: number): Promise<Gain> {
  const { towards } = question;
  const reached = new ReachedSources();
  let open: Gain = { kind: 'none' };
  let level = question.starts.filter(({ relation }) => towards(relation)).flatMap((source) => reached.add(source));
  for (let depth = 0; level.length > 0; depth += 1) {
    if (reached.size > limit || depth > maxLevels) return { kind: 'too far' };
    const changed = (await compareLevel(states, level, question.asked)).filter(mayDiffer);
    for (const one of changed) {
      const gain = gainOf(one, question);
      if (gain.kind === 'gained') return gain;
      if (open.kind === 'none') open = gain;
    }
    const sources = changed.map(({ source }) => source);
    const beyond = await readBeyond([states.after], sources, limit, towards);
    if (beyond === undefined) return { kind: 'too far' };
    level = [...besideOf(states, sources, towards), ...beyond].flatMap((source) => reached.add(source));
  }
  return open;
}

function besideOf({ after }: TwoStates, sources: readonly Source[], towards: Towards): readonly Source[] {
  const { model } = after.prepared;
  return sources.flatMap(({ node, relation }) =>
    computedFrom(model, relation)
      .filter(towards)
      .map((to) => ({ node, relation: to })),
  );
}

interface Compared {
  readonly source: Source;
  readonly object: ObjectRef;
  /** Of each of those who are asked about: before and after. */
  readonly decisions: readonly (readonly [Decision, Decision])[];
}

async function compareLevel(
  states: TwoStates,
  level: readonly Source[],
  asked: readonly Asked[],
): Promise<readonly Compared[]> {
  const names = await states.after.readNames([...new Set(level.map(({ node }) => node))]);
  const named = level.map((source) => {
    const object = names.get(source.node);
    invariant(object !== undefined, 'what relationships name has a name');
    return { source, object };
  });
  const checks = named.flatMap(({ source: { relation }, object }) =>
    asked.map((one): Check => ({ ...one, relation: relation.name, object, context: emptyContext })),
  );
  const request = { checks, contextual: [] };
  const before = await checkTogetherInSnapshot(states.before, request, watchingNone);
  const after = await checkTogetherInSnapshot(states.after, request, watchingNone);
  const decisions = zip(before.decisions, after.decisions);
  return named.map((one, index) => {
    return { ...one, decisions: decisions.slice(index * asked.length, (index + 1) * asked.length) };
  });
}

/** What is undecided twice may be so for two reasons. */
function mayDiffer({ decisions }: Compared): boolean {
  return decisions.some(([before, after]) => before.kind !== after.kind || after.kind === 'undecided');
}

function gainOf({ source: { relation }, object, decisions }: Compared, { isKept }: GainQuestion): Gain {
  if (!isKept(relation, object)) return { kind: 'none' };
  let open: Gain = { kind: 'none' };
  for (const [before, after] of decisions) {
    if (before.kind === 'allowed' || after.kind === 'denied') continue;
    if (after.kind === 'undecided') open = { kind: 'undecided', problem: after.problem };
    else if (before.kind === 'undecided') open = { kind: 'undecided', problem: before.problem };
    else return { kind: 'gained', relation, object };
  }
  return open;
}
