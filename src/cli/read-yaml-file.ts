import type { z } from 'zod';
import { quote } from '../base/text-problem.ts';
import { readShape } from '../server/config/json-setting.ts';
import { parseYaml } from './parse-yaml.ts';

/** A file is not what it should be; the message names the file, and is a sentence for each problem. */
export class WrongFile extends Error {}

/** What a YAML file of this shape says; throws `WrongFile`. */
export function readYamlFile<Shape extends z.ZodObject>(shape: Shape, path: string, text: string): z.output<Shape> {
  if (text.trim() === '') throw new WrongFile(emptyFile(path, Object.keys(shape.shape)));
  const read = readShape(shape, path, readYaml(path, text));
  if (read.ok) return read.value;
  throw new WrongFile(read.problem.join('\n'));
}

function emptyFile(path: string, settings: readonly string[]): string {
  return `The file ${quote(path)} is empty. Next: write ${settings.map((setting) => quote(`${setting}:`)).join(', ')} into it.`;
}

function readYaml(path: string, text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WrongFile(`${quote(path)} cannot be read: ${reason}`, { cause: error });
  }
}
