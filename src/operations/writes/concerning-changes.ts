import { zip } from '../../base/zip.ts';
import type { Check } from '../../engine/check/check.ts';
import { checkTogetherInSnapshot, watchingNone } from '../../engine/check/check-together.ts';
import type { Asked } from '../../engine/findings/find-gain.ts';
import { takenAlong } from '../../engine/findings/find-reach.ts';
import type { TwoStates } from '../../engine/impact/compare-each.ts';
import type { Source } from '../../engine/lists/find-sources.ts';
import type { Model, Relation } from '../../model/model.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import { emptyContext, type Relationship } from '../../model/relationship.ts';
import { isSameSubject } from '../../model/subject-ref.ts';
import type { WrittenChange } from '../../store/trial/states-around.ts';
import type { Keeping } from './keeping.ts';
import { checkKey } from './self-grant.ts';

/** Who is asked about, and what they are kept from. */
interface Concerned {
  readonly asked: readonly Asked[];
  readonly keeping: Keeping;
}

/**
 * Where changes may make a difference to those who are asked about: the relations that name them, and those that a set, or what is held at
 * the other end of a link, would have them in, before or after. Nobody is concerned who is in neither.
 */
export async function findConcerning(
  states: TwoStates,
  changes: readonly WrittenChange[],
  { asked, keeping }: Concerned,
): Promise<readonly Source[]> {
  const nodes = await states.after.resolve(changes.map(({ relationship }) => relationship.object));
  const parts = zip(changes, nodes).flatMap(([{ relationship }, node]) =>
    node === undefined ? [] : partsOf(keeping.model, relationship, asked).map((part) => ({ ...part, node })),
  );
  const checksOf = (part: Part) => part.ends.flatMap((end) => asked.map((one) => ({ ...one, ...end })));
  const held = await heldIn(states, parts.flatMap(checksOf));
  return parts
    .filter((part) => part.ends.length === 0 || checksOf(part).some((check) => held.has(checkKey(check))))
    .map(({ node, relation }) => ({ node, relation }));
}

/** A relation that a relationship is written for, or that is taken along it. */
interface Part {
  readonly relation: Relation;
  /** Where one has to hold something to be concerned; nowhere for who is named. */
  readonly ends: readonly Pick<Check, 'relation' | 'object' | 'context'>[];
}

function partsOf(model: Model, { object, relation, subject }: Relationship, asked: readonly Asked[]): readonly Part[] {
  const written = model.types.get(object.type)?.relations.get(relation);
  if (written === undefined) return [];
  const endAt = (on: ObjectRef, held: string) => ({ object: on, relation: held, context: emptyContext });
  if (subject.kind === 'wildcard') return [{ relation: written, ends: [] }];
  if (subject.kind === 'set') return [{ relation: written, ends: [endAt(subject.object, subject.relation)] }];
  const isNamed = asked.some((one) => isSameSubject(one.subject, subject));
  const along = takenAlong(model, written).flatMap((to): readonly Part[] => {
    const arcs = model.graph.into(to).filter((arc) => arc.kind === 'from' && arc.through === written);
    const ends = arcs.flatMap(({ from }) =>
      from.type === subject.object.type ? [endAt(subject.object, from.name)] : [],
    );
    return ends.length === 0 ? [] : [{ relation: to, ends }];
  });
  return isNamed ? [{ relation: written, ends: [] }, ...along] : along;
}

/** Which of the checks are not denied before or after, by their keys: what is undecided may be so. */
async function heldIn({ before, after }: TwoStates, checks: readonly Check[]): Promise<ReadonlySet<string>> {
  const each = [...new Map(checks.map((check) => [checkKey(check), check])).values()];
  if (each.length === 0) return new Set();
  const held = new Set<string>();
  for (const state of [before, after]) {
    const { decisions } = await checkTogetherInSnapshot(state, { checks: each, contextual: [] }, watchingNone);
    for (const [check, { kind }] of zip(each, decisions)) if (kind !== 'denied') held.add(checkKey(check));
  }
  return held;
}
