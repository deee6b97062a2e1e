import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { judgeCondition } from '../src/cli/store-file/judge-condition.ts';
import { type RandomCondition, randomCondition, randomNumbers } from './support/random-condition.ts';

/**
 * `npm run fuzz:conditions -- --minutes 10`: random conditions and contexts against OpenFGA's own evaluator, until the time
 * is over or they disagree. The evaluator is a small Go program in test/oracle; nothing else needs Go.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } });
const folder = join(import.meta.dirname, 'oracle');
const program = join(import.meta.dirname, '..', '.postern', 'condition-oracle');
const batchSize = 500;
const maxDifferences = 20;

if (spawnSync('go', ['version']).status !== 0) {
  print(
    'The conditions are compared with a program in Go, and there is no "go" here: install Go 1.25 (https://go.dev/dl) and try again.',
  );
  process.exit(1);
}
print('Building the program that answers as OpenFGA does; the first time it downloads its modules.');
if (spawnSync('go', ['build', '-o', program, '.'], { cwd: folder, stdio: 'inherit' }).status !== 0) {
  print('It could not be built: see above; "go mod download" in test/oracle says more.');
  process.exit(1);
}

const oracle = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: oracle.stdout })[Symbol.asyncIterator]();
const endsAt = Date.now() + Number(values.minutes) * 60_000;
let seed = Number(values.seed ?? Date.now() % 2 ** 31);
const counts = new Map<string, number>();
const intended = new Map<string, number>();
let differences = 0;

await compareTables();
print(`Comparing conditions for ${values.minutes} minutes, from seed ${seed}.`);
for (let saidAt = Date.now(); Date.now() < endsAt && differences < maxDifferences; seed += 1) {
  await compareBatch(randomNumbers(seed));
  if (Date.now() - saidAt < 15_000) continue;
  print(`  ${summary()}`);
  saidAt = Date.now();
}
oracle.stdin.end();
print(`${summary()}; ${differences === 0 ? 'no difference' : `${differences} differences`}.`);
process.exitCode = differences === 0 ? 0 : 1;

/** The tables that the tests play say what OpenFGA answers: does it? */
async function compareTables(): Promise<void> {
  for (const name of ['cel-go.jsonl', 'otherwise.jsonl']) {
    const lines = readFileSync(join(import.meta.dirname, 'conditions', name), 'utf8')
      .trimEnd()
      .split('\n');
    for (const line of lines) {
      const { answer, openfga = answer } = JSON.parse(line) as { readonly answer: unknown; readonly openfga?: unknown };
      oracle.stdin.write(`${line}\n`);
      const { value } = await answers.next();
      const theirs = JSON.parse(String(value)) as { readonly answer: string; readonly reason: string };
      if (theirs.answer === String(openfga)) continue;
      differences += 1;
      print(`${name}: ${line}\n  OpenFGA: ${theirs.answer} ${theirs.reason}`);
    }
    print(`${lines.length} conditions of ${name} compared.`);
  }
}

async function compareBatch(random: () => number): Promise<void> {
  const cases = Array.from({ length: batchSize }, () => randomCondition(random));
  for (const { params, expression, context } of cases) {
    oracle.stdin.write(
      `{"params":${JSON.stringify(params)},"expression":${JSON.stringify(expression)},"context":${context}}\n`,
    );
  }
  for (const one of cases) {
    const { value } = await answers.next();
    const { answer, reason } = JSON.parse(String(value)) as { readonly answer: string; readonly reason: string };
    await compare(one, answer, reason);
  }
}

async function compare(one: RandomCondition, theirs: string, reason: string): Promise<void> {
  count(counts, theirs);
  // The context is none for OpenFGA, before the condition is looked at.
  if (theirs === 'unreadable') return;
  const ours = await judgeCondition({ ...one, context: JSON.parse(one.context) });
  // Maps have no order in Go: what depends on it has several answers there, and ours must be one of them.
  if ((theirs === 'unstable' ? reason.split(' ') : [theirs]).includes(ours.answer)) return;
  const rule = ours.answer === 'error' && ['true', 'false'].includes(theirs) ? meant(one, ours.reason) : undefined;
  if (rule !== undefined) return count(intended, rule);
  differences += 1;
  print(
    `${JSON.stringify(one)}\n  OpenFGA: ${theirs} ${reason}\n  ours:    ${ours.answer} ${ours.reason} (seed ${seed})`,
  );
}

/**
 * Which of the differences on purpose it is, all of which have an answer in OpenFGA and none here: see
 * docs/decisions/0007-conditions.md.
 */
function meant({ params, expression, context }: RandomCondition, reason: string): string | undefined {
  const text = `${expression} ${context} ${Object.values(params).join(' ')}`;
  if (reason.includes('an address is compared with something that is none')) {
    return text.includes('ipaddress') ? 'address beside other' : undefined;
  }
  // Fewer than 96 bits of a range that maps IPv4.
  if (reason.includes('no IP range'))
    return /::ffff:[\d.]+\/[1-9]?\d\b(?<!\/9[6-9])/.test(text) ? 'mapped range' : undefined;
  const hasTwoOfOneName = /\(\?P<(\w+)>.*\(\?P<\1>/.test(expression);
  return reason.includes('no regular expression') && hasTwoOfOneName ? 'groups of one name' : undefined;
}

function count(kinds: Map<string, number>, kind: string): void {
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
}

function summary(): string {
  const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
  const list = (kinds: ReadonlyMap<string, number>) =>
    [...kinds].map(([kind, number]) => `${kind} ${number}`).join(', ');
  return `${total} conditions compared (${list(counts)}), otherwise on purpose: ${list(intended) || 'none'}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
