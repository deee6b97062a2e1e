import type { AuditEvent } from './audit-event.ts';

/** What an event says of models: which was active after it, and what it put there. */
export type ModelStep = Pick<AuditEvent, 'id' | 'action' | 'outcome' | 'model' | 'after'>;

/** A model as an audit event names it: by its number, and by what it says. */
export interface ModelRecord {
  readonly model: number;
  /** SHA-256 over the text that is compiled. */
  readonly digest: string;
}

/** The models that there are, which of them decides, and what the part of the log says that was asked for. */
export interface ModelHistory {
  readonly active: number | null;
  readonly models: readonly ModelRecord[];
  readonly steps: readonly ModelStep[];
}

/** Operations that publish a model or make one decide. */
export const modelActions: readonly string[] = ['publishModel', 'publishAndActivateModel', 'activateModel'];
