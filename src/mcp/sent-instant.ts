import { z } from 'zod';
import { quote } from '../base/text-problem.ts';

/** An instant of the years 1 to 9999, as RFC 3339 writes it: Postgres has no year 0. */
export const sentInstant = z.string().transform((text, context) => {
  const instant = new Date(form.test(text) ? text : Number.NaN);
  const year = instant.getUTCFullYear();
  if (year >= 1 && year <= 9999) return instant;
  context.addIssue(`${quote(text)} is no time of the years 1 to 9999; write one as "2027-01-31T12:00:00Z".`);
  return z.NEVER;
});

const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
