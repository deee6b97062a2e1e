import type { SubjectRef } from '../model/subject-ref.ts';

/** A published model as it was written. */
export interface StoredModel {
  readonly id: number;
  readonly dsl: string;
  readonly active: boolean;
  readonly createdAt: Date;
  readonly createdBy: SubjectRef | undefined;
}
