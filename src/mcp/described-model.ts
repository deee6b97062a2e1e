import type { PreparedModel } from '../engine/prepared-model.ts';
import type { Spot } from '../model/find-place.ts';
import { formatRelation } from '../model/format-relation.ts';
import type { Relation, TypeDefinition } from '../model/model.ts';
import { type RelationKind, relationKindOf } from '../model/relation-kind.ts';
import { rolesOf } from '../model/roles.ts';
import { untrustedText } from './untrusted-text.ts';

/** A type of the active model, as agents are told of it. */
export interface DescribedType {
  readonly name: string;
  readonly relations: readonly DescribedRelation[];
  /** The comment that stands above it. */
  readonly untrustedDescription?: string;
}

export interface DescribedRelation {
  readonly name: string;
  readonly kind: RelationKind;
  /** As the model has it, in its language. */
  readonly definition: string;
  readonly untrustedDescription?: string;
}

type DescribedModel = Pick<PreparedModel, 'model' | 'descriptions'>;

export function describeType(prepared: DescribedModel, type: TypeDefinition): DescribedType {
  const roles = new Set(rolesOf(prepared.model, type));
  return {
    name: type.name,
    relations: [...type.relations.values()].map((relation) => {
      return describeRelation(prepared, type, relation, roles.has(relation));
    }),
    ...commentOf(prepared, { kind: 'type', type: type.name }),
  };
}

function describeRelation(
  prepared: DescribedModel,
  type: TypeDefinition,
  relation: Relation,
  isRole: boolean,
): DescribedRelation {
  return {
    name: relation.name,
    kind: relationKindOf(relation, isRole),
    definition: formatRelation(relation),
    ...commentOf(prepared, { kind: 'relation', type: type.name, relation: relation.name }),
  };
}

/** The comment above a definition. */
export function commentOf({ descriptions }: Pick<DescribedModel, 'descriptions'>, spot: Spot) {
  const { description } = descriptions.of(spot);
  return description === undefined ? {} : { untrustedDescription: untrustedText(description) };
}
