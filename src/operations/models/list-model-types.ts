import { failed, ok, type Result } from '../../base/result.ts';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import { findType, type TypeDefinition } from '../../model/model.ts';
import { type Actor, formatAsker } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, namePlace } from '../cursors.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';

export interface ModelTypesQuestion extends PageRequest {
  /** Only this one. */
  readonly type: string | undefined;
}

/** A page of the types of the model that decides, in the order of their names. */
export interface ModelTypesPage {
  readonly prepared: PreparedModel;
  readonly types: readonly TypeDefinition[];
  readonly hasMore: boolean;
  readonly cursorOf: (type: TypeDefinition) => string;
}

/** The types of the model that decides, for an actor with `can_read_model`. */
export async function listModelTypes(
  postern: Postern,
  actor: Actor,
  { type, ...page }: ModelTypesQuestion,
): Promise<Result<ModelTypesPage, Refusal>> {
  const { store, platform } = postern;
  const request = { what: 'Describing the model', attempt: { action: 'readModel' as const, wanted: [] } };
  return readAs(postern, actor, request, async (audited) => {
    const cursors = await cursorsOf(postern, ['modelTypes', formatAsker(actor), type ?? null], namePlace);
    const start = cursors.read(page);
    if (!start.ok) return start;
    const { place, consistency } = start.value;
    const objects = objectsToAuthorize(actor, platform);
    return withFreshSnapshot<ModelTypesPage>(postern, store.reader, objects, { consistency }, async (snapshot) => {
      const authorized = await authorizeRead(snapshot, audited, 'can_read_model', platform);
      if (!authorized.ok) return authorized;
      const { prepared } = snapshot;
      const wanted = typesOf(prepared, type);
      if (!wanted.ok) return wanted;
      const rest = wanted.value.filter(({ name }) => place === undefined || name > place);
      const cursorOf = cursors.in(snapshot);
      const types = rest.slice(0, page.first);
      return ok({ prepared, types, hasMore: rest.length > types.length, cursorOf: ({ name }) => cursorOf(name) });
    });
  });
}

function typesOf({ model }: PreparedModel, name: string | undefined): Result<readonly TypeDefinition[], Refusal> {
  if (name === undefined)
    return ok([...model.types.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1)));
  const type = findType(model, name);
  return type.ok ? ok([type.value]) : failed({ kind: 'undecided', problem: type.problem });
}
