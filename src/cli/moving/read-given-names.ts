import { z } from 'zod';
import { quote } from '../../base/text-problem.ts';
import { parseYaml } from '../parse-yaml.ts';
import { readTextFile } from '../read-text-file.ts';
import type { GivenNames } from './translate/given-names.ts';

/** Names that somebody chose, from files that map those of the source to them; throws a sentence. */
export async function readGivenNames(names: string | undefined, types: string | undefined): Promise<GivenNames> {
  return { names: await readMap(names), types: await readMap(types) };
}

const mapShape = z.record(z.string(), z.string()).nullable();

async function readMap(path: string | undefined): Promise<ReadonlyMap<string, string>> {
  if (path === undefined) return new Map();
  const read = mapShape.safeParse(parseYaml(await readTextFile(path)));
  if (read.success) return new Map(Object.entries(read.data ?? {}));
  throw new Error(`${quote(path)} maps no names. Next: write a line for each, such as "document#view": can_open`);
}
