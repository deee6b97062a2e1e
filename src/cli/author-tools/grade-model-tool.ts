import { z } from 'zod';
import { checkConfined } from '../confinement.ts';
import { type GradeOptions, gradeDraft } from '../grade/grade-draft.ts';
import { onScratch } from '../store-file/on-scratch.ts';
import { defineAuthorTool, filePath, linesOfFiles, textOfFile } from './author-tool.ts';
import { checkTestFiles, testPaths } from './test-files.ts';

const usualMinimum = 85;
const mostReasons = 50;

/** `postern model grade`. */
export const gradeModelTool = defineAuthorTool({
  name: 'grade_model',
  title: 'Grade the draft of a model',
  description:
    'Says of a draft why it is refused: tests and invariants that fail, declarations that are lost, changes that no test shows, mistakes in them that no test notices, and permissions that somebody gains and no test expects. "accepted" means that nothing speaks against it; a person decides.',
  input: z.strictObject({
    old: filePath.describe('The model that decides now.'),
    new: filePath.describe('The draft.'),
    tests: testPaths,
    minimumPercent: z
      .number()
      .min(0)
      .max(100)
      .default(usualMinimum)
      .describe('Of mistakes that give more, how many must be noticed.'),
  }),
  output: z.strictObject({
    verdict: z.enum(['accepted', 'refused']),
    reasons: z.array(z.strictObject({ code: z.string(), untrustedMessage: z.string() })),
    asked: z.number().describe('How many assertions the draft was asked.'),
    gained: z
      .number()
      .describe('Pairs of somebody and an object with a permission more, on the relationships of the tests.'),
    lost: z.number(),
    untrustedChanges: z.array(z.string()),
    untrustedImpact: z.array(z.string()),
  }),
  run: async (input, { onProgress }) => {
    for (const path of [input.old, input.new]) await checkConfined(path);
    await checkTestFiles(input.tests);
    const onDatabase: GradeOptions['onDatabase'] = (run) => onScratch(undefined, onProgress, run);
    const { tests, minimumPercent } = input;
    const grade = await gradeDraft({ old: input.old, draft: input.new, tests, minimumPercent, onDatabase });
    const { impact } = grade;
    return {
      verdict: grade.verdict,
      reasons: grade.reasons
        .slice(0, mostReasons)
        .map(({ code, message }) => ({ code, untrustedMessage: textOfFile(message) })),
      asked: grade.tests.asked + grade.invariants.asked,
      ...{ gained: impact?.gained ?? 0, lost: impact?.lost ?? 0 },
      untrustedChanges: linesOfFiles(grade.changes),
      untrustedImpact: linesOfFiles(impact?.lines ?? []),
    };
  },
});
