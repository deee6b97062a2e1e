import { z } from 'zod';
import { sentObject, sentRelation } from './sent-values.ts';

/** Whoever holds a relation on an object. */
export const sentSet = z.strictObject({
  object: sentObject.describe('"organization:acme"'),
  relation: sentRelation.describe('"member"'),
});
