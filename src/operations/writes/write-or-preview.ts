import type { Result } from '../../base/result.ts';
import type { Actor } from '../actor.ts';
import type { Postern } from '../postern.ts';
import type { Refusal } from '../refusal.ts';
import { previewWrite } from './preview-write.ts';
import type { PreviewableOutput, PreviewableRequest, RelationshipWork } from './previewable-write.ts';
import { runWrite } from './run-write.ts';

/** Does a write, or says what it would come to: what is tried is the very write, with everything that may refuse it. */
export function writeOrPreview<Outcome>(
  postern: Postern,
  actor: Actor,
  request: PreviewableRequest,
  write: RelationshipWork<Outcome>,
): Promise<Result<PreviewableOutput<Outcome>, Refusal>> {
  if (request.dryRun === true) return previewWrite(postern, actor, request, write);
  return runWrite(postern, actor, request, write);
}
