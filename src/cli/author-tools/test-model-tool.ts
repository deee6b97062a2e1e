import { z } from 'zod';
import { playTests } from '../store-file/test-command.ts';
import { defineAuthorTool, linesOfFiles } from './author-tool.ts';
import { checkTestFiles, testPaths } from './test-files.ts';

/** `postern test`, always on a database of its own. */
export const testModelTool = defineAuthorTool({
  name: 'test_model',
  title: 'Test a model',
  description:
    'Plays test files of the folder through the real engine, on an empty PostgreSQL that is started for it and gone afterwards. Fails where an answer is not the one that is expected, and where nothing is asked.',
  input: z.strictObject({ paths: testPaths }),
  output: z.strictObject({
    passed: z.number(),
    failed: z.number(),
    succeeded: z.boolean().describe('Whether something was asked, and all of it is as expected.'),
    untrustedFailures: z.array(z.string()).describe('The first that are not as expected.'),
    untrustedDoubts: z.array(z.string()).describe('Names that are probably misspelt.'),
  }),
  run: async ({ paths }, { onProgress }) => {
    await checkTestFiles(paths);
    const { results, doubts } = await playTests({ paths, databaseUrl: undefined, print: onProgress });
    const failures = results.filter(({ passed }) => !passed);
    return {
      ...{ passed: results.length - failures.length, failed: failures.length },
      succeeded: results.length > 0 && failures.length === 0,
      untrustedFailures: linesOfFiles(
        failures.map(({ world, name, expected, actual }) => `${world} › ${name}: expected ${expected}, got ${actual}`),
      ),
      untrustedDoubts: linesOfFiles(doubts),
    };
  },
});
