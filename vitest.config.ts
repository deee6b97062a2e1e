import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

/** They count how often code runs, and V8 counts exactly only what was compiled while it counts. */
const counting = [
  ...['test/growth.test.ts', 'test/server/growth.test.ts', 'test/model/analyses-growth.test.ts'],
  'test/store/term-numbers.test.ts',
];

/** About what only one server has, and no several: left out where all stores of a run play several. */
const ofOneServer = [
  ...['test/store/at-once.test.ts', 'test/store/known-nodes.test.ts', 'test/store/resolve.test.ts'],
  ...['test/store/shared-excerpts.test.ts', 'test/store/standby-reads.test.ts'],
  ...['test/store/statement-count.test.ts', 'test/store/statements.test.ts'],
];
const leftOut = process.env.TEST_DIALECT === 'citus' ? ofOneServer : [];

/** Their files leave nothing behind that others see, so that one process plays many of them and loads its thousand modules once. */
const together = [
  ...['base', 'model', 'engine', 'store', 'operations', 'graphql', 'guard'].map(
    (folder) => `test/${folder}/**/*.test.ts`,
  ),
  'packages/guard/test/**/*.test.ts',
];
/** They listen to what their process does, or count in it. */
const alone = [
  ...['test/store/message-faults.test.ts', 'test/store/distributed/twins.test.ts', 'test/store/lanes.test.ts'],
  ...[
    'test/base/fair-queue.test.ts',
    'packages/guard/test/client-calls.test.ts',
    'packages/guard/test/promises.test.ts',
  ],
];

/** Each other test file is a process, which loads a thousand modules, and so is each command that it starts: all of it is compiled once. */
const compileCache = join(import.meta.dirname, 'node_modules', '.cache', 'compiled');

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A machine that is busy is slow, and not wrong.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    // Processes, so that tests that end, signal or patch the process of the server cannot touch each other.
    pool: 'forks',
    // One more than most machines of continuous integration have processors: each waits for its database now and then.
    maxWorkers: 3,
    // Node itself loads the modules, as in production. Vite would resolve a second copy of graphql ("another realm").
    experimental: { viteModuleRunner: false },
    projects: [
      { test: { name: 'counting', include: counting, env: { NODE_DISABLE_COMPILE_CACHE: '1' } } },
      {
        test: {
          name: 'together',
          include: together,
          exclude: [...configDefaults.exclude, ...counting, ...alone, ...leftOut],
          isolate: false,
          env: { NODE_COMPILE_CACHE: compileCache },
        },
      },
      { test: { name: 'alone', include: alone, exclude: leftOut, env: { NODE_COMPILE_CACHE: compileCache } } },
      {
        test: {
          name: 'tests',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...counting, ...together],
          env: { NODE_COMPILE_CACHE: compileCache },
        },
      },
    ],
  },
});
