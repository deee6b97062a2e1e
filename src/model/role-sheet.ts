import type { Leaf, Model, Relation } from './model.ts';
import { isPermissionName, type RelationName, type TypeName } from './names.ts';
import { foldRewrite } from './rewrite.ts';

/** What a role alone gives to whoever holds it, and nothing else: in the order of the model. */
export interface RoleSheet {
  /** Permissions on the very object that it is held on. */
  readonly here: readonly RelationName[];
  /** Permissions on objects that lead to that one, directly or through others. */
  readonly below: readonly PermissionsBelow[];
  /** False where it gives more than is counted. */
  readonly isComplete: boolean;
}

export interface PermissionsBelow {
  readonly type: TypeName;
  readonly permissions: readonly RelationName[];
}

/** Most relations that are followed from one role. */
const maxPlaces = 5000;

/**
 * The permissions of a role, without regard to conditions: as long as they hold.
 *
 * It is asked for each relation whether it would be held if there were nothing but the role, and one relationship from each object
 * below to the one above it. So what needs another role besides is not given; nor is what the role itself may take away again.
 */
export function roleSheetOf(model: Model, role: Relation): RoleSheet {
  const possible = follow(model, role, () => false);
  // Nobody knows what it takes away again.
  if (!possible.isComplete) return { here: [], below: [], isComplete: false };
  const given = follow(model, role, (leaf, link) => isHeld(possible.held, leaf, link));
  const all = [...given.held]
    .filter(([{ name }]) => isPermissionName(name))
    .toSorted(([a], [b]) => a.number - b.number);
  const below = all.flatMap(([permission, links]) =>
    [...links].some((link) => link !== undefined) ? [permission] : [],
  );
  return {
    here: all.flatMap(([{ name }, links]) => (links.has(undefined) ? [name] : [])),
    below: [...Map.groupBy(below, ({ type }) => type)].map(([type, permissions]) => {
      return { type, permissions: permissions.map(({ name }) => name) };
    }),
    isComplete: given.isComplete,
  };
}

/** The relation that leads from an object to the one above it; undefined on the role's own object. */
type Link = Relation | undefined;

/** Where which relations are held. */
type Held = ReadonlyMap<Relation, ReadonlySet<Link>>;

/** What stands behind a "but not": whether it may be held there. */
type IsTaken = (leaf: Leaf, link: Link) => boolean;

function follow(model: Model, role: Relation, isTaken: IsTaken): { readonly held: Held; readonly isComplete: boolean } {
  const held = new Map<Relation, Set<Link>>([[role, new Set([undefined])]]);
  const open: (readonly [Relation, Link])[] = [[role, undefined]];
  for (const [relation, link] of open) {
    if (open.length > maxPlaces) return { held, isComplete: false };
    for (const arc of model.graph.outOf(relation)) {
      // What a set is written for is another object's to say.
      if (arc.kind === 'set') continue;
      const next = arc.kind === 'from' ? arc.through : link;
      const known = held.get(arc.to) ?? new Set<Link>();
      if (known.has(next) || !isGiven(held, arc.to, next, isTaken)) continue;
      held.set(arc.to, known.add(next));
      open.push([arc.to, next]);
    }
  }
  return { held, isComplete: true };
}

/** Whether a relation follows from what is held so far. */
function isGiven(held: Held, { rewrite }: Relation, link: Link, isTaken: IsTaken): boolean {
  return foldRewrite<Leaf, Part>(rewrite, {
    leaf: (leaf) => ({ given: isHeld(held, leaf, link), taken: isTaken(leaf, link) }),
    union: (operands) => ({
      given: operands.some(({ given }) => given),
      taken: operands.some(({ taken }) => taken),
    }),
    intersection: (operands) => ({
      given: operands.every(({ given }) => given),
      taken: operands.every(({ taken }) => taken),
    }),
    exclusion: (base, subtracted) => ({ given: base.given && !subtracted.taken, taken: base.taken }),
  }).given;
}

/** A part of a definition: whether it is given, and whether it would take away if it stood behind a "but not". */
interface Part {
  readonly given: boolean;
  readonly taken: boolean;
}

function isHeld(held: Held, leaf: Leaf, link: Link): boolean {
  switch (leaf.kind) {
    case 'direct':
      // Written for the role alone, which is held as such already.
      return false;
    case 'computed':
      return held.get(leaf.relation)?.has(link) === true;
    case 'from':
      return link === leaf.through && [...leaf.parents.values()].some((parent) => held.has(parent));
  }
}
