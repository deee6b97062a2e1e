import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Actor } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import type { DevelopmentCaller } from '../server/development.ts';
import { readShape } from '../server/json-setting.ts';
import { commandLine } from './command-line.ts';
import { importStore } from './import-store.ts';
import { parseYaml } from './parse-yaml.ts';

export const exampleFileName = 'example.yaml';

const exampleFile = z.strictObject({
  store: z.string(),
  callers: z.array(z.unknown()).min(1, 'names nobody'),
  claims: z.record(z.string(), z.unknown()).default({}),
});

const callerShape = z.strictObject({ subject: z.string(), note: z.string(), query: z.string() });

/** A folder with an `example.yaml`: what to fill an empty database with, and what to try then. */
export interface Example {
  readonly store: string;
  /** Whom to print tokens for, each with something to ask. */
  readonly callers: readonly DevelopmentCaller[];
  /** Claims of those tokens, which the example's conditions need. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export async function readExample(folder: string): Promise<Example> {
  const path = join(folder, exampleFileName);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`There is no ${JSON.stringify(path)}. Make a folder with one: ${commandLine('init FOLDER')}`);
  });
  const read = readShape(exampleFile, path, readYaml(path, text));
  if (!read.ok) throw new Error(read.problem.join('\n'));
  const { store, callers, claims } = read.value;
  const readCallers = callers.map((caller, index) => readShape(callerShape, `${path}.callers[${index}]`, caller));
  const problems = readCallers.flatMap((caller) => (caller.ok ? [] : caller.problem));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return {
    store: join(folder, store),
    callers: readCallers.flatMap((caller) => (caller.ok ? [caller.value] : [])),
    claims,
  };
}

function readYaml(path: string, text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    throw new Error(`${JSON.stringify(path)} is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const actor: Actor = { kind: 'console', command: 'postern serve --example' };

/** Fills a database that has no active model; one that has is somebody's work and is left as it is. */
export async function seedExample(postern: Postern, example: Example, print: (line: string) => void): Promise<void> {
  if ((await postern.store.readModel(undefined)) !== undefined) return;
  const imported = await importStore(postern, actor, example.store);
  print(`Filled the empty database with "${example.store}": ${imported} relationships.`);
}
