import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Actor } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import { importStore } from './import-store.ts';

const exampleFile = z.object({
  store: z.string(),
  query: z.string(),
  viewers: z.array(z.string()).min(1),
  claims: z.record(z.string(), z.unknown()).optional(),
});

/** A folder with an `example.yaml`: what to fill an empty database with, and what to try then. */
export interface Example {
  readonly store: string;
  readonly query: string;
  /** Subjects to print tokens for; the query is the first one's. */
  readonly viewers: readonly string[];
  /** Claims of those tokens, which the example's conditions need. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export async function readExample(folder: string): Promise<Example> {
  const {
    store,
    query,
    viewers,
    claims = {},
  } = exampleFile.parse(parse(await readFile(join(folder, 'example.yaml'), 'utf8')));
  return { store: join(folder, store), query: await readFile(join(folder, query), 'utf8'), viewers, claims };
}

const actor: Actor = { kind: 'console', command: 'postern serve --example' };

/** Fills a database that has no active model; one that has is somebody's work and is left as it is. */
export async function seedExample(postern: Postern, example: Example, print: (line: string) => void): Promise<void> {
  if ((await postern.store.readModel(undefined)) !== undefined) return;
  const imported = await importStore(postern, actor, example.store);
  print(`Filled the empty database with "${example.store}": ${imported} relationships.`);
}
