import type { Step, StepNode } from '../ask/explanation.ts';
import { objectOf } from '../ask/object-of.ts';

/** A decision as boxes and arrows: from the subject on the left to the object of the question on the right. */
export interface Picture {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly columns: number;
  readonly rows: number;
  /** Boxes that were too many to draw; the list beside has them all. */
  readonly leftOut: number;
}

export interface Box {
  /** An object, a wildcard, or what the asker may not see. */
  readonly name: string;
  readonly kind: 'object' | 'hidden';
  readonly column: number;
  readonly row: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** What the left one is of the right one; nothing where it is one of everybody. */
  readonly relations: readonly string[];
  readonly kind: ArrowKind;
}

/** It counts; it takes away; it does not count as its condition says no; nobody can say; it would be enough. */
export type ArrowKind = 'counts' | 'takesAway' | 'unmet' | 'undecided' | 'missing' | 'hidden';

export interface PictureQuestion {
  readonly subject: string;
  readonly object: string;
}

const mostBoxes = 12;

/** What the steps of an explanation look like; for a denial, with the roles that would be enough. */
export function pictureOf(
  { subject, object }: PictureQuestion,
  tree: readonly StepNode[],
  roles: readonly { readonly object: string; readonly role: string }[],
): Picture {
  const who = objectOf(subject);
  const found = tree.flatMap((node) => linksBelow(node, { takesAway: false, about: object }));
  const missing = roles.map((role): Link => ({ from: who, to: role.object, relation: role.role, kind: 'missing' }));
  const arrows = arrowsOf([...found, ...everybodyOf(who, found), ...missing]);
  const names = [...new Set([who, ...arrows.flatMap(({ from, to }) => [from, to]), object])];
  const distances = distancesTo(object, names, arrows);
  const near = names.toSorted((left, right) => (distances.get(left) ?? 0) - (distances.get(right) ?? 0));
  const kept = new Set([...near.slice(0, mostBoxes), who]);
  const shown = arrows.filter(({ from, to }) => kept.has(from) && kept.has(to));
  const boxes = place({ object, who }, [...kept], distances);
  return {
    boxes,
    arrows: shown,
    columns: Math.max(...boxes.map(({ column }) => column)) + 1,
    rows: Math.max(...boxes.map(({ row }) => row)) + 1,
    leftOut: names.length - kept.size,
  };
}

/** One relation between two boxes. */
interface Link {
  readonly from: string;
  readonly to: string;
  readonly relation: string;
  readonly kind: ArrowKind;
}

/** One arrow for all that leads from one box to another in the same way. */
function arrowsOf(links: readonly Link[]): readonly Arrow[] {
  const groups = Map.groupBy(links, ({ from, to, kind }) => JSON.stringify([from, to, kind]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const relations = [...new Set(group.map(({ relation }) => relation))].filter((relation) => relation !== '');
    return [{ from: first.from, to: first.to, kind: first.kind, relations }];
  });
}

/** What everybody of its kind has, the subject has as one of them. */
function everybodyOf(who: string, links: readonly Link[]): readonly Link[] {
  const everybody = `${who.slice(0, who.indexOf(':'))}:*`;
  const ofThem = links.find(({ from }) => from === everybody);
  return ofThem === undefined || who === everybody
    ? []
    : [{ from: who, to: everybody, relation: '', kind: ofThem.kind }];
}

interface Above {
  readonly takesAway: boolean;
  /** The object that the step above is about. */
  readonly about: string;
}

function linksBelow({ step, below }: StepNode, above: Above): readonly Link[] {
  const own = linkOf(step, above);
  const next = { takesAway: above.takesAway || step.kind === 'EXCLUDED', about: step.object ?? above.about };
  return [...(own === undefined ? [] : [own]), ...below.flatMap((node) => linksBelow(node, next))];
}

function linkOf(step: Step, { takesAway, about }: Above): Link | undefined {
  if (step.kind === 'HIDDEN') return { from: hiddenName, to: about, relation: '', kind: 'hidden' };
  const { subject, object, relation } = step;
  if (subject === null || object === null || relation === null) return undefined;
  return { from: objectOf(subject), to: object, relation, kind: kindOfStep(step.kind, takesAway) };
}

export const hiddenName = '(hidden)';

function kindOfStep(kind: Step['kind'], takesAway: boolean): ArrowKind {
  if (kind === 'UNMET_CONDITION') return 'unmet';
  if (kind === 'UNDECIDED') return 'undecided';
  return takesAway ? 'takesAway' : 'counts';
}

/**
 * How many arrows it is to the object. What leads to something else is drawn as if that stood just before the object: how it goes on
 * from there, the explanation does not say.
 */
function distancesTo(object: string, names: readonly string[], arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const distances = new Map([[object, 0]]);
  const ends = names.filter((name) => name !== object && !arrows.some(({ from }) => from === name));
  for (let distance = 1, reached = [object]; reached.length > 0; distance++) {
    const next = arrows.filter(({ from, to }) => reached.includes(to) && !distances.has(from)).map(({ from }) => from);
    if (distance === 1) next.push(...ends);
    for (const name of next) distances.set(name, distance);
    reached = [...new Set(next)];
  }
  return distances;
}

interface Ends {
  readonly object: string;
  readonly who: string;
}

/** A column for each distance; the subject stands left of everything. */
function place(
  { object, who }: Ends,
  names: readonly string[],
  distances: ReadonlyMap<string, number>,
): readonly Box[] {
  const others = names.filter((name) => name !== who && name !== object);
  const last = who === object ? 0 : Math.max(0, ...others.map((name) => distances.get(name) ?? 1)) + 1;
  const filled = new Map<number, number>();
  return names.map((name): Box => {
    const column = name === who && who !== object ? 0 : last - (distances.get(name) ?? 1);
    const row = filled.get(column) ?? 0;
    filled.set(column, row + 1);
    return { name, kind: name === hiddenName ? 'hidden' : 'object', column, row };
  });
}
