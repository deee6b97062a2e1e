import { z } from 'zod';
import { askStart } from '../../graphql/ask-start.ts';
import { parseFor } from '../../model/model-parser.ts';
import { formatModelProblem } from '../../model/model-source.ts';
import { readStaticSchema } from '../../server/read-static-schema.ts';
import { checkConfined } from '../confinement.ts';
import { readModelFile } from '../read-model-file.ts';
import { defineAuthorTool, filePath, linesOfFiles } from './author-tool.ts';

/** What publishing would refuse of a model. */
export const validateModelTool = defineAuthorTool({
  name: 'validate_model',
  title: 'Validate a model',
  description:
    'Reads a model of the folder and says everything for which publishing it would be refused, each with file, line and column. Stores nothing.',
  input: z.strictObject({
    path: filePath.describe('The ".fga" file, the "fga.mod" of its modules, or OpenFGA\'s JSON.'),
  }),
  output: z.strictObject({
    valid: z.boolean(),
    types: z.number().describe('How many types the model has; 0 for one that is not valid.'),
    untrustedProblems: z.array(z.string()).describe('Why it is not valid, each with its place.'),
  }),
  run: async ({ path }, { config }) => {
    await checkConfined(path);
    const source = await readModelFile(path);
    const parsed = parseFor(source, 'publish', askStart(await readStaticSchema(), config().entities));
    if (parsed.ok) return { valid: true, types: parsed.value.model.types.size, untrustedProblems: [] };
    return { valid: false, types: 0, untrustedProblems: linesOfFiles(parsed.problem.map(formatModelProblem)) };
  },
});
