import { createLocalParser } from '../../src/model/model-parser.ts';

/** Reads models in the process of the test; no server is going to start with them. */
export const localParser = createLocalParser(() => []);
