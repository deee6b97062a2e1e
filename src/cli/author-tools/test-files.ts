import { z } from 'zod';
import { quote } from '../../base/text-problem.ts';
import { checkConfined } from '../confinement.ts';
import { filePath } from './author-tool.ts';

export const testPaths = z
  .array(filePath)
  .min(1)
  .max(20)
  .describe('Files of tests, "*.fga.yaml" and "*.invariants.yaml"; no folders.');

/** Throws unless all are test files in the folder. */
export async function checkTestFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await checkConfined(path);
    if (/\.(?:fga|invariants)\.ya?ml$/.test(path)) continue;
    throw new Error(`${quote(path)} is no test file. Next: name a "*.fga.yaml" or "*.invariants.yaml" file.`);
  }
}
