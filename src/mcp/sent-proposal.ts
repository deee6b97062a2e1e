import { z } from 'zod';
import { limits } from '../model/limits.ts';

/** The number of a proposal. */
export const sentProposalId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'It is not the number of a proposal, as in "12".')
  .transform(Number)
  .describe('The "id" that "propose_change" answered.');

/** Text that is kept, such as a reason. */
export const sentReason = z
  .string()
  .max(limits.reasonCharacters.most)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'It is not well-formed text.');

/** What makes a repeated call the same one. */
export const sentIdempotencyKey = z
  .string()
  .min(1)
  .max(limits.idempotencyKeyBytes.most)
  .optional()
  .describe(
    'The same call with the same key has one effect, and the same answer. Left out: each call is one of its own.',
  );
