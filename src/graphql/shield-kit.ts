import { createRequire } from 'node:module';
import util from 'node:util';

// graphql-shield 7.6 still reads util.isUndefined, which Node 23 removed; its ES modules fail to load for the same reason.
if (!('isUndefined' in util)) Object.assign(util, { isUndefined: (value: unknown) => value === undefined });

const require = createRequire(import.meta.url);

/** graphql-shield and graphql-middleware, both from their CommonJS builds: two copies of one would not recognise each other. */
export const shieldKit: typeof import('graphql-shield') = require('graphql-shield');
export const { applyMiddleware }: typeof import('graphql-middleware') = require('graphql-middleware');
