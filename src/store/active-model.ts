import type { PreparedModel } from '../engine/prepared-model.ts';

/** The model that decides. */
export interface ActiveModel {
  readonly id: number;
  readonly prepared: PreparedModel;
}
