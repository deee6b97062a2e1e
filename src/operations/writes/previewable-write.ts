import type { Result } from '../../base/result.ts';
import type { DecidingSnapshot } from '../../store/deciding-snapshot.ts';
import type { AuditedActor } from '../audited-actor.ts';
import type { Refusal } from '../refusal.ts';
import type { AccessPreview } from './access-preview.ts';
import type { OpenDeciding, RelationshipWrite, WriteOutput, WriteRequest } from './run-write.ts';

/** A write of relationships: everything that is asked before it and in it can be asked of a trial as well. */
export interface PreviewableRequest extends Omit<WriteRequest<DecidingSnapshot>, 'entitle' | 'prepare'> {
  readonly entitle: (open: OpenDeciding, audited: AuditedActor) => Promise<Result<DecidingSnapshot, Refusal>>;
  /** Tries it, says what it would mean for whom, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface PreviewableOutput<Outcome> extends WriteOutput<Outcome> {
  /** What it would mean; after a dry run only. */
  readonly preview?: AccessPreview;
}

/** What it does, once the actor turned out to have the right. */
export type RelationshipWork<Outcome> = (
  write: RelationshipWrite,
  snapshot: DecidingSnapshot,
) => Promise<Result<Outcome, Refusal>>;
