import type { Model } from '../../src/model/model.ts';
import { formatObjectRef, type ObjectRef } from '../../src/model/object-ref.ts';
import { emptyContext, isLiveAt, type Relationship } from '../../src/model/relationship.ts';
import { rolesOf } from '../../src/model/roles.ts';
import { formatSubjectRef, type SubjectRef } from '../../src/model/subject-ref.ts';
import { findSubtractingRelations } from '../../src/model/subtracting-relations.ts';
import { validateRelationship } from '../../src/model/validate-relationship.ts';
import { type Level, referenceCheck } from '../reference/reference-check.ts';
import { object, subject } from './parse.ts';
import { relationsOf } from './random-model.ts';

export const objects = ['group', 'folder', 'doc'].flatMap((type) =>
  ['1', '2', '3'].map((id) => object(`${type}:${id}`)),
);
export const named = ['user', 'bot', 'group', 'folder', 'doc'].flatMap((type) =>
  ['1', '2', '3'].map((id) => subject(`${type}:${id}`)),
);
export const strangers = ['user', 'bot', 'group', 'folder', 'doc'].map((type) => subject(`${type}:unwritten`));

/** The same model with a permission for every relation, and rights to give some of them. */
export function withPermissions(world: string): string {
  const rights: Readonly<Record<string, string>> = {
    group: 'define can_grant_m: n\n    define can_manage_access: m',
    folder: 'define can_grant_a: b\n    define can_manage_access: a',
    doc: 'define can_grant_a: c\n    define can_grant_b: a\n    define can_manage_access: b',
  };
  return Object.entries(relationsOf).reduce((text, [type, names]) => {
    const lines = names.map((name) => `    define can_${name}: ${name}\n`).join('');
    return text.replace(`type ${type}\n  relations\n`, `type ${type}\n  relations\n${lines}    ${rights[type]}\n`);
  }, world);
}

export type Outcome = 'allowed' | 'denied' | 'undecided';
const outcomes: readonly Outcome[] = ['denied', 'undecided', 'allowed'];

/** One state, asked one question at a time by the reference. Undefined where even that leaves it open. */
export class Naive {
  readonly #model: Model;
  readonly #stored: readonly Relationship[];
  readonly #known = new Map<string, Outcome | undefined>();
  readonly #now = new Date();

  constructor(of: Model, stored: readonly Relationship[]) {
    this.#model = of;
    this.#stored = stored;
  }

  decide(by: SubjectRef, permission: string, on: ObjectRef): Outcome | undefined {
    const key = JSON.stringify([formatSubjectRef(by), permission, formatObjectRef(on)]);
    if (!this.#known.has(key)) this.#known.set(key, this.#ask(by, permission, on));
    return this.#known.get(key);
  }

  #ask(by: SubjectRef, relation: string, on: ObjectRef): Outcome | undefined {
    const world = { model: this.#model, stored: this.#stored, contextual: [], now: this.#now };
    const { least, most } = referenceCheck(world, { subject: by, relation, object: on, context: emptyContext });
    return least === most ? outcomes[least satisfies Level] : undefined;
  }
}

export const permissionsOn = (of: Model, { type }: ObjectRef) =>
  [...(of.types.get(type)?.relations.values() ?? [])].filter(({ name }) => name.startsWith('can_'));

/** Relationships that give a role on these objects, and count now. */
export function grantsOn(
  of: Model,
  scope: readonly ObjectRef[],
  stored: readonly Relationship[],
): readonly Relationship[] {
  const subtracting = findSubtractingRelations(of);
  const names = new Set(scope.map(formatObjectRef));
  return stored.filter((one) => {
    const type = of.types.get(one.object.type);
    const role = type && rolesOf(of, type).find(({ name }) => name === one.relation);
    const counts =
      names.has(formatObjectRef(one.object)) && isLiveAt(one, new Date()) && validateRelationship(of, one).ok;
    return counts && role !== undefined && !subtracting.has(role);
  });
}
