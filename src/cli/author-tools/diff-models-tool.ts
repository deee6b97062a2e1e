import { z } from 'zod';
import { quote } from '../../base/text-problem.ts';
import { diffModels, formatModelChange } from '../../model/diff-models.ts';
import type { Model } from '../../model/model.ts';
import { formatModelProblem } from '../../model/model-source.ts';
import { parseModel } from '../../model/parse-model.ts';
import { checkConfined } from '../confinement.ts';
import { readModelFile } from '../read-model-file.ts';
import { defineAuthorTool, filePath, linesOfFiles } from './author-tool.ts';

/** `postern model diff` of two files; for whom it matters is nothing that files say. */
export const diffModelsTool = defineAuthorTool({
  name: 'diff_models',
  title: 'Compare two models',
  description: 'Says what changes from one model of the folder to another, definition by definition.',
  input: z.strictObject({
    old: filePath.describe('The model to come from.'),
    new: filePath.describe('The model to go to.'),
  }),
  output: z.strictObject({
    changes: z.number().describe('How many there are; 0 where both say the same.'),
    untrustedChanges: z.array(z.string()).describe('A line for each: "~ doc#can_read: viewer -> viewer or editor".'),
  }),
  run: async (input) => {
    const changes = diffModels(await modelOf(input.old), await modelOf(input.new));
    return { changes: changes.length, untrustedChanges: linesOfFiles(changes.map(formatModelChange)) };
  },
});

async function modelOf(path: string): Promise<Model> {
  await checkConfined(path);
  const parsed = parseModel(await readModelFile(path));
  if (parsed.ok) return parsed.value.model;
  throw new Error([`The model ${quote(path)} is not valid.`, ...parsed.problem.map(formatModelProblem)].join(' '));
}
