import { z } from 'zod';
import type { Config } from '../../server/config.ts';

/** What a tool for authors works with. */
export interface AuthorCall {
  /** Read when a tool needs it: only names of entities are taken from it. */
  readonly config: () => Config;
  /** Tells how far it is. */
  readonly onProgress: (line: string) => void;
}

/** How a tool is written; `defineAuthorTool` makes an {@link AuthorTool} of it. */
interface AuthorToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  /** What stands in files is in members named `untrusted…` only. */
  readonly output: Output;
  /** Throws a sentence where it has no answer. */
  readonly run: (input: z.output<Input>, call: AuthorCall) => Promise<z.input<NoInfer<Output>>>;
}

/** A tool as the server knows it, whatever it takes and answers. */
export interface AuthorTool extends Omit<AuthorToolDefinition<z.ZodObject, z.ZodObject>, 'run'> {
  readonly run: (sent: unknown, call: AuthorCall) => Promise<Readonly<Record<string, unknown>>>;
}

export function defineAuthorTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: AuthorToolDefinition<Input, Output>,
): AuthorTool {
  const { input, output, run } = definition;
  return { ...definition, run: async (sent, call) => output.parse(await run(input.parse(sent), call)) };
}

export const filePath = z.string().min(1).max(1024);

/** Most lines of one kind in an answer. */
const mostLines = 100;

/** Text that stands in files, on one line without what nobody sees, and not too long. */
export function textOfFile(text: string): string {
  const line = text.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu, ' ');
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters).toWellFormed()}…` : line;
}

const mostCharacters = 500;

/** The first of many lines. */
export function linesOfFiles(lines: readonly string[]): string[] {
  return lines.slice(0, mostLines).map(textOfFile);
}
