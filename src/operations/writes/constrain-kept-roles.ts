import { quote } from '../../base/text-problem.ts';
import { keptRoleOf } from '../../model/declarations.ts';
import type { Model } from '../../model/model.ts';
import { formatObjectRef } from '../../model/object-ref.ts';
import type { Relationship } from '../../model/relationship.ts';
import type { WriteConstraint } from '../../store/write-constraint.ts';
import type { WriteState } from '../../store/write-transaction.ts';
import type { InputError, Refusal } from '../refusal.ts';
import type { FieldOf } from './field-of.ts';
import { findHeldObjects, type KeptObject } from './permanent-holders.ts';

/** Whether an object that had a permanent holder of the role that it must keep has one after the write. */
export function constrainKeptRoles(state: WriteState, fieldOf: FieldOf): WriteConstraint<Refusal> {
  const seen = new Set<string>();
  const held: KeptObject[] = [];
  return {
    see: async (_kind, relationships) => {
      const model = await state.loadPresentModel();
      const touched = new Map(
        relationships.flatMap((one) => keptObjectOf(model, one)).map((one) => [formatObjectRef(one.object), one]),
      );
      for (const object of seen) touched.delete(object);
      for (const object of touched.keys()) seen.add(object);
      held.push(...(await heldOf(state, [...touched.values()])));
    },
    findProblem: async () => {
      const left = new Set(await heldOf(state, held));
      const orphaned = held.filter((one) => !left.has(one));
      if (orphaned.length === 0) return undefined;
      return { kind: 'invalid', errors: orphaned.map((one) => lastHolderError(one, fieldOf(one.object, undefined))) };
    },
  };
}

/** Those of the objects that have a permanent holder in the present state of the state. */
async function heldOf(state: WriteState, objects: readonly KeptObject[]): Promise<readonly KeptObject[]> {
  if (objects.length === 0) return [];
  const snapshot = await state.openSnapshot(objects.map(({ object }) => object));
  const held = await findHeldObjects(snapshot, objects);
  return objects.filter(({ object }) => held.has(formatObjectRef(object)));
}

/** The object of a relationship, where to change it may leave the object without a permanent holder. */
export function keptObjectOf(model: Model, { object, relation }: Relationship): readonly KeptObject[] {
  const type = model.types.get(object.type);
  const kept = type && keptRoleOf(type);
  return kept !== undefined && [kept.role, kept.except].includes(relation) ? [{ object, role: kept.role }] : [];
}

export function lastHolderError({ object, role }: KeptObject, field: readonly string[]): InputError {
  const message = `${quote(formatObjectRef(object))} must keep a permanent holder of the role ${quote(role)}, and this takes the last one away.`;
  return { code: 'LAST_HOLDER', message, field };
}
