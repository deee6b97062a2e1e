import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Processes, so that tests that end, signal or patch the process of the server cannot touch each other.
    pool: 'forks',
    maxWorkers: 2,
    // Node itself loads the modules, as in production. Vite would resolve a second copy of graphql ("another realm").
    experimental: { viteModuleRunner: false },
  },
});
