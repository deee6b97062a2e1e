import { AsyncLocalStorage } from 'node:async_hooks';

// Loaded before a server whose requests are to go without their marks, to measure what these cost: bench/telemetry.ts

AsyncLocalStorage.prototype.run = (_store: unknown, work: (...args: unknown[]) => unknown, ...args: unknown[]) =>
  work(...args) as never;
AsyncLocalStorage.prototype.getStore = () => undefined;
