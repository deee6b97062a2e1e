import type { Model, Relation } from '../model/model.ts';

/** What a relation is for. */
export type ModelRelationKind = 'PERMISSION' | 'ROLE' | 'STRUCTURE' | 'DECLARATION' | 'COMPUTED';

/** What the resolvers of `AuthorizationModelRelation` read. */
export interface ModelRelationParent {
  readonly model: Model;
  readonly relation: Relation;
  readonly name: string;
  readonly kind: ModelRelationKind;
  readonly definition: string;
  readonly module: string | null;
  readonly description: string | null;
  readonly isRole: boolean;
}
