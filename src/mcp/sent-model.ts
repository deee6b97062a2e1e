import { z } from 'zod';
import { limits } from '../model/limits.ts';
import type { ModelSource } from '../model/model-source.ts';
import type { ProposedModel } from '../operations/proposals/proposal-content.ts';

/** Comments may hold any text and are stored with the rest; what Postgres cannot keep as it is must not get there. */
const sentText = z
  .string()
  .min(1)
  .max(limits.modelBytes.most)
  .refine(
    (text) => text.isWellFormed() && !/(?![\t\n\r])\p{Cc}/u.test(text),
    'It contains a control character, or text that is not well-formed Unicode.',
  );

const mostTestCharacters = 100_000;

/** A model that is to be published. */
export const sentModel = z
  .strictObject({
    dsl: sentText.optional().describe('Its text.'),
    modules: z
      .array(z.strictObject({ name: sentText.describe('"music.fga"'), dsl: sentText }))
      .min(1)
      .max(limits.modules.most)
      .optional()
      .describe('Instead of it, its modules.'),
    activate: z.boolean().optional().describe('Whether it is to decide from then on. Left out: no.'),
    tests: z
      .string()
      .max(mostTestCharacters)
      .refine((text) => text.isWellFormed() && !text.includes('\0'), 'It is not well-formed text.')
      .optional()
      .describe('What it must pass, as an OpenFGA store file; whoever decides reads it.'),
  })
  .transform(({ dsl, modules, activate = false, tests = null }, issues): ProposedModel => {
    if ((dsl === undefined) === (modules === undefined))
      issues.addIssue('A model is given either as "dsl" or as "modules".');
    return { source: sourceOf(dsl, modules), activate, tests };
  });

function sourceOf(dsl = '', modules: Extract<ModelSource, { kind: 'modules' }>['modules'] | undefined): ModelSource {
  return modules === undefined ? { kind: 'dsl', dsl } : { kind: 'modules', modules };
}
