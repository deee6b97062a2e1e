import type { Model, Relation } from '../model/model.ts';
import type { RelationKind } from '../model/relation-kind.ts';

/** What the resolvers of `AuthorizationModelRelation` read. */
export interface ModelRelationParent {
  readonly model: Model;
  readonly relation: Relation;
  readonly name: string;
  readonly kind: RelationKind;
  readonly definition: string;
  readonly module: string | null;
  readonly description: string | null;
  readonly isRole: boolean;
}
