import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphQLError, parse } from 'graphql';
import { z } from 'zod';
import { failed, type Result } from '../base/result.ts';
import type { Actor } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import { readShape } from '../server/config/json-setting.ts';
import type { DevelopmentCaller } from '../server/development/development.ts';
import { commandLine } from './command-line.ts';
import { importStore } from './import-store.ts';
import { readYamlFile } from './read-yaml-file.ts';

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
  const { store, callers: written, claims } = readYamlFile(exampleFile, path, text);
  const callers = written.map((caller, index) => readCaller(caller, `${path}.callers[${index}]`));
  const problems = callers.flatMap((caller) => (caller.ok ? [] : caller.problem));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return {
    store: join(folder, store),
    callers: callers.flatMap((caller) => (caller.ok ? [caller.value] : [])),
    claims,
  };
}

/** What is not a query would be told only when it is sent. */
function readCaller(value: unknown, place: string): Result<DevelopmentCaller, readonly string[]> {
  const caller = readShape(callerShape, place, value);
  if (!caller.ok) return caller;
  try {
    parse(caller.value.query);
    return caller;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const at = error.locations?.[0];
    return failed([
      `${place}.query is not GraphQL: ${error.message} (line ${at?.line ?? 1}, column ${at?.column ?? 1})`,
    ]);
  }
}

const actor: Actor = { kind: 'console', command: 'postern serve --example' };

/** Fills a database that has no active model; one that has is somebody's work and is left as it is. */
export async function seedExample(postern: Postern, example: Example, print: (line: string) => void): Promise<void> {
  if ((await postern.store.readModel(undefined)) !== undefined) return;
  const imported = await importStore(postern, actor, example.store);
  print(`Filled the empty database with "${example.store}": ${imported.missing.length} relationships.`);
}
