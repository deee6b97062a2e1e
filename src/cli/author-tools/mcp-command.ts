import { Command } from 'commander';
import { commandLine } from '../command-line.ts';
import type { ProgramParts } from '../program-parts.ts';

/** `postern mcp --stdio`: tools for agents that help to write a model, over the input and output of this process. */
export function mcpCommand({ config }: Pick<ProgramParts, 'config'>): Command {
  return new Command('mcp')
    .description(
      'answer agents that help to write a model: they validate, test, compare and grade files of this folder',
    )
    .option('--stdio', 'over the input and output of this process, which is the only way', false)
    .action(async ({ stdio }: { stdio: boolean }) => {
      if (!stdio) throw new Error(`An agent starts this, and talks to its input. Next: ${commandLine('mcp --stdio')}`);
      // It needs what no other command needs.
      const { serveAuthors } = await import('./serve-authors.ts');
      serveAuthors({ config, folder: process.cwd() });
    });
}
