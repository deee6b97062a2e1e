import {
  maxPreconditions,
  maxRelationshipsPerWrite,
  writeRelationships as write,
} from '../../../operations/relationships/write-relationships.ts';
import type { MutationResolvers } from '../../__generated__/resolver-types.ts';
import { accessPreviewOf } from '../../access-preview.ts';
import { assertCount, checkedReason } from '../../checked-arguments.ts';
import { userErrorsOf } from '../../errors.ts';
import { idempotencyOf } from '../../idempotency.ts';
import { relationshipOf } from '../../relationship-input.ts';
import { viewerOf } from '../../request-context.ts';

export const writeRelationships: NonNullable<MutationResolvers['writeRelationships']> = async (
  _parent,
  { input },
  context,
) => {
  const writes = input.writes ?? [];
  const deletes = input.deletes ?? [];
  const preconditions = input.preconditions ?? [];
  assertCount(preconditions, maxPreconditions, 'preconditions');
  assertCount([...writes, ...deletes], maxRelationshipsPerWrite, 'relationships');
  const written = await write(context.postern, viewerOf(context), {
    writes: writes.map(relationshipOf),
    deletes: deletes.map(relationshipOf),
    onDuplicate: input.onDuplicate ?? 'ERROR',
    onMissing: input.onMissing ?? 'ERROR',
    preconditions: preconditions.map(({ exists, ...one }) => ({ exists, relationship: relationshipOf(one) })),
    dryRun: input.dryRun ?? false,
    reason: checkedReason(input.reason),
    idempotency: idempotencyOf('writeRelationships', input),
  });
  context.decisions.forget();
  if (!written.ok) {
    return {
      written: null,
      deleted: null,
      preview: null,
      consistencyToken: null,
      userErrors: userErrorsOf(written.problem),
    };
  }
  const { outcome, token, preview } = written.value;
  return { ...outcome, preview: accessPreviewOf(preview), consistencyToken: token, userErrors: [] };
};
