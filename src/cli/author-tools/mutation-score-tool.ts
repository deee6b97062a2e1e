import { z } from 'zod';
import { percentOf } from '../store-file/mutation-score.ts';
import { scoreTests } from '../store-file/test-command.ts';
import { defineAuthorTool, linesOfFiles } from './author-tool.ts';
import { checkTestFiles, testPaths } from './test-files.ts';

const noticed = z.strictObject({ killed: z.number(), total: z.number(), percent: z.number() });

/** `postern test --mutation-score`. */
export const mutationScoreTool = defineAuthorTool({
  name: 'mutation_score',
  title: 'Score the tests of a model',
  description:
    'Makes mistakes in the model, one at a time, and counts those that the tests notice. Mistakes that give more are the dangerous ones. Takes minutes for large models; ask for progress.',
  input: z.strictObject({ paths: testPaths }),
  output: z.strictObject({
    givingMore: noticed,
    givingLess: noticed,
    untrustedNotNoticed: z.array(z.string()).describe('Mistakes that no test notices: what to write a test for.'),
  }),
  run: async ({ paths }, { onProgress }) => {
    await checkTestFiles(paths);
    const { weakening, strengthening, survivors } = await scoreTests({
      paths,
      databaseUrl: undefined,
      print: onProgress,
    });
    return {
      givingMore: { ...weakening, percent: percentOf(weakening) },
      givingLess: { ...strengthening, percent: percentOf(strengthening) },
      untrustedNotNoticed: linesOfFiles(survivors.map(({ name, gives }) => `gives ${gives}: ${name}`)),
    };
  },
});
