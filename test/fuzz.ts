import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { formatObjectRef } from '../src/model/object-ref.ts';
import type { Relationship } from '../src/model/relationship.ts';
import { formatSubjectRef } from '../src/model/subject-ref.ts';
import { describeJudgement, type Judgement, judgeWorld } from './support/judge-world.ts';
import { randomModels } from './support/random-model.ts';
import { type RandomWorld, randomWorlds } from './support/random-world.ts';

/**
 * `npm run fuzz -- --minutes 10`: random models, relationships and checks against the reference evaluator, until the time
 * is over or they disagree. A disagreement is made as small as it gets and printed as a test file that can be kept.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } });
const endsAt = Date.now() + Number(values.minutes) * 60_000;
let seed = Number(values.seed ?? Date.now() % 2 ** 31);
let worlds = 0;
let checks = 0;
let saidAt = Date.now();

print(`Comparing the engine with the reference for ${values.minutes} minutes, from seed ${seed}.`);
while (Date.now() < endsAt && process.exitCode === undefined) {
  const property = fc.asyncProperty(randomWorlds(randomModels), async (world) => {
    const judgements = await judgeWorld(world);
    worlds += 1;
    checks += judgements.length;
    return judgements.every(({ fits }) => fits);
  });
  const details = await fc.check(property, { seed, numRuns: 500 });
  const [world] = details.counterexample ?? [];
  if (world !== undefined) await printCounterExample(world);
  if (Date.now() - saidAt > 15_000) {
    print(`  ${worlds} worlds, ${checks} checks`);
    saidAt = Date.now();
  }
  seed += 1;
}
print(
  `${worlds} worlds and ${checks} checks compared, ${process.exitCode === 1 ? 'one disagreement' : 'no disagreement'}.`,
);

async function printCounterExample(world: RandomWorld): Promise<void> {
  process.exitCode = 1;
  const wrong = (await judgeWorld(world)).filter(({ fits }) => !fits);
  print(wrong.map((one) => `# ${describeJudgement(one)} (seed ${seed})`).join('\n'));
  print(
    stringify({ model: world.dsl, tuples: world.stored.map(tupleOf), tests: wrong.map((one) => testOf(world, one)) }),
  );
}

function testOf(world: RandomWorld, { check, least }: Judgement) {
  return {
    check: [
      {
        user: formatSubjectRef(check.subject),
        object: formatObjectRef(check.object),
        context: Object.fromEntries(check.context),
        contextual_tuples: world.contextual.map(tupleOf),
        assertions: { [check.relation]: least === 2 },
      },
    ],
  };
}

function tupleOf({ object, relation, subject, condition }: Relationship) {
  const written = condition && { condition: { name: condition.name, context: Object.fromEntries(condition.context) } };
  return { user: formatSubjectRef(subject), relation, object: formatObjectRef(object), ...written };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
