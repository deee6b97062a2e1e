import type { SubjectRef } from '../model/subject-ref.ts';

/** What the resolvers of `AuthorizationModel` read. */
export interface ModelParent {
  readonly id: number;
  readonly dsl: string;
  readonly active: boolean;
  readonly createdAt: Date | string;
  readonly createdBy: SubjectRef | undefined;
}

/** The number of a model, or undefined for an id that no model can have. */
export function parseModelId(id: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(id) ? Number(id) : undefined;
}
