import { availableParallelism, cpus } from 'node:os';
import { buildSchema, type DocumentNode, execute, type GraphQLSchema, parse } from 'graphql';
import { guardSchema, type PosternClient, requiresPermissionSDL } from '#guard';

// What the guards themselves cost: one schema without and with them, by turns, and a client in memory that allows everything.

const items = 50;
const fields = ['a', 'b', 'c'] as const;
const rounds = 40;
const perRound = 50;

/** Each kind of guard as it is written on the three fields. */
const guards: Readonly<Record<string, string>> = {
  '$this, one guard': '@requiresPermission(permission: "can_see", object: "item:{$this.id}")',
  '$this, two guards':
    '@requiresPermission(permission: "can_see", object: "item:{$this.id}") @requiresPermission(permission: "can_edit", object: "item:{$this.id}")',
  'one object': '@requiresPermission(permission: "can_see", object: "platform:main")',
};

const allowAll: PosternClient = { decide: async (checks) => checks.map(() => ({ kind: 'allowed' })) };

const data = Array.from({ length: items }, (_, index) => ({ id: `${index}`, a: index, b: index, c: index }));
const resolvers = { items: async () => data };
const document = parse(`{ items { ${fields.join(' ')} } }`);

await main();

async function main(): Promise<void> {
  const processor = cpus()[0]?.model.trim() ?? 'an unknown processor';
  console.log(
    `${availableParallelism()} cores of ${processor}; Node ${process.versions.node}; ${items} items with ${fields.length} guarded fields`,
  );
  console.log(['', 'guards'.padEnd(20), 'unguarded µs', 'guarded µs', 'µs per guarded field'].join('  '));
  for (const [name, written] of Object.entries(guards)) {
    const plain = schemaWith('');
    const guarded = guardSchema(schemaWith(written), { client: allowAll, authorization: () => 'Bearer x' });
    const [without, withGuards] = await measurePaired(plain, guarded);
    const each = (withGuards - without) / (items * fields.length);
    const cells = [without.toFixed(0).padStart(12), withGuards.toFixed(0).padStart(10), each.toFixed(2).padStart(20)];
    console.log(['', name.padEnd(20), ...cells].join('  '));
  }
}

function schemaWith(written: string): GraphQLSchema {
  const guarded = fields.map((name) => `${name}: Int ${written}`).join('\n');
  return buildSchema(`${requiresPermissionSDL} type Query { items: [Item!]! } type Item { id: ID! ${guarded} }`);
}

/** Microseconds of one execution, each the median of rounds that take turns, so that both meet the same machine. */
async function measurePaired(plain: GraphQLSchema, guarded: GraphQLSchema): Promise<readonly [number, number]> {
  const without: number[] = [];
  const withGuards: number[] = [];
  await round(plain);
  await round(guarded);
  for (let index = 0; index < rounds; index++) {
    without.push(await round(plain));
    withGuards.push(await round(guarded));
  }
  return [median(without), median(withGuards)];
}

async function round(schema: GraphQLSchema): Promise<number> {
  const startedAt = performance.now();
  for (let index = 0; index < perRound; index++) await run(schema, document);
  return ((performance.now() - startedAt) * 1000) / perRound;
}

async function run(schema: GraphQLSchema, query: DocumentNode): Promise<void> {
  const { errors } = await execute({ schema, document: query, rootValue: resolvers });
  if (errors !== undefined) throw new Error(`The bench is wrong: ${errors.join('; ')}`);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
