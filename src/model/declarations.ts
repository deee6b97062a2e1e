import { quote } from '../base/text-problem.ts';
import type { ModelFlaw } from './document-problems.ts';
import type { Leaf, Model, Relation, TypeDefinition } from './model.ts';
import type { RelationName } from './names.ts';
import { foldRewrite, isDirect, type RewriteFold } from './rewrite.ts';

/**
 * Relations that say something about a type instead of about its objects. They are ordinary OpenFGA, so that every tool
 * reads them; what they mean is kept by every write of a relationship:
 *
 * - `define must_keep: owner`, or `owner but not blocked`: an object that has a permanent holder keeps one
 * - `define no_self_grant: finance or auditor`: nobody gives these roles to themselves
 */
export const mustKeepRelation = 'must_keep';
export const noSelfGrantRelation = 'no_self_grant';

/** Most roles of a type that nobody gives to themselves: each is looked through anew with every write to such an object. */
export const maxProtectedRoles = 100;

/** The role that objects of a type must keep, and the relation that cuts its holders off. */
export interface KeptRole {
  readonly role: RelationName;
  readonly except: RelationName | undefined;
}

/** What the type says in `must_keep`; undefined when it says nothing. */
export function keptRoleOf(type: TypeDefinition): KeptRole | undefined {
  const relation = type.relations.get(mustKeepRelation);
  return relation && foldRewrite(relation.rewrite, keptRole);
}

const keptRole: RewriteFold<Leaf, KeptRole | undefined> = {
  leaf: (leaf) => (leaf.kind === 'computed' ? { role: leaf.relation.name, except: undefined } : undefined),
  union: () => undefined,
  intersection: () => undefined,
  exclusion: (base, subtracted) => {
    const isPlain = base !== undefined && base.except === undefined && subtracted?.except === undefined;
    return isPlain && subtracted !== undefined ? { role: base.role, except: subtracted.role } : undefined;
  },
};

/** What the type says in `no_self_grant`: roles that nobody gives to themselves. */
export function protectedRolesOf(type: TypeDefinition): readonly RelationName[] {
  const relation = type.relations.get(noSelfGrantRelation);
  return relation === undefined ? [] : foldRewrite(relation.rewrite, protectedRoles);
}

const protectedRoles: RewriteFold<Leaf, readonly RelationName[]> = {
  leaf: (leaf) => (leaf.kind === 'computed' ? [leaf.relation.name] : []),
  union: (operands) => operands.flat(),
  intersection: () => [],
  exclusion: () => [],
};

const isListOfRoles: RewriteFold<Leaf, boolean> = {
  leaf: ({ kind }) => kind === 'computed',
  union: (operands) => operands.every(Boolean),
  intersection: () => false,
  exclusion: () => false,
};

/** What is wrong with the declarations of a model whose relations are otherwise valid. */
export function declarationProblems(model: Model): readonly ModelFlaw[] {
  return [...model.types.values()].flatMap((type) => {
    const flaws = (relation: string, messages: readonly string[]) =>
      messages.map((message): ModelFlaw => ({ spot: { kind: 'relation', type: type.name, relation }, message }));
    return [
      ...(type.relations.has(mustKeepRelation) ? flaws(mustKeepRelation, mustKeepProblems(type)) : []),
      ...(type.relations.has(noSelfGrantRelation) ? flaws(noSelfGrantRelation, noSelfGrantProblems(type)) : []),
    ];
  });
}

/**
 * Whether an object has a permanent holder must follow from its own relationships alone: only then does every write that
 * could take the last one away name the object.
 */
function mustKeepProblems(type: TypeDefinition): readonly string[] {
  const kept = keptRoleOf(type);
  if (kept === undefined) return ['"must_keep" names one role, or one role "but not" one other relation of the type.'];
  const role = type.relations.get(kept.role);
  const except = kept.except === undefined ? undefined : type.relations.get(kept.except);
  const isHeldForGood = role?.restrictions.some(({ kind, condition }) => kind === 'object' && condition === undefined);
  if (role === undefined || !isHeldForGood || !isGivenByWriting(role)) {
    return [
      `The role ${quote(kept.role)} cannot be kept: it must be assigned directly, to a type without a condition.`,
    ];
  }
  if (except !== undefined && !isPlainList(except)) {
    const needed = 'it must be assigned directly and only so, to types without a condition.';
    return [`The relation ${quote(except.name)} cannot stand behind "but not" here: ${needed}`];
  }
  return [];
}

/** Through a subject set or a wildcard somebody could give such a role to themselves without being named. */
function noSelfGrantProblems(type: TypeDefinition): readonly string[] {
  const relation = type.relations.get(noSelfGrantRelation);
  if (relation !== undefined && !foldRewrite(relation.rewrite, isListOfRoles)) {
    return ['"no_self_grant" names roles of the type, joined by "or".'];
  }
  const roles = protectedRolesOf(type);
  if (roles.length > maxProtectedRoles) {
    return [`"no_self_grant" names more than ${maxProtectedRoles} roles; every write looks through all of them.`];
  }
  return roles.flatMap((name) => {
    const role = type.relations.get(name);
    if (role === undefined || role.restrictions.length === 0) {
      return [`${quote(name)} in "no_self_grant" is not a role: it is computed and cannot be assigned.`];
    }
    if (role.restrictions.every(({ kind }) => kind === 'object')) return [];
    return [
      `The role ${quote(name)} in "no_self_grant" may be assigned to plain subjects only, not to sets or wildcards.`,
    ];
  });
}

/** Whoever is written for it holds it: nothing that stands beside the written relationships takes it away. */
function isGivenByWriting({ rewrite }: Relation): boolean {
  return foldRewrite<Leaf, boolean>(rewrite, {
    leaf: ({ kind }) => kind === 'direct',
    union: (operands) => operands.some(Boolean),
    intersection: () => false,
    exclusion: () => false,
  });
}

function isPlainList({ rewrite, restrictions }: Relation): boolean {
  return isDirect(rewrite) && restrictions.every(({ kind, condition }) => kind !== 'set' && condition === undefined);
}
