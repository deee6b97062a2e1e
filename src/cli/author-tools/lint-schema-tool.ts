import { z } from 'zod';
import { quote } from '../../base/text-problem.ts';
import { checkConfined } from '../confinement.ts';
import { makeReport } from '../lint/run-lint.ts';
import { defineAuthorTool, filePath, textOfFile } from './author-tool.ts';

const mostFindings = 50;

const found = z.strictObject({
  code: z.string(),
  severity: z.string(),
  untrustedFile: z.string(),
  line: z.number(),
  column: z.number(),
  untrustedMessage: z.string(),
});

/** `postern lint` of files, with the model of a file. */
export const lintSchemaTool = defineAuthorTool({
  name: 'lint_schema',
  title: 'Lint the guards of subgraphs',
  description:
    'Compares the @requiresPermission guards in subgraph schemas of the folder with a model of the folder, and says what is wrong with them. No running server is asked.',
  input: z.strictObject({
    subgraphs: z.array(filePath).min(1).max(50).describe('Files of schemas; "music=music/schema.graphql" names one.'),
    model: filePath.describe('The model that they are guarded by.'),
    supergraph: filePath.optional().describe('The supergraph in use, to find guards that it lacks.'),
    requireGuards: z.enum(['mutations', 'inputs', 'all']).optional().describe('Report what has no guard as well.'),
  }),
  output: z.strictObject({
    guards: z.number().describe('How many guards there are.'),
    errors: z.number(),
    warnings: z.number(),
    findings: z.array(found).describe('The first of them.'),
  }),
  run: async ({ subgraphs, model, supergraph, requireGuards }, { config }) => {
    for (const path of [...subgraphs.map(fileOf), model, ...(supergraph === undefined ? [] : [supergraph])]) {
      if (/^\w+:\/\//.test(path)) throw new Error(`${quote(path)} is an address, and only files are read.`);
      await checkConfined(path);
    }
    const options = { sources: subgraphs, model, permissions: false, config };
    const report = await makeReport({
      ...options,
      ...(supergraph && { supergraph }),
      ...(requireGuards && { requireGuards }),
    });
    if (!report.ok) throw new Error(report.problem);
    const { guards, errors, warnings, findings } = report.value;
    const told = findings.slice(0, mostFindings).map(({ code, severity, file, line, column, message }) => {
      return { code, severity, untrustedFile: textOfFile(file), line, column, untrustedMessage: textOfFile(message) };
    });
    return { guards, errors, warnings, findings: told };
  },
});

/** Without the name in front. */
function fileOf(source: string): string {
  return /^[A-Za-z_][\w-]*=(.+)$/s.exec(source)?.[1] ?? source;
}
