import type { AuthorTool } from './author-tool.ts';
import { diffModelsTool } from './diff-models-tool.ts';
import { gradeModelTool } from './grade-model-tool.ts';
import { lintSchemaTool } from './lint-schema-tool.ts';
import { mutationScoreTool } from './mutation-score-tool.ts';
import { testModelTool } from './test-model-tool.ts';
import { validateModelTool } from './validate-model-tool.ts';

/** All tools for authors, in the order in which they are listed. */
export const authorTools: readonly AuthorTool[] = [
  validateModelTool,
  testModelTool,
  mutationScoreTool,
  diffModelsTool,
  lintSchemaTool,
  gradeModelTool,
];
